# What `async with`, `async for`, `await` and `yield from` say about objects they cannot drive.
import collections.abc as abc
import types
class A:
    async def __aenter__(self): return self
    async def __aexit__(self,*a): pass
class B:
    def __aenter__(self): return 12
    async def __aexit__(self,*a): pass
class C:
    async def __aenter__(self): return self
    def __aexit__(self,*a): return 456
class D:
    def __aiter__(self): return self
    def __anext__(self): return ()
class Aw:
    def __init__(s,v): s.v=v
    def __await__(self): return self.v
class F(D):
    def __init__(s,v): s.v=v
    def __anext__(self): return Aw(self.v)
async def w(c):
    async with c as x: print("in",type(x).__name__)
async def wr(c):
    async with c as x: 1/0
async def it(c):
    async for x in c: print(x)
    else: print("else")
async def ag():
    yield 1
async def aw(x): return await x
async def noop(): return 3
def show(c):
    try: 
        while True: print("yielded", c.send(None))
    except StopIteration as e: print("stop", e.value)
    except BaseException as e: print(type(e).__name__, e, "|", repr(e.__cause__), "|", repr(e.__context__))
for m in A(),B(),C(): show(w(m)); show(wr(m))
show(it(D()));  show(it(F(5))); show(it(ag())); show(it([])); show(it(Aw(3)))
show(aw(Aw(iter([1])))); show(aw(Aw(4))); c=noop(); show(aw(Aw(c))); c.close(); show(aw(4)); show(aw(noop()))
class G:
    def __await__(self): 1/0
class H(D):
    def __anext__(self): return G()
show(it(H()))
@types.coroutine
def bar(): return (yield from noop())
show(bar())
def bad(): return (yield from noop())
show(bad())
print(abc.Callable[[int],str]==abc.Callable[[int],str], len({abc.Callable[[int],str],abc.Callable[[int],str]}), list[int]==list[int], abc.Callable[...,int]==abc.Callable[[int],int])
def gen():
    yield 1
    raise StopIteration(2)
show(gen())
