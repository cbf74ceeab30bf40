# Classes, instances, attributes, slots, descriptors, metaclasses, properties, super.
def work():
    class Meta(type):
        def __new__(mcs, name, bases, ns):
            return super().__new__(mcs, name, bases, ns)

    class Base(metaclass=Meta):
        registry = {}

        def __init_subclass__(cls, **kw):
            Base.registry[cls.__name__] = cls

        def __init__(self, x):
            self.x = x

        def __repr__(self):
            return f"<{type(self).__name__} {self.x}>"

        @property
        def double(self):
            return self.x * 2

        @classmethod
        def make(cls, *a):
            return cls(*a)

        @staticmethod
        def helper(v):
            return [v]

    class Derived(Base):
        __slots__ = ("y",)

        def __init__(self, x, y):
            super().__init__(x)
            self.y = y

        def __getattr__(self, name):
            return name * 2

        def __add__(self, o):
            return Derived(self.x + o.x, self.y)

    d = Derived.make(1, 2) + Derived(3, 4)
    for i in range(40):
        setattr(d, f"attr{i}", i)
    d.__dict__["more"] = 1
    T = type("T", (Derived,), {"extra": 5})
    return repr(d), d.double, d.helper(3), d.missing, T(1, 2).extra, len(vars(d)), sorted(Base.registry)


print(work())
