"""bytes() of lengths and of everything else: no tuple is seen where CPython packs one."""

import sys,gc
a=bytes(5);print(a,bytes(),bytes(0) is bytes(),bytes(True),bytes(*[3]),bytes(*(4,)),bytes(**{'source':2}))
for x in (-1,2**70,1.5,"a",None,[1,2],b"xy",(3,)):
    try: print(bytes(x))
    except Exception as e: print(type(e).__name__,e)
try: bytes(1,2,3,4)
except TypeError as e: print(e)
class B(bytes): pass
print(B(3),type(B(3)),bytes(3)==B(3))
t=(1,); i=id(t); del t
b=bytes(40); u=(2,); print(id(u)==i)
c0=sys.getallocatedblocks(); l=[bytes(30) for _ in range(100)]; print(sys.getallocatedblocks()-c0)
import tracemalloc
tracemalloc.start()
x=bytes(100); y=bytes(1000)
s=tracemalloc.take_snapshot(); tracemalloc.stop()
print(sorted((k.traceback[0].lineno,k.size,k.count) for k in s.statistics("lineno") if k.traceback[0].filename==__file__))
