import sys, gc
def count(n):
    i = 0
    while i < n:
        yield i
        i += 1
    else:
        yield "else"
    return "done"
def tree(d):
    if d:
        yield from tree(d-1)
        yield d
        r = yield from count(2)
        yield r
        yield from tree(d-1)
def avg():
    t, n = 0, 0
    while True:
        x = yield t // (n or 1)
        if x is None: continue
        if x < 0: break
        t += x; n += 1
    yield "end"
def loops(n):
    for a in range(n):
        for b in range(a):
            if b == 3: break
            if (a + b) % 2: continue
            yield a, b
        else:
            yield "no break"
        if a > 4:
            return
    else:
        yield "exhausted"
def late(k):
    if k == 1:
        yield 1
    elif k == 2:
        yield 2
        yield 22
    else:
        pass
    for q in []:
        yield q
    x = [i for i in range(k)]
    for i in x:
        for j in (1, 2): k += j
    yield k
    del x
    yield locals()
print(list(count(3)), list(tree(2)))
a = avg(); print(next(a), a.send(5), a.send(10), a.send(None), next(a), a.send(-1))
try: a.send(1)
except StopIteration as e: print(repr(e.value))
print(list(loops(3)), list(loops(9)))
print([list(late(k)) for k in (1, 2, 3)])
g = count(3)
try: g.send(1)
except TypeError as e: print(e)
print(next(g))
try: g.throw(ValueError("in"))
except ValueError as e:
    print(e, e.__traceback__.tb_next.tb_lineno)
print(list(g), g.gi_frame)
def outer():
    try:
        yield from inner()
    except KeyError as e:
        print("outer caught", e)
        yield "after"
def inner():
    yield 1
    yield 2
def plain():
    x = yield from inner2()
    yield x
def inner2():
    try:
        yield 1
    except ValueError:
        return "value"
    yield 3
o = outer(); print(next(o), o.throw(KeyError("k")))
p = plain(); print(next(p), p.throw(ValueError), list(p))
p = plain(); next(p)
try: p.throw(TypeError("t"))
except TypeError as e: print("type", e)
class It:
    def __iter__(self): return self
    def __next__(self): return 5
    def throw(self, e): raise StopIteration("thrown")
    def close(self): print("closed")
def del_(): 
    r = yield from It()
    yield r
d = del_(); print(next(d), d.throw(ValueError)); d.close()
d = del_(); next(d); d.close()
d = del_(); next(d); del d
def bad():
    yield 1
    raise StopIteration("x")
try: list(bad())
except RuntimeError as e: print(e, repr(e.__cause__))
def rec():
    yield 1
    yield next(me)
me = rec()
try: list(me)
except ValueError as e: print(e)
print(sum(x*y for x in range(5) for y in range(x) if y % 2 if x), list((a, b) for a, b in {1: 2, 3: 4}.items()))
print(any(x > 3 for x in range(10)), max((len(w) for w in "a bb ccc".split()), default=0), sorted(x for x in "hello"))
ge = (x for x in [1, 2, 3]); print(next(ge), sys.getrefcount(ge), ge.gi_running, ge.gi_suspended); ge.close(); print(list(ge))
def cl():
    z = 5
    def get(): return z
    for i in range(3):
        z += i
        yield get
print([f() for f in cl()])
def args(a, *b, c=3, **d):
    yield a; yield b; yield c; yield d
print(list(args(1, 2, 3, c=4, e=5)))
def fin():
    try:
        yield 1
    finally:
        print("fin")
f = fin(); next(f); del f
class D:
    def __del__(self): print("D gone")
def holds():
    d = D()
    yield 1
    yield 2
h = holds(); next(h); del h; print("deleted")
h = holds(); next(h); h.close(); print("closed"); del h
def cyc():
    me = []
    me.append(me)
    while True:
        yield me
c = cyc(); next(c).append(c); del c; print(gc.collect() >= 2)
gens = [count(2) for _ in range(100)]
print(sum(len(list(x)) for x in gens), sys.getsizeof(gens[0]))
def deep(n):
    if n: yield from deep(n-1)
    yield n
print(sum(deep(200)))
for i in range(1000):
    list(count(3)); list(loops(5))
def frames():
    import traceback
    for i in range(2):
        yield sys._getframe().f_lineno, sys._getframe().f_back.f_code.co_name
print(list(frames()))
def err():
    for i in range(3):
        yield i
        print(1 // (1 - i))
try:
    for x in err(): pass
except ZeroDivisionError:
    import traceback; traceback.print_exc()
