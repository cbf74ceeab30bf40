# Reference counts as __hash__ and __eq__ of keys see them.
from sys import getrefcount as rc
class K:
    def __hash__(self): print('h',rc(self)); return 1
    def __eq__(self,o): print('e',rc(self),rc(o)); return True
k=K(); j=K()
d={k:1}
d={k:1,j:2}
d[k]=3
d[j]=3
d[k]
d.get(j); k in d; d.setdefault(j,1); d.pop(k); d.update({k:1}); dict([(k,1)]); dict({k:1}); {**d}; {k for i in range(1)}; {k,j}; s={k}; s.add(j); s.discard(j); k in s
def f():
    d={k:1}; d[k]=1; d[k]
f()
print('--set')
