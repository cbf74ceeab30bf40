# What sys.excepthook prints: carets, chains, groups, suggestions, syntax errors.
import sys
def show(f,*a):
    try: f(*a)
    except BaseException as e: sys.excepthook(type(e),e,e.__traceback__)
class A:
    def __init__(self): self.value=1; self._hid=2
    def m(self): return vaule
    def n(self): return value
def chain1():
    try: 1/0
    except Exception as e: raise KeyError('x') from e
def chain2():
    try: {}['a']
    except KeyError: [][1]
def chain3():
    try: chain1()
    except Exception: raise TypeError('z') from None
def rec(n):
    if n: return rec(n-1)
    raise RecursionError('deep')
def rec2(n):
    return rec2(n+1)
def notes():
    e=ValueError('multi\nline'); e.add_note('note 1\nnote 2'); e.add_note('n3'); raise e
def group():
    try: 1/0
    except Exception as e: e1=e
    try: chain1()
    except Exception as e: e2=e
    raise ExceptionGroup('grp',[e1,e2,ExceptionGroup('in',[ValueError(1),TypeError('a\nb')]),OSError(2,'x')])
def wide():
    raise ExceptionGroup('w',[ValueError(i) for i in range(20)])
def deepg():
    e=ValueError(0)
    for i in range(13): e=ExceptionGroup(str(i),[e])
    raise e
def multi(a,b):
    return (a.foo(1,
              2)
        + b.bar(
            3,
            4,
        ) / 0)
class B:
    def foo(self,*a): return 1
    bar=foo
def syn(s): compile(s,'some.py','exec')
def uni():
    x='日本語'; y={}; return x + y['日'] 
class BadStr(Exception):
    def __str__(self): 1/0
def bad(): raise BadStr
class Mod(Exception): pass
Mod.__module__='some.mod'
def mod(): raise Mod('q')
def se():
    raise SyntaxError('msg',('nofile.py',3,5,'   abc def\n',3,8))
def call_in_return():
    return int('x')
def assign_call():
    y=int('x')
    return y
def kw(): print(1, ende=2)
def attr():
    a=A(); return a.valeu
def attr2(): return [].apend
def attr3(): return A.__dct__
def attr4(): return A()._hod
def nm(): return prnt
def nm2(): return maths
def imp(): from sys import exti
def imp2(): import collections_x
def dl():
    x=1
    del x
    return x
def emoji():
    x = "😀😀" + 1 
def asrt():
    assert 1 == 2, 'm'
def idx():
    a=[1,2,3]; return a[1][2][3]
def lam(): return (lambda x: x/0)(1)
def comp(): return [1/x for x in (1,0)]
def gen():
    def g():
        yield 1
        raise ValueError('in g')
    return list(g())
def withs():
    class C:
        def __enter__(self): return self
        def __exit__(self,*a): raise TypeError('exit')
    with C():
        1/0
def fin():
    try: 1/0
    finally: {}['k']
def keyint(): raise KeyboardInterrupt
def empty(): raise ValueError
def cyc():
    e=ValueError(1); f=ValueError(2); e.__context__=f; f.__context__=e; raise e
for f in [A().m,A().n,chain1,chain2,chain3,notes,group,wide,deepg,uni,bad,mod,se,call_in_return,assign_call,kw,attr,attr2,attr3,attr4,nm,nm2,imp,imp2,dl,emoji,asrt,idx,lam,comp,gen,withs,fin,keyint,empty,cyc]:
    print('#',f.__name__,file=sys.stderr); show(f)
show(rec,2); show(rec,10); show(rec2,0); show(multi,B(),B())
for s in ['1+','x = = 2','def f(:\n pass','if 1:\nx','print "a"','"abc','f(a b)','  x','x=1\n\ty=2','for','a b','(1,2','é = = 1','f"{a b}"','return','class A:\n  def f(self):\n    return 1 +\n','x'*3+' = (','import','from a import','1=x','f()=1','None=1','lambda: (yield)','async def f(): await','a=[1,2\nb=3','\x00','{1:2,3}','x = 5 5',"'a' 'b' c",'else: pass','break','nonlocal x','global x; x','def f(x,x):pass','f(**a,*b)','f(a=1,2)','not = 3','assert(1,2)','raise x from','while True print(1)','if x = 1: pass',':=1','a?b','0777','1__0','0b2','1e','"\\N{foo}"',"b'é'",'"\\x1"']:
    print('#',repr(s),file=sys.stderr); show(syn,s)
