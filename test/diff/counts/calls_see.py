# Reference counts as special methods and functions see them when called in many ways.
from sys import getrefcount as rc
value=object()
class P:
    @staticmethod
    def s(x): return rc(x)
    @classmethod
    def c(cls,x): return rc(x)
    def m(self,x): return rc(x),rc(self)
    def __call__(self,x): return rc(x),rc(self)
    def __add__(self,o): return rc(self),rc(o)
    def __getitem__(self,k): return rc(k),rc(self)
    def __eq__(self,o): return (rc(self),rc(o))
    def __lt__(self,o): return (rc(self),rc(o))
    def __iadd__(self,o): print(rc(self),rc(o)); return self
    def __neg__(self): return rc(self)
    def __setitem__(self,k,v): print('si',rc(self),rc(k),rc(v))
    def __setattr__(self,k,v): print('sa',rc(self),rc(v))
    def __contains__(self,k): print('c',rc(self),rc(k)); return True
    def __bool__(self): print('b',rc(self)); return True
    def __enter__(self): print('en',rc(self))
    def __exit__(self,*a): print('ex',rc(self))
    def __iter__(self): print('it',rc(self)); return self
    def __next__(self): print('nx',rc(self)); raise StopIteration
    def __repr__(self): return str(rc(self))
    def __format__(self,s): return str(rc(self))
    def __hash__(self): print('h',rc(self)); return 1
    def __len__(self): return rc(self)
    def __index__(self): return rc(self)
    def __getattr__(self,n): return rc(self)
p=P()
print(1,p.s(value)); print(2,P.s(value)); print(3,p.c(value)); print(4,P.c(value)); print(5,p.m(value)); b=p.m; print(6,b(value)); del b
print(7,p(value)); print(8,p+value); print(9,p[value]); print(10,p==value); print(11,p<value); p+=value; print(12,-p)
p[value]=p; p.x=value; value in p; 
if p: pass
with p: pass
for i in p: pass
print(13,repr(p),f'{p}',f'{p!r}',str(p)); hash(p); print(len(p)); print(p.zz); print(range(p))
print(14,list(map(p.m,[value]))); print(15,list(map(P.s,[value]))); print(16,list(map(lambda x:rc(x),[value]))); print(17,len(sorted([value],key=lambda x:rc(x))))
print(18,list(map(rc,[value]))); print(19,[*map(p,[value])])
def f(*a,**k): return rc(a[0]) if a else rc(k['x'])
print(20,f(value),f(x=value),f(*[value]),f(*(value,)),f(**{'x':value}))
d={p:1}; d[p]; p in d; d.get(p)
print([p]==[value], (p,)<(value,)); [value].index(p) if 0 else 0
print(20, getattr(p,'qq'), isinstance(p,P), callable(p))
class Q(P):
    def __init__(self,x): object.__setattr__(self,'n',rc(x)); 
    def m(self,x): return super().m(x)
q=Q(value); print(q.m(value))
import _functools
print(21,_functools.partial(f,value)(), _functools.partial(p.m)(value))
class D:
    def __get__(self,o,t): return rc(self),rc(o),rc(t) if 0 else 0
    def __set__(self,o,v): print('ds',rc(self),rc(o),rc(v))
class E: d=D()
e=E(); print(22,e.d); e.d=value
class M(type):
    def __call__(cls,*a): return rc(a[0])
class N(metaclass=M): pass
print(23,N(value))
def gen():
    x=yield
    while 1: x=yield rc(x)
g=gen(); next(g); print(24,g.send(value), g.send(value)); 
def dec(fn): return rc(fn)
@dec
def z(): pass
print(25,z)
print(26,(lambda x:rc(x))(value),(lambda *x:rc(x[0]))(value),(lambda x=value:rc(x))())
