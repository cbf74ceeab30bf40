# What __call__ sees when it is called with keywords.
import sys
rc=sys.getrefcount
class A:
    def __call__(self,*a,**k): return rc(self)
    def m(self,*a,**k): return rc(self)
a=A()
def f(): 
    b=A()
    return b(1), b(k=1), b(1,k=2), b(*[1]), b(**{"k":1}), A()(k=1), b.m(k=1), b.m(), A().m(k=2), A.m(b,k=1)
print(f(), a(k=1), a(1), a(1,k=1))
