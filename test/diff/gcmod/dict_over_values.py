# An instance's dict over its inline values: what get_referents tells and what the collector finds
import gc
class A: pass
a = A(); a.x = [1]
print([type(o).__name__ for o in gc.get_referents(a)])
d = a.__dict__
print([type(o).__name__ for o in gc.get_referents(a)], [type(o).__name__ for o in gc.get_referents(d)], [type(o).__name__ for o in gc.get_referrers(d) if o is a],  [type(o).__name__ for o in gc.get_referrers(a.x)])
a.self = a; a.d = d
del a, d
print(gc.collect())
class B:
    def __init__(self): self.__dict__['q'] = self
B(); print(gc.collect())
b = B(); b.__dict__ = {'z': b}; print([type(o).__name__ for o in gc.get_referents(b)]); del b; print(gc.collect())
class C: pass
c = C(); vars(c).update(a=1, c=c); del c; print(gc.collect())
c = C()
for i in range(40): setattr(c, f'x{i}', c)
print([type(o).__name__ for o in gc.get_referents(c)]); del c; print(gc.collect())
xs = [C() for _ in range(3)]
for x in xs: x.o = xs; x.__dict__
del x, xs; print(gc.collect())
