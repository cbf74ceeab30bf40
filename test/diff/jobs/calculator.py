# An expression parser: tokens, precedence climbing, a tree, evaluation, simplification, derivatives.
import math
import operator


class ParseError(ValueError):
    pass


def tokenize(text):
    i = 0
    while i < len(text):
        ch = text[i]
        if ch.isspace():
            i += 1
        elif ch.isdigit() or ch == ".":
            start = i
            while i < len(text) and (text[i].isdigit() or text[i] == "."):
                i += 1
            yield "num", text[start:i], start
        elif ch.isalpha() or ch == "_":
            start = i
            while i < len(text) and (text[i].isalnum() or text[i] == "_"):
                i += 1
            yield "name", text[start:i], start
        elif ch in "+-*/^(),=":
            yield "op", ch, i
            i += 1
        else:
            raise ParseError(f"bad character {ch!r} at {i}")
    yield "end", "", len(text)


class Node:
    __slots__ = ()

    def __repr__(self):
        return str(self)


class Num(Node):
    __slots__ = ("value",)

    def __init__(self, value):
        self.value = value

    def eval(self, env):
        return self.value

    def diff(self, name):
        return Num(0)

    def simplify(self):
        return self

    def __str__(self):
        return f"{self.value:g}"


class Var(Node):
    __slots__ = ("name",)

    def __init__(self, name):
        self.name = name

    def eval(self, env):
        try:
            return env[self.name]
        except KeyError:
            raise NameError(f"no value for {self.name}") from None

    def diff(self, name):
        return Num(1 if name == self.name else 0)

    def simplify(self):
        return self

    def __str__(self):
        return self.name


class Call(Node):
    __slots__ = ("name", "args")
    functions = {"sin": math.sin, "cos": math.cos, "max": max, "min": min, "sqrt": math.sqrt, "abs": abs}

    def __init__(self, name, args):
        self.name, self.args = name, args

    def eval(self, env):
        return self.functions[self.name](*(a.eval(env) for a in self.args))

    def diff(self, name):
        inner = self.args[0].diff(name)
        match self.name:
            case "sin":
                return Bin("*", Call("cos", self.args), inner)
            case "cos":
                return Bin("*", Bin("*", Num(-1), Call("sin", self.args)), inner)
            case other:
                raise ParseError(f"cannot differentiate {other}")

    def simplify(self):
        return Call(self.name, [a.simplify() for a in self.args])

    def __str__(self):
        return f"{self.name}({', '.join(map(str, self.args))})"


class Bin(Node):
    __slots__ = ("op", "left", "right")
    table = {"+": (1, operator.add), "-": (1, operator.sub), "*": (2, operator.mul), "/": (2, operator.truediv), "^": (3, operator.pow)}

    def __init__(self, op, left, right):
        self.op, self.left, self.right = op, left, right

    def eval(self, env):
        return self.table[self.op][1](self.left.eval(env), self.right.eval(env))

    def diff(self, name):
        l, r = self.left, self.right
        dl, dr = l.diff(name), r.diff(name)
        match self.op:
            case "+" | "-":
                return Bin(self.op, dl, dr)
            case "*":
                return Bin("+", Bin("*", dl, r), Bin("*", l, dr))
            case "/":
                return Bin("/", Bin("-", Bin("*", dl, r), Bin("*", l, dr)), Bin("^", r, Num(2)))
            case "^" if isinstance(r, Num):
                return Bin("*", Bin("*", r, Bin("^", l, Num(r.value - 1))), dl)
        raise ParseError("exponent must be a number")

    def simplify(self):
        l, r = self.left.simplify(), self.right.simplify()
        match self.op, l, r:
            case _, Num(), Num():
                return Num(Bin(self.op, l, r).eval({}))
            case ("+", Num(value=0), x) | ("*", Num(value=1), x) | ("+" | "-", x, Num(value=0)) | ("*" | "/" | "^", x, Num(value=1)):
                return x
            case ("*", Num(value=0), _) | ("*", _, Num(value=0)) | ("/", Num(value=0), _):
                return Num(0)
            case "^", _, Num(value=0):
                return Num(1)
        return Bin(self.op, l, r)

    def __str__(self):
        def wrap(node, strict):
            if isinstance(node, Bin):
                mine, theirs = self.table[self.op][0], self.table[node.op][0]
                if theirs < mine or (strict and theirs == mine):
                    return f"({node})"
            return str(node)
        return f"{wrap(self.left, self.op == '^')} {self.op} {wrap(self.right, self.op != '^')}"


class Parser:
    def __init__(self, text):
        self.tokens = list(tokenize(text))
        self.at = 0

    @property
    def token(self):
        return self.tokens[self.at]

    def take(self, value=None):
        kind, text, pos = self.token
        if value is not None and text != value:
            raise ParseError(f"expected {value!r} at {pos}, found {text or 'end'!r}")
        self.at += 1
        return text

    def parse(self):
        tree = self.expression(1)
        if self.token[0] != "end":
            raise ParseError(f"unexpected {self.token[1]!r} at {self.token[2]}")
        return tree

    def expression(self, least):
        left = self.unary()
        while self.token[1] in Bin.table and Bin.table[self.token[1]][0] >= least:
            op = self.take()
            level = Bin.table[op][0]
            left = Bin(op, left, self.expression(level + (op != "^")))
        return left

    def unary(self):
        if self.token[1] == "-":
            self.take()
            return Bin("*", Num(-1), self.unary())
        return self.atom()

    def atom(self):
        kind, text, pos = self.token
        if kind == "num":
            self.take()
            return Num(float(text))
        if kind == "name":
            self.take()
            if self.token[1] != "(":
                return Var(text)
            self.take("(")
            args = []
            while self.token[1] != ")":
                args.append(self.expression(1))
                if self.token[1] == ",":
                    self.take()
            self.take(")")
            return Call(text, args)
        if text == "(":
            self.take()
            inner = self.expression(1)
            self.take(")")
            return inner
        raise ParseError(f"unexpected {text or 'end'!r} at {pos}")


env = {"x": 2.0, "y": 3.0}
for text in ["1 + 2 * 3", "(1 + 2) * 3", "2 ^ 3 ^ 2", "-x ^ 2", "8 / 4 / 2", "8 - 4 - 2", "max(1, x, y * 2)", "sqrt(abs(-16))", "x * (y + 1) / 2", "sin(0) + cos(0)", "1 / 0", "2 +", "(1", "a + 1", "1 $ 2", "3 4", "max(", "foo(1)", "1..2", ""]:
    try:
        tree = Parser(text).parse()
        print(f"{text:<20} {tree!s:<24} = {tree.eval(env):g}")
    except (ParseError, NameError, ZeroDivisionError, KeyError, ValueError) as error:
        print(f"{text:<20} {type(error).__name__}: {error}")
for text in ["x * x + 3 * x + 1", "x ^ 3", "sin(x) * x", "1 / x", "(x + 1) * (x - 1)", "cos(2 * x)", "y ^ x"]:
    try:
        d = Parser(text).parse().diff("x").simplify()
        print(f"d({text}) = {d}  at 2: {d.eval(env):.6f}")
    except ParseError as error:
        print(f"d({text}): {error}")
