# __init_subclass__, __class_getitem__, __new__ and __init__, __getattr__ family, __dir__, __call__, class namespaces.
class Base:
    registry = []

    def __init_subclass__(cls, /, tag=None, **kw):
        super().__init_subclass__(**kw)
        cls.tag = tag
        Base.registry.append((cls.__name__, tag))

    def __class_getitem__(cls, item):
        return f"{cls.__name__}<{item}>"


class One(Base, tag="first"):
    pass


class Two(One):
    pass


print(Base.registry, One.tag, Two.tag, Base[int], One["x", 1])
try:
    class Bad(Base, wrong=1):
        pass
except TypeError as e:
    print(e)


class New:
    made = []

    def __new__(cls, *args, **kw):
        cls.made.append((cls.__name__, args, kw))
        if args and args[0] == "other":
            return "not an instance"
        return super().__new__(cls)

    def __init__(self, *args, **kw):
        self.args = args


print(New(1, k=2).args, New("other"), New.made)


class NoInit:
    pass


class InitReturns:
    def __init__(self):
        return 5


for bad in (lambda: NoInit(1), lambda: InitReturns(), lambda: object(1), lambda: object.__new__(int), lambda: object.__new__(5), lambda: int.__new__(str), lambda: object.__new__(), lambda: NoInit(x=1), lambda: object().x, lambda: setattr(object(), "x", 1), lambda: NoInit.zzz, lambda: NoInit().zzz):
    try:
        print(bad())
    except (TypeError, AttributeError) as e:
        print(type(e).__name__, e)


class Attrs:
    def __init__(self):
        object.__setattr__(self, "log", [])

    def __getattr__(self, name):
        if name.startswith("dyn"):
            return name.upper()
        raise AttributeError(f"no {name} here")

    def __setattr__(self, name, value):
        self.log.append(("set", name, value))
        super().__setattr__(name, value)

    def __delattr__(self, name):
        self.log.append(("del", name))
        super().__delattr__(name)

    def __dir__(self):
        return ["z", "a"]

    def __call__(self, *a, **k):
        return a, k


a = Attrs()
a.x = 1
a.x += 1
del a.x
print(a.log, a.dyn1, dir(a), a(1, k=2), hasattr(a, "nope"), callable(a), callable(NoInit()))
for bad in (lambda: a.nope, lambda: delattr(a, "q")):
    try:
        bad()
    except AttributeError as e:
        print(e, e.name, e.obj is a)


class GA:
    def __getattribute__(self, name):
        if name == "special":
            return "intercepted"
        return object.__getattribute__(self, name)


g = GA()
g.special = 5
print(g.special, g.__dict__, getattr(g, "missing", "default"))


class Private:
    __x = 1
    __y__ = 2
    _z = 3

    def __m(self):
        return self.__x

    def call(self):
        return self.__m()


print(sorted(k for k in vars(Private) if "x" in k or "m" in k.lower() and "_Private" in k or k == "__y__"), Private().call(), Private()._Private__x)


class Doc:
    """The doc."""

    a: int = 1
    b: "str"

    def f(self, x: int, *args: str, k: float = 1.0, **kw: dict) -> list:
        "f doc"


print(Doc.__doc__, Doc.__annotations__, Doc.f.__annotations__, Doc.f.__doc__, Doc.__module__, Doc.f.__module__, Doc.__firstlineno__ > 50, Doc.__static_attributes__, hasattr(Doc, "b"))
Doc.__doc__ = "changed"
print(Doc.__doc__, NoInit.__doc__, NoInit.__dict__["__doc__"], sorted(k for k in NoInit.__dict__))


class Outer:
    class Inner:
        def f(self):
            class Local:
                pass
            return Local
    def g(self):
        return [lambda: 1 for _ in range(1)][0]


print(Outer.Inner.f.__qualname__, Outer.Inner().f().__qualname__, Outer().g().__qualname__, (lambda: 1).__qualname__, Outer.Inner.__qualname__)


def conditional(flag):
    class X:
        if flag:
            def f(self): return "flagged"
        else:
            g = 1
        for i in range(3):
            pass
        del i
        with open(__file__) as fh:
            fh.close()
    return sorted(k for k in vars(X) if not k.startswith("__"))


print(conditional(True), conditional(False))
