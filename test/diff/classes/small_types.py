# Messages and results of descriptors, properties, methods, modules, namespaces, proxies, aliases and unions.
class _TV:
    def __init__(s,n): s.n=n
    def __repr__(s): return '~'+s.n
    def __typing_subst__(s,a): return a
    def __or__(s,o): return (s,o)
TypeVar=_TV
T=TypeVar('T'); K=TypeVar('K')
def t(f):
    try: print(repr(f()))
    except BaseException as e: print(type(e).__name__, e)
import types
class P(property): pass
class A:
    @property
    def x(s): "doc x"
    y=P(lambda s:1,doc='d')
    @P
    def z(s): "zz"
    w=property()
def delx(): del A().x
def sx(): A().x=1
def f(x): "fd"
f.__annotations__
for g in [lambda:list[[T]].__parameters__,lambda:list[int].__bases__,lambda:list[int].__copy__,lambda:list[int].__module__,lambda:list[int].__class__,lambda:list[T][int],lambda:list[T][int,str],lambda:dict[T,K][int],lambda:list[int][int],lambda:list[T][T].__parameters__,lambda:dict[T,list[K]][int,str],lambda:tuple[int,...],lambda:tuple[()],lambda:list[int](),lambda:list[int]|None,lambda:int|str|None,lambda:int|int,lambda:int|None,lambda:None|int,lambda:int|'a',lambda:(int|str)(),lambda:isinstance(1,int|list[int]),lambda:isinstance(1,list[int]),lambda:issubclass(int,list[int]),lambda:list(tuple[int,str].__iter__()),lambda:next(iter(tuple[int])),
 lambda:A().w,sx,delx,lambda:A.x.__doc__,lambda:A.y.__doc__,lambda:A.z.__doc__,lambda:A.x.__name__,lambda:property().__name__,lambda:classmethod(f).__dict__,lambda:staticmethod(f).__dict__,lambda:classmethod(),lambda:classmethod(x=1),lambda:staticmethod(f)(1),lambda:A.__str__,
 lambda:types.ModuleType(),lambda:types.ModuleType(1),lambda:types.ModuleType('x').y,lambda:types.ModuleType('x').__dict__,lambda:types.ModuleType('x'),lambda:types.SimpleNamespace(1),lambda:types.SimpleNamespace({'a':1},b=2),lambda:types.SimpleNamespace({1:1}),lambda:types.SimpleNamespace(1,2),lambda:types.SimpleNamespace([('a',3)],b=3),
 lambda:types.MappingProxyType(1),lambda:types.MappingProxyType({1:2}),lambda:types.MappingProxyType({1:2})|{3:4},lambda:types.MappingProxyType([1]),lambda:hash(types.MappingProxyType({})),lambda:types.MappingProxyType(),
 lambda:types.MethodType(1,2),lambda:types.MethodType(f,None),lambda:types.MethodType(f),lambda:types.MethodType(len,[])(),lambda:types.MethodType(f,1).__dict__,lambda:types.MethodType(f,1)==types.MethodType(f,1.0),lambda:types.GenericAlias(int),lambda:types.GenericAlias(int,1),lambda:[].append.__reduce__(),lambda:list.append.__reduce__(),lambda:A.__add__,lambda:type(None)(1),lambda:bool(NotImplemented),lambda:property.__set_name__(property(),1),lambda:str.__objclass__, lambda:setattr(types,'__dict__',1),lambda:int.__add__.__text_signature__,lambda:len.__text_signature__,lambda:object.__init__.__text_signature__,lambda:(int|T)[str],lambda:(int|str).__parameters__,lambda:(int|str)[int],lambda:hash(int|str)==hash(str|int),lambda:int|list,lambda:types.UnionType(), lambda: int.__or__(1), lambda:type.__or__(int,1), lambda:list[int].append,lambda:list[int].__name__,lambda:setattr(list[int],'x',1),lambda:dir(list[int])[:5],lambda:list[int].__eq__(list[int]), lambda:(*tuple[int,str],),lambda:property(1,2).getter(None).fget]:
    t(g)
