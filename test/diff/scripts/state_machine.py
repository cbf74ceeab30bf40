# State machines: a turnstile by tables, a vending machine by generators, a regex matcher by derivation, a traffic light by enums.
from enum import Enum


class Transition(Exception):
    pass


class Machine:
    def __init__(self, start, table, on=None):
        self.state, self.table, self.on, self.history = start, table, on or {}, [start]

    def fire(self, event, *args):
        try:
            target = self.table[self.state, event]
        except KeyError:
            raise Transition(f"no {event!r} in {self.state!r}") from None
        if callable(target):
            target = target(*args)
        if hook := self.on.get((self.state, target)):
            hook(*args)
        self.state = target
        self.history.append(target)
        return self


coins = []
turnstile = Machine("locked", {("locked", "coin"): lambda c: "open" if c >= 50 else "locked", ("open", "push"): "locked", ("locked", "push"): "locked", ("open", "coin"): "open"}, {("locked", "open"): coins.append})
turnstile.fire("push").fire("coin", 20).fire("coin", 50).fire("push")
print(turnstile.history, coins)
try:
    turnstile.fire("kick")
except Transition as e:
    print(e)


def vending(price):
    total = 0
    while True:
        command = yield f"credit {total}"
        match command.split():
            case ["coin", amount] if amount.isdigit():
                total += int(amount)
            case ["buy", *rest]:
                if total >= price:
                    change, total = total - price, 0
                    yield f"here is your {' '.join(rest) or 'drink'}, change {change}"
                else:
                    yield f"{price - total} short"
            case ["quit"]:
                return total
            case _:
                yield f"what is {command!r}?"


v = vending(120)
print(next(v))
for command in ("coin 50", "buy cola", "next", "coin 100", "buy cold tea", "next", "dance", "next", "coin x", "next", "coin 5"):
    print(command, "->", v.send(command) if command != "next" else next(v))
try:
    v.send("quit")
except StopIteration as e:
    print("returned", e.value)


class Light(Enum):
    RED = ("stop", 3)
    GREEN = ("go", 4)
    YELLOW = ("slow", 1)

    def __init__(self, label, time):
        self.label, self.time = label, time

    @property
    def next(self):
        members = list(Light)
        return members[(members.index(self) + 1) % len(members)]


light, clock, log = Light.RED, 0, []
while clock < 16:
    log.append(f"{clock}:{light.name}")
    clock += light.time
    light = light.next
print(log)


class Regex:
    """Derivatives of regular expressions as tuples."""

    @staticmethod
    def parse(text):
        def alternatives(i):
            left, i = sequence(i)
            while i < len(text) and text[i] == "|":
                right, i = sequence(i + 1)
                left = ("or", left, right)
            return left, i

        def sequence(i):
            node = ("empty",)
            while i < len(text) and text[i] not in "|)":
                item, i = atom(i)
                while i < len(text) and text[i] in "*+?":
                    item = {"*": ("star", item), "+": ("cat", item, ("star", item)), "?": ("or", item, ("empty",))}[text[i]]
                    i += 1
                node = item if node == ("empty",) else ("cat", node, item)
            return node, i

        def atom(i):
            if text[i] == "(":
                node, i = alternatives(i + 1)
                return node, i + 1
            return ("any",) if text[i] == "." else ("char", text[i]), i + 1
        return alternatives(0)[0]

    @staticmethod
    def nullable(n):
        match n:
            case ("empty",) | ("star", _):
                return True
            case ("cat", a, b):
                return Regex.nullable(a) and Regex.nullable(b)
            case ("or", a, b):
                return Regex.nullable(a) or Regex.nullable(b)
        return False

    @staticmethod
    def step(n, ch):
        match n:
            case ("char", c):
                return ("empty",) if c == ch else ("none",)
            case ("any",):
                return ("empty",)
            case ("or", a, b):
                return Regex.join(Regex.step(a, ch), Regex.step(b, ch))
            case ("star", a):
                return Regex.cat(Regex.step(a, ch), n)
            case ("cat", a, b):
                first = Regex.cat(Regex.step(a, ch), b)
                return Regex.join(first, Regex.step(b, ch)) if Regex.nullable(a) else first
        return ("none",)

    @staticmethod
    def cat(a, b):
        return ("none",) if ("none",) in (a, b) else b if a == ("empty",) else ("cat", a, b)

    @staticmethod
    def join(a, b):
        return b if a == ("none",) else a if b == ("none",) or a == b else ("or", a, b)

    @classmethod
    def matches(cls, pattern, text):
        node = cls.parse(pattern)
        for ch in text:
            node = cls.step(node, ch)
        return cls.nullable(node)


for pattern, texts in {"ab*c": ["ac", "abbbc", "ab"], "(a|b)+": ["abba", "", "abc"], "x?y.z": ["yaz", "xybz", "xz"], "(ab|cd)*e": ["ababcde", "e", "abe", "ae"]}.items():
    print(pattern, [Regex.matches(pattern, t) for t in texts])
