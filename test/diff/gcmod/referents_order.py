# What objects refer to, in the collector's order.
import gc, collections, functools, types, itertools
class S: __slots__=("a","b")
class P: pass
s=S(); s.a=1.5; s.b=2.5
p=P(); p.x=[1]; p.y=[2]
def f(a,b=(3,4),*,k=[5]): return p
def g():
    x=[1]; y=[2]
    def h(): return x,y
    return h
def gen(a,b):
    c=[9]; yield a; yield c
ge=gen([1],[2]); next(ge)
class Sub(list): pass
sub=Sub([1.5,2.5]); sub.z=[8]
od=collections.OrderedDict(a=[1],b=[2])
e=ValueError([1],[2])
try: raise e
except ValueError: pass
for o in ([1.5,2.5,3.5],(1.5,2.5),{1.5:2.5,3.5:4.5},{1.5,2.5},s,p,f,g(),ge,sub,od,collections.deque([1.5,2.5]),e,functools.partial(f,[1],k=[2]),p.__init__,[].append,slice([1],[2],[3]),zip([1],[2]),map(f,[1],[2]),iter([1]),enumerate([1]),property(f,g,gen),types.SimpleNamespace(a=[1]),itertools.chain([1],[2]),itertools.cycle([1]),collections.defaultdict(list,a=[1]),S.__dict__,staticmethod(f),classmethod(f),reversed([1]),range(3),{}.keys(),{1:2}.items(),super(P,p),types.MethodType(f,p),f.__get__(p), list[int], int|str, types.CellType([1]), frozenset([1.5])):
    print(type(o).__name__, [type(x).__name__ if not isinstance(x,(int,float,str,list)) else x for x in gc.get_referents(o)])
