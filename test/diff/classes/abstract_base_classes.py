import abc, collections.abc as c, sys, gc, numbers, io, time
class A(abc.ABC):
    @abc.abstractmethod
    def f(self): ...
    @property
    @abc.abstractmethod
    def p(self): ...
class B(A):
    def f(self): pass
class C(B):
    p = 1
for k in (A,B):
    try: k()
    except TypeError as e: print(e)
print(sorted(A.__abstractmethods__), sorted(B.__abstractmethods__), C.__abstractmethods__, isinstance(C(),A))
class V: pass
print(A.register(V) is V, issubclass(V,A), isinstance(V(),A), issubclass(int,A), isinstance(3,A))
try: V2=type("V2",(A,),{}); A.register(5)
except TypeError as e: print(e)
try: B.register(A)
except RuntimeError as e: print(e)
for t in (list,tuple,dict,set,str,bytes,range,int,float,type(iter([])),type({}.keys()),memoryview,bytearray,type(lambda:0),type(x for x in ())):
    print(t.__name__, [n for n in c.__all__ if issubclass(t,getattr(c,n))])
print(isinstance(3,numbers.Integral), isinstance(2.5,numbers.Real), isinstance(sys.stdout,io.TextIOBase), isinstance(sys.stdout, io.IOBase))
class S(c.Sequence):
    def __getitem__(self,i): return [1,2][i]
    def __len__(self): return 2
class M(c.Mapping):
    def __getitem__(self,i): return {"a":1}[i]
    def __len__(self): return 1
    def __iter__(self): return iter(["a"])
class R: 
    def __len__(self): return 1
    def __getitem__(self,i): return 5
def m(x):
    match x:
        case [a,*r]: return "seq",a,r
        case {"a":v}: return "map",v
        case _: return "no"
print(m(S()), m(M()), m(R()));
print(abc.get_cache_token()>0, type(A._abc_impl).__name__, sys.getsizeof(A._abc_impl))
A._dump_registry() if 0 else None
class Hook(abc.ABC):
    @classmethod
    def __subclasshook__(cls, s): return True if s is int else NotImplemented if s is str else False
print(issubclass(int,Hook), issubclass(str,Hook), issubclass(float,Hook))
class Bad(abc.ABC):
    @classmethod
    def __subclasshook__(cls, s): return 5
try: issubclass(int,Bad)
except AssertionError as e: print("AE", e)
try: issubclass(5,A)
except TypeError as e: print(e)
def dyn():
    class T: pass
    A.register(T); return issubclass(T,A)
print(dyn()); gc.collect()
class P:
    @property
    def __class__(self): return V
print(isinstance(P(),A))
@abc.update_abstractmethods
class U(abc.ABC): pass
U.f=abc.abstractmethod(lambda s:0); abc.update_abstractmethods(U); print(U.__abstractmethods__)
