# Classes with slots, descriptors, metaclasses, properties, class hooks, dynamic types, weak references to them, abstract classes.
import abc
import types
import weakref


class Typed:
    def __set_name__(self, owner, name):
        self.name = "_" + name

    def __get__(self, obj, owner=None):
        return self if obj is None else getattr(obj, self.name, None)

    def __set__(self, obj, value):
        setattr(obj, self.name, value)


def work():
    class Meta(type):
        @classmethod
        def __prepare__(mcs, name, bases, **kw):
            return {"prepared": True}

        def __call__(cls, *args):
            made = super().__call__(*args)
            cls.count += 1
            return made

    class Root(metaclass=Meta):
        count = 0
        field = Typed()

        def __init_subclass__(cls, tag=None, **kw):
            super().__init_subclass__(**kw)
            cls.tag = tag

        def __init__(self, v):
            self.field = v

    class Slotted(Root, tag="s"):
        __slots__ = ("a", "b")

        @property
        def both(self):
            return self.a, self.b

        @both.setter
        def both(self, v):
            self.a, self.b = v

        @both.deleter
        def both(self):
            del self.a

        def __class_getitem__(cls, item):
            return types.GenericAlias(cls, item)

    class Shape(abc.ABC):
        @abc.abstractmethod
        def area(self): ...

    s = Slotted(5)
    s.both = 1, 2
    r = weakref.ref(s)
    out = [s.both, s.field, Slotted.tag, Root.count, Slotted.count, r() is s, repr(Slotted[int])[-5:], Slotted.prepared if hasattr(Slotted, "prepared") else None, [c.__name__ for c in Slotted.__mro__]]
    del s.both
    out.append(hasattr(s, "a"))
    try:
        Shape()
    except TypeError as e:
        out.append(str(e))
    Dyn = types.new_class("Dyn", (Root,), {"tag": "d"}, lambda ns: ns.update(x=1))
    out += [Dyn.tag, Dyn.x, type("Quick", (), {"__len__": lambda self: 3})().__len__(), isinstance(Dyn(1), Root), [c.__name__ for c in Root.__subclasses__()]]
    obj = types.SimpleNamespace(a=1, b=[2])
    obj.c = 3
    proxy = types.MappingProxyType({"k": 1})
    Root.late = lambda self: "late"
    s.__class__
    out += [obj, proxy["k"], s.late(), int | str, list[int].__args__, super(Slotted, s).field, Slotted.both.fset is not None, vars(s)["_field"]]
    return out


print(work())
