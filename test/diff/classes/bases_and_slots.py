# Setting __bases__, also inside mro(); attributes of classes, __class__ and __slots__ with odd values; class statements that fail
# __bases__ inside mro and others
class X: pass
class Y: pass
calls = []
class M(type):
    def mro(cls):
        calls.append(cls.__name__)
        if cls.__dict__.get('flag') and not getattr(M, 'done', False):
            M.done = True
            cls.__bases__ = (Y,)
        return type.mro(cls)
class A(X, metaclass=M): flag = True
print(A.__mro__, A.__bases__, calls)
class M2(type):
    def mro(cls): return (cls, object) if not getattr(cls, 'bad', 0) else cls.bad
class B(metaclass=M2): pass
print(B.__mro__)
for bad in ((), [], None, 5, [int], ['a'], (object, int)):
    try: C = M2('C', (), {'bad': bad}); print(C.__mro__)
    except Exception as e: print(type(e).__name__, e)
class M3(type):
    def mro(cls):
        if cls.__name__ == 'D':
            try: cls.__bases__ = (cls,)
            except TypeError as e: print('te', e)
            try: E.__bases__ = (object,)
            except NameError as e: print(e)
        return type.mro(cls)
try:
    class D(X, metaclass=M3): pass
    print(D.__mro__)
except Exception as e: print(type(e).__name__, e)
class P1(metaclass=M3): pass
class P2(P1): pass
class M4(M3):
    def mro(cls):
        if cls.__name__ == 'Q' and cls.__bases__ != (P2,):
            cls.__bases__ = (P2,)
            return [cls, P1, object]
        return super().mro()
try:
    class Q(P1, metaclass=M4): pass
    print(Q.__mro__, Q.__bases__, P1.__subclasses__(), P2.__subclasses__())
except Exception as e: print(type(e).__name__, e)
class Base1: 
    def f(self): return 1
class Base2:
    def f(self): return 2
class S(Base1): pass
class T(S): pass
s, t = S(), T()
print(s.f(), t.f()); S.__bases__ = (Base2,); print(s.f(), t.f(), Base1.__subclasses__(), Base2.__subclasses__(), T.__mro__)
for b in ((), (int,), 5, (S,), (T,), (Base1, Base1), (object, Base1), (type(None),), (bool,)):
    try: S.__bases__ = b; print('ok', S.__mro__)
    except Exception as e: print(type(e).__name__, e)
try: del S.__bases__
except Exception as e: print(type(e).__name__, e)
try: int.__bases__ = (object,)
except Exception as e: print(type(e).__name__, e)
# name, qualname, module, doc etc.
for at, v in [('__name__', 'ZZ'), ('__name__', 5), ('__name__', 'a\0b'), ('__qualname__', 'q.ZZ'), ('__qualname__', 5), ('__module__', 'mm'), ('__doc__', 'dd'), ('__dict__', {}), ('__mro__', ()), ('__class__', int), ('__abstractmethods__', {'x'}), ('__annotations__', {}), ('__annotations__', 5), ('__type_params__', ()), ('__static_attributes__', 1), ('__weakref__', 1), ('__bogus__', 1), ('__firstlineno__', 3), ('__basicsize__', 3)]:
    try: setattr(S, at, v); print(at, 'set', S)
    except Exception as e: print(at, type(e).__name__, e)
    try: delattr(S, at); print(at, 'deleted')
    except Exception as e: print(at, type(e).__name__, e)
try: S()
except Exception as e: print(type(e).__name__, e)
# __class__ assignment
class U: __slots__ = ('a',)
class V: __slots__ = ('a',)
class W: __slots__ = ('b',)
class Z: pass
class Z2: x = 5
u = U(); u.a = 1; u.__class__ = V; print(type(u), u.a)
for o, c in [(u, W), (u, Z), (Z(), Z2), (Z(), U), (Z(), int), (5, bool), ([], Z), (Z, type), (Z(), 5), (lambda: 0, Z), (ValueError(), KeyError), (ValueError(), Exception)]:
    try: o.__class__ = c; print(type(o).__name__)
    except Exception as e: print(type(e).__name__, e)
import types
m = types.ModuleType('mm'); 
class MM(types.ModuleType): z = 1
m.__class__ = MM; print(m, m.z)
# slots
for sl in ('a', ('a', 'a'), ('1a',), (5,), ('__dict__', '__dict__'), ('__weakref__',) , {'a': 'doc a'}, iter(['x', 'y']), ('__priv',), ['__dict__', 'a'], b'a', 5, ('a', 'b', '__slots__'), ('a b',)):
    try: c = type('Sl', (), {'__slots__': sl}); i = c(); print(sorted(k for k in c.__dict__ if not k.startswith('__')), hasattr(i, '__dict__'), c.__basicsize__)
    except Exception as e: print(type(e).__name__, e)
try: type('Sl', (), {'__slots__': ('a',), 'a': 1})
except Exception as e: print(type(e).__name__, e)
for b in (int, tuple, str, bytes, type):
    try: type('Sl', (b,), {'__slots__': ('a',)}); print(b, 'ok')
    except Exception as e: print(type(e).__name__, e)
for args in [(), ('a',), ('a', ()), ('a', (), {}, 1), (1, (), {}), ('a', [], {}), ('a', (), []), ('a', (5,), {}), ('a', (int, str), {}), ('a', (bool,), {}), ('a', (int, int), {}), ('a\0', (), {}), ('a', (object, int), {}), ('', (), {}), ('a', (type(iter([])),), {})]:
    try: print(type(*args))
    except Exception as e: print(args, type(e).__name__, e)
class Meta1(type): pass
class Meta2(type): pass
class O1(metaclass=Meta1): pass
class O2(metaclass=Meta2): pass
try:
    class O3(O1, O2): pass
except TypeError as e: print(e)
def mc(n, b, d, **k): print(n, b, sorted(k)); return 42
class O4(1 if 0 else int, metaclass=mc, x=1): pass
print(O4)
class PS:
    def __init_subclass__(cls, **k): print('is', cls.__name__, k)
    def __set_name__(self, o, n): print('sn', o, n)
class O5(PS, a=1): q = PS()
try:
    class O6(object, a=1): pass
except TypeError as e: print(e)
class BadSN:
    def __set_name__(self, o, n): raise ValueError('x')
try:
    class O7: b = BadSN()
except Exception as e: print(type(e).__name__, e, e.__notes__)
class ME:
    def __mro_entries__(self, bases): return (int,)
class O8(ME()): pass
print(O8.__bases__, len(O8.__orig_bases__))
class Prep(type):
    @classmethod
    def __prepare__(m, n, b, **k): return 5 if n == 'Bad' else {'injected': n}
class O9(metaclass=Prep): pass
print(O9.injected)
try:
    class Bad(metaclass=Prep): pass
except TypeError as e: print(e)
