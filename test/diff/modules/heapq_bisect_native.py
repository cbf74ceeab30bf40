import heapq, bisect, random, _heapq, _bisect
random.seed(1)
for n in (0,1,2,10,100):
    a=[random.randrange(50) for _ in range(n)]; h=a[:]; heapq.heapify(h); print(h[:12], [heapq.heappop(h) for _ in range(len(h))]==sorted(a))
h=[]
for x in [5,1.5,3,2**70,-1,True]: heapq.heappush(h,x)
print(h, heapq.heapreplace(h,7), heapq.heappushpop(h,-5), heapq.heappushpop(h,100), h)
print(heapq.nlargest(3,[1,5,2,8]), heapq.nsmallest(2,["b","a","c"]), list(heapq.merge([1,4],[2,3])), heapq.nlargest(2,[(1,"a"),(2,"b")],key=lambda t:t[0]))
m=[3,1,4,1,5]; heapq._heapify_max(m); print(m, heapq._heappop_max(m), m, heapq._heapreplace_max(m,0), m)
for bad in (lambda: heapq.heappop([]), lambda: heapq.heappush((),1), lambda: heapq.heapreplace([],1), lambda: heapq.heapify("x"), lambda: heapq.heappush([1],"a"), lambda: heapq.heappush([1])):
    try: bad()
    except Exception as e: print(type(e).__name__, e)
class X:
    def __init__(s,v): s.v=v
    def __lt__(s,o):
        if o.v==99: L.clear()
        return s.v<o.v
L=[X(1),X(2),X(99),X(3)]
try: heapq.heapify(L)
except RuntimeError as e: print(e, L)
L=[X(i) for i in (5,3,8)]; heapq.heapify(L); print([x.v for x in L])
a=[1,2,2,3]; print([f(a,2) for f in (bisect.bisect,bisect.bisect_left,bisect.bisect_right)], bisect.bisect(a,2,0,2), bisect.bisect_left(a,-5), bisect.bisect([(1,"b"),(2,"a")],2,key=lambda t:t[0]))
bisect.insort(a,2.5); bisect.insort_left(a,0); bisect.insort(a,9,key=lambda v:-v); print(a)
import collections; d=collections.deque([1,3]); bisect.insort(d,2); print(d)
for bad in (lambda: bisect.bisect([1],1,-1), lambda: bisect.bisect(5,1), lambda: bisect.bisect([1],"a"), lambda: bisect.bisect([1,2],1,0,10), lambda: bisect.insort((1,),2)):
    try: print(bad())
    except Exception as e: print(type(e).__name__, e)
