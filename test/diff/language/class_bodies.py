# Class statements: bodies as code, name mangling, annotations, nested scopes, dynamic bases, decorators, deletions.
class Base:
    log = []

    def __init_subclass__(cls, **kw):
        Base.log.append((cls.__name__, kw))


class Body(Base, option=1):
    """Docs."""

    print("body runs", __name__, __qualname__, __module__)
    x = 1
    y = [1 + i for i in range(3)]
    for loop in range(3):
        pass
    if x:
        conditional = "yes"
    try:
        1 / 0
    except ZeroDivisionError as error:
        caught = str(error)
    with open(__file__) as handle:
        first = handle.readline()[:5]
    del handle, loop

    def method(self):
        return __class__.__name__, self.x

    alias = method
    lam = lambda self: self.x * 10
    a: int
    b: "str" = "annotated"
    __private = "mangled"
    _single = 1
    __dunder__ = 2

    def get(self):
        self.__inst = 5
        return self.__private, self._Body__private, vars(self), self.__dunder__

    @staticmethod
    def make():
        def inner(__arg):
            return __arg
        return inner.__code__.co_varnames

    class __Hidden:
        pass


b = Body()
print(Base.log, b.method(), b.alias(), b.lam(), b.get(), Body.make(), sorted(k for k in vars(Body) if not k.startswith("__")), Body.__annotations__, Body.__doc__, Body.y, Body.caught, Body.first)


def bases():
    print("bases evaluated")
    return (Base,)


def kw():
    print("keywords evaluated")
    return {"k": 2}


class Dynamic(*bases(), **kw()):
    pass


class Empty: pass
class OneLine: x = 1; y = 2
class Shadow:
    len = lambda self: "own len"
    size = len
    str = str
    print = print


print(Base.log[-1], OneLine.y, Shadow().size(), Shadow.str(5), [c.__name__ for c in Dynamic.__mro__])


def factory(value):
    class Made:
        v = value

        def get(self):
            return value, self.v
    Made.__name__ = f"Made{value}"
    return Made


m1, m2 = factory(1), factory(2)
print(m1().get(), m2().get(), m1 is m2, m1.__name__, m1.__qualname__, m1.get.__qualname__)
x = "global"


def scope():
    x = "function"

    class A:
        print("in class:", x)
        x = "class"
        print("after:", x)

        def f(self):
            return x

        class B:
            print("nested sees:", x)

    class C:
        global x
        x = "set global from class"
        y = x

    return A().f(), C.y


print(scope(), x)


def nonlocal_in_class():
    n = 1

    class A:
        nonlocal n
        n = 2
        m = n
    return n, hasattr(A, "n"), A.m


print(nonlocal_in_class())
for src in ("class A:\n x = y_undefined", "class A(1): pass", "class A(Base, Base): pass", "class A(object, Base): pass", "class A(metaclass=5): pass", "class A:\n def f(self): return super().g()\nA().f()", "class A:\n return 1", "class A:\n yield 1", "class A(x=1): pass", "class A(*[int], metaclass=type): x = 1\nprint(A(5).x)", "class A(print('base') or object): pass", "class A:\n  __slots__ = 'a'\n  a = 1", "class A:\n  def __new__(cls): return 5\nprint(A())", "class A:\n  __class__ = int\nprint(A().__class__)"):
    try:
        exec(src)
        print("fine")
    except Exception as e:
        print(type(e).__name__, e)


class Counter:
    instances = 0

    def __new__(cls, *a):
        cls.instances += 1
        return super().__new__(cls)

    def __init__(self, *a):
        self.args = a


class SubCounter(Counter):
    pass


Counter(1), SubCounter(2), SubCounter(3)
print(Counter.instances, SubCounter.instances, "instances" in vars(SubCounter))
SubCounter.instances = 100
del SubCounter.instances
print(SubCounter.instances, type(SubCounter).__name__, SubCounter.__module__, SubCounter.__dict__.get("__doc__"))
class T(type("Anon", (), {"v": 1})):
    w = 2
print(T.v, T.w, T.__base__.__name__, [k for k in (lambda: [type("X", (), {"i": i}).i for i in range(3)])()])
