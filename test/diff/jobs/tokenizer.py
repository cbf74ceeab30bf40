# A little language: lexer, parser to closures, an interpreter with functions, scopes, loops and errors.
import re

TOKEN = re.compile(r"""
    (?P<num>\d+(?:\.\d+)?) | (?P<str>"(?:[^"\\]|\\.)*") | (?P<name>[A-Za-z_]\w*)
  | (?P<op>==|!=|<=|>=|&&|\|\||[-+*/%<>=!(){}\[\],;:]) | (?P<ws>\s+|\#[^\n]*) | (?P<bad>.)
""", re.X)
KEYWORDS = {"let", "fn", "if", "else", "while", "for", "in", "return", "print", "true", "false", "nil", "break"}


class LangError(Exception):
    def __init__(self, message, line):
        super().__init__(f"line {line}: {message}")
        self.line = line


class Return(Exception):
    def __init__(self, value):
        self.value = value


class Break(Exception):
    pass


def lex(source):
    line = 1
    for m in TOKEN.finditer(source):
        kind, text = m.lastgroup, m.group()
        if kind == "bad":
            raise LangError(f"unexpected {text!r}", line)
        if kind == "name" and text in KEYWORDS:
            kind = text
        if kind != "ws":
            yield (text if kind == "op" else kind), text, line
        line += text.count("\n")
    yield "end", "", line


class Env(dict):
    def __init__(self, parent=None):
        super().__init__()
        self.parent = parent

    def find(self, name):
        env = self
        while env is not None:
            if name in env:
                return env
            env = env.parent
        raise NameError(name)


LEVELS = [{"||"}, {"&&"}, {"==", "!="}, {"<", ">", "<=", ">="}, {"+", "-"}, {"*", "/", "%"}]
OPS = {"+": lambda a, b: a + b, "-": lambda a, b: a - b, "*": lambda a, b: a * b, "/": lambda a, b: a / b, "%": lambda a, b: a % b, "==": lambda a, b: a == b, "!=": lambda a, b: a != b, "<": lambda a, b: a < b, ">": lambda a, b: a > b, "<=": lambda a, b: a <= b, ">=": lambda a, b: a >= b}


class Compiler:
    """Turns tokens into closures that take an environment."""

    def __init__(self, source):
        self.tokens = list(lex(source))
        self.pos = 0

    def peek(self):
        return self.tokens[self.pos][0]

    def line(self):
        return self.tokens[self.pos][2]

    def accept(self, *kinds):
        if self.peek() in kinds:
            self.pos += 1
            return self.tokens[self.pos - 1][1]
        return None

    def expect(self, kind):
        got = self.accept(kind)
        if got is None:
            raise LangError(f"expected {kind}, found {self.tokens[self.pos][1] or 'end'}", self.line())
        return got

    def program(self):
        body = []
        while self.peek() != "end":
            body.append(self.statement())
        return self.block_of(body)

    @staticmethod
    def block_of(body):
        def run(env):
            for s in body:
                s(env)
        return run

    def block(self):
        self.expect("{")
        body = []
        while not self.accept("}"):
            body.append(self.statement())
        return self.block_of(body)

    def statement(self):
        line = self.line()
        if self.accept("let"):
            name = self.expect("name")
            self.expect("=")
            value = self.expression()
            self.expect(";")
            return lambda env: env.__setitem__(name, value(env))
        if self.accept("fn"):
            name, make = self.expect("name"), self.function()
            return lambda env: env.__setitem__(name, make(env))
        if self.accept("if"):
            cond, then = self.expression(), self.block()
            other = (self.statement() if self.peek() == "if" else self.block()) if self.accept("else") else None
            return lambda env: then(Env(env)) if cond(env) else other and other(Env(env))
        if self.accept("while"):
            cond, body = self.expression(), self.block()

            def loop(env):
                while cond(env):
                    try:
                        body(Env(env))
                    except Break:
                        break
            return loop
        if self.accept("for"):
            name = self.expect("name")
            self.expect("in")
            items, body = self.expression(), self.block()

            def each(env):
                for item in items(env):
                    inner = Env(env)
                    inner[name] = item
                    try:
                        body(inner)
                    except Break:
                        break
            return each
        if self.accept("return"):
            value = (lambda env: None) if self.peek() == ";" else self.expression()
            self.expect(";")

            def leave(env):
                raise Return(value(env))
            return leave
        if self.accept("break"):
            self.expect(";")

            def stop(env):
                raise Break
            return stop
        if self.accept("print"):
            args = [self.expression()]
            while self.accept(","):
                args.append(self.expression())
            self.expect(";")
            return lambda env: print(">", *(a(env) for a in args))
        start = self.pos
        if self.accept("name") and self.accept("="):
            name = self.tokens[start][1]
            value = self.expression()
            self.expect(";")

            def assign(env):
                try:
                    env.find(name)[name] = value(env)
                except NameError:
                    raise LangError(f"{name} is not defined", line) from None
            return assign
        self.pos = start
        value = self.expression()
        self.expect(";")
        return value

    def function(self):
        self.expect("(")
        params = []
        while not self.accept(")"):
            params.append(self.expect("name"))
            self.accept(",")
        body = self.block()

        def make(env):
            def call(*args):
                if len(args) != len(params):
                    raise TypeError(f"{len(params)} arguments wanted, {len(args)} given")
                inner = Env(env)
                inner.update(zip(params, args))
                try:
                    body(inner)
                except Return as r:
                    return r.value
            return call
        return make

    def expression(self, level=0):
        if level == len(LEVELS):
            return self.unary()
        left = self.expression(level + 1)
        while (line := self.line()) and (op := self.accept(*LEVELS[level])):
            left = self.binary(op, left, self.expression(level + 1), line)
        return left

    @staticmethod
    def binary(op, a, b, line):
        if op == "&&":
            return lambda env: a(env) and b(env)
        if op == "||":
            return lambda env: a(env) or b(env)
        f = OPS[op]

        def run(env):
            try:
                return f(a(env), b(env))
            except (TypeError, ZeroDivisionError) as e:
                raise LangError(str(e), line) from e
        return run

    def unary(self):
        if self.accept("-"):
            v = self.unary()
            return lambda env: -v(env)
        if self.accept("!"):
            v = self.unary()
            return lambda env: not v(env)
        return self.postfix(self.atom())

    def postfix(self, value):
        while True:
            line = self.line()
            if self.accept("("):
                args = self.items(")")

                def value(env, f=value, args=args, line=line):
                    try:
                        return f(env)(*(a(env) for a in args))
                    except TypeError as e:
                        raise LangError(str(e), line) from e
            elif self.accept("["):
                index = self.expression()
                self.expect("]")
                value = lambda env, v=value, i=index: v(env)[i(env)]
            else:
                return value

    def items(self, end):
        out = []
        while not self.accept(end):
            out.append(self.expression())
            self.accept(",")
        return out

    def atom(self):
        kind, text, line = self.tokens[self.pos]
        self.pos += 1
        match kind:
            case "num":
                v = float(text) if "." in text else int(text)
                return lambda env: v
            case "str":
                s = text[1:-1].replace('\\"', '"').replace("\\n", "\n")
                return lambda env: s
            case "true" | "false" | "nil":
                c = {"true": True, "false": False, "nil": None}[kind]
                return lambda env: c
            case "fn":
                return self.function()
            case "(":
                inner = self.expression()
                self.expect(")")
                return inner
            case "[":
                parts = self.items("]")
                return lambda env: [p(env) for p in parts]
            case "name":
                def load(env):
                    try:
                        return env.find(text)[text]
                    except NameError:
                        raise LangError(f"{text} is not defined", line) from None
                return load
        raise LangError(f"unexpected {text or 'end'}", line)


def run(source):
    env = Env()
    env.update(len=len, range=lambda *a: list(range(*a)), str=str, push=lambda l, v: l.append(v))
    try:
        Compiler(source).program()(env)
    except (LangError, Return, Break) as e:
        print("error:", type(e).__name__, e)


run("""
let x = 1 + 2 * 3; print x, (1 + 2) * 3, -x, 7 % 4, 10 / 4, "a" + "b\\"q\\"";
fn fact(n) { if n < 2 { return 1; } return n * fact(n - 1); }
print fact(20), fact(5) == 120 && !false;
fn counter() { let n = 0; return fn() { n = n + 1; return n; }; }
let c = counter(); c(); c(); print c(), counter()();
let l = [1, 2, [3, 4]]; push(l, "end"); print l, l[2][0], len(l);
for i in range(10) { if i == 4 { break; } else if i % 2 == 0 { print "even", i; } else { print "odd", i; } }
let i = 0; while true { i = i + 1; if i > 5 { break; } } print i;
fn map(f, l) { let out = []; for v in l { push(out, f(v)); } return out; }
print map(fn(v) { return v * v; }, range(1, 6)), nil, 1.5 < 2 || x;  # a comment
""")
for bad in ("print y;", "let = 5;", "print 1 +;", "1 $ 2;", 'print 1 + "a";', "print 1 / 0;", "\n\nprint (1;", "fn f(a) { } f();", "return 5;", "x = 1;", "if true { print 1;", "5();", "break;"):
    run(bad)
