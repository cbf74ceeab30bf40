# One-way constraints in a graph of variables: a plan is made, changed and executed.
import sys
import time

REQUIRED, STRONG, NORMAL, WEAK = range(4)


class Variable:
    def __init__(self, name, value):
        self.name = name
        self.value = value
        self.constraints = []
        self.determined_by = None
        self.mark = 0
        self.strength = WEAK
        self.stay = True


class Constraint:
    def __init__(self, strength):
        self.strength = strength
        self.satisfied = False

    def attach(self):
        for v in self.variables():
            v.constraints.append(self)

    def detach(self):
        for v in self.variables():
            v.constraints.remove(self)
        out = self.output()
        if out.determined_by is self:
            out.determined_by = None
            out.strength = WEAK


class Stay(Constraint):
    def __init__(self, v, strength):
        super().__init__(strength)
        self.v = v
        self.attach()

    def variables(self):
        return [self.v]

    def inputs(self):
        return []

    def output(self):
        return self.v

    def execute(self):
        pass


class Edit(Stay):
    pass


class Equal(Constraint):
    def __init__(self, a, b, strength):
        super().__init__(strength)
        self.a = a
        self.b = b
        self.attach()

    def variables(self):
        return [self.a, self.b]

    def inputs(self):
        return [self.a]

    def output(self):
        return self.b

    def execute(self):
        self.b.value = self.a.value


class Scale(Equal):
    def __init__(self, a, factor, offset, b, strength):
        self.factor = factor
        self.offset = offset
        super().__init__(a, b, strength)

    def variables(self):
        return [self.a, self.factor, self.offset, self.b]

    def inputs(self):
        return [self.a, self.factor, self.offset]

    def execute(self):
        self.b.value = (self.a.value * self.factor.value + self.offset.value) % 100003


class Planner:
    def __init__(self):
        self.mark = 0

    def add(self, c):
        out = c.output()
        if out.determined_by is None or c.strength < out.determined_by.strength:
            out.determined_by = c
            out.strength = c.strength
            c.satisfied = True
            return True
        return False

    def plan_from(self, sources):
        self.mark += 1
        todo = list(sources)
        plan = []
        while todo:
            c = todo.pop()
            out = c.output()
            if out.mark == self.mark:
                continue
            if all(v.mark == self.mark or v.stay for v in c.inputs()):
                plan.append(c)
                out.mark = self.mark
                for other in out.constraints:
                    if other is not c and other.satisfied and other.output() is not out:
                        todo.append(other)
        return plan


def chain(planner, n):
    variables = [Variable("v%d" % i, 0) for i in range(n + 1)]
    for a, b in zip(variables, variables[1:]):
        planner.add(Equal(a, b, REQUIRED))
    edit = Edit(variables[0], STRONG)
    planner.add(edit)
    plan = planner.plan_from([edit])
    total = 0
    for i in range(20):
        variables[0].value = i
        for c in plan:
            c.execute()
        total += variables[-1].value
    edit.detach()
    return total, len(plan)


def projection(planner, n):
    scale, offset = Variable("scale", 10), Variable("offset", 1000)
    pairs = []
    for i in range(n):
        src, dst = Variable("src", i), Variable("dst", i)
        planner.add(Stay(src, NORMAL))
        planner.add(Scale(src, scale, offset, dst, REQUIRED))
        pairs.append((src, dst))
    total = 0
    for src, dst in pairs[::4]:
        edit = Edit(src, STRONG)
        src.determined_by = None
        planner.add(edit)
        for i in range(5):
            src.value = i * 17
            for c in planner.plan_from([edit]):
                c.execute()
        total += dst.value
        edit.detach()
    return total


def work(n):
    result = 0
    for _ in range(n):
        planner = Planner()
        result = chain(planner, 500), projection(planner, 250)
    return result


work(1)
turns = []
for _ in range(3):
    began = time.perf_counter()
    result = work(120)
    turns.append(time.perf_counter() - began)
print(result)
print(f"TIME {turns[0]:.6f} {min(turns):.6f}", file=sys.stderr)
