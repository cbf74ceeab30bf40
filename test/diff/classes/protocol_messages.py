# Messages of the object, number, sequence and call protocols; sizes and names of exception and descriptor types.
import operator,sys
def t(f):
    try: print(repr(f()))
    except BaseException as e: print(type(e).__name__, e)
class A: pass
a=A()
def d(x): del x[0]
def s(x): x[0]=1
def mk(**k): return type('K',(),k)()
for f in [lambda:d((1,)),lambda:d(a),lambda:s((1,)),lambda:s(a),lambda:a[0],lambda:A[0],lambda:len(a),lambda:1 in a,lambda:list(a),lambda:a(),lambda:next(a),lambda:iter(mk(__iter__=lambda s:1)),
 lambda:{}<{},lambda:1+'a',lambda:1**'a',lambda:pow(1,2,'a'),lambda:-a,lambda:abs(a),lambda:[1]*'a',lambda:[1]*1.0,lambda:'a'*2**70,lambda:[1][2**70],lambda:[1][2**60],lambda:operator.index(mk(__index__=lambda s:'a')),
 lambda:int(a),lambda:int(mk(__int__=lambda s:'a')),lambda:float(a),lambda:float(mk(__float__=lambda s:1)),lambda:int([]),lambda:repr(mk(__repr__=lambda s:1)),lambda:str(mk(__str__=lambda s:1)),
 lambda:format(a,'x'),lambda:format(mk(__format__=lambda s,x:1)),lambda:format(1,1),lambda:hash([]),lambda:isinstance(1,1),lambda:issubclass(1,int),lambda:issubclass(int,1),lambda:list.append(1,2),lambda:list.append(),lambda:[].append(),lambda:[].append(1,2),lambda:[].append(x=1),lambda:[].clear(1),lambda:len(1,2),lambda:len(),lambda:len(x=1),
 lambda:str.join(1),lambda:dict.fromkeys.__get__(None,int),lambda:sys(),lambda:int.__add__(1),lambda:int.__add__('a',1),lambda:(1).__add__(1,2),lambda:int.__add__(), lambda:type(int.__add__).__get__(int.__add__,'a'),
 lambda:operator.indexOf([1],2),lambda:operator.concat(1,2),lambda:a.x,lambda:setattr(a,1,2),lambda:getattr(a,1),lambda:(1).real.__set__,lambda:setattr(1,'real',2),lambda:setattr(1,'x',2),lambda:delattr(a,'x'),lambda:bool(mk(__bool__=lambda s:1)),lambda:bool(mk(__len__=lambda s:-1)),lambda:dir(mk(__dir__=lambda s:1)),
 lambda:f(**{1:2}),lambda:bytes(mk(__bytes__=lambda s:1)),lambda:print>>a,lambda:1@2,lambda:operator.iadd(1,'a'),lambda:operator.imatmul(1,2),lambda:operator.ipow(1,'a'),lambda:operator.length_hint(mk(__length_hint__=lambda s:-1)),lambda:operator.length_hint(mk(__length_hint__=lambda s:'a')),lambda:a.__class__.__mro__.x,lambda:list(mk(keys=lambda s:1))]:
    t(f)
for n in dir(__builtins__):
    o=getattr(__builtins__,n)
    if isinstance(o,type) and issubclass(o,BaseException): print(n,o.__basicsize__,o.__dictoffset__,o.__weakrefoffset__, o.__base__.__name__,o.__flags__& ~(1<<19),end='; ')
import types
print()
for t_ in [types.MethodType,types.BuiltinFunctionType,types.ModuleType,property,staticmethod,classmethod,types.GenericAlias,types.UnionType,types.MappingProxyType,types.SimpleNamespace,types.TracebackType,type(int.__add__),type((1).__add__),type(list.append),type(dict.__dict__['fromkeys']),type(int.real),type(types.FunctionType.__closure__),type(None),type(...),type(NotImplemented)]: print(t_.__name__,t_.__module__,t_.__basicsize__,t_.__dictoffset__,t_.__weakrefoffset__,t_.__flags__ & ~(1<<19), list(t_.__dict__))
