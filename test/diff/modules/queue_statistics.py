# _queue.SimpleQueue and the inverse of the normal distribution.
import _queue, gc, queue, statistics, sys, threading, tracemalloc, weakref
Q = queue.SimpleQueue
print(Q, Q.__basicsize__, Q.__flags__, Q.__weakrefoffset__, sys.getsizeof(Q()), queue.Empty is _queue.Empty, _queue.Empty.__mro__)
print({k: (type(v).__name__, getattr(v, "__text_signature__", None)) for k, v in sorted(vars(Q).items())})
q = Q()
def t(f):
    try: print(repr(f()))
    except BaseException as e: print(type(e).__name__, e, type(e).__module__)
t(lambda: q.get_nowait()); t(lambda: q.get(False)); t(lambda: q.get(True, 0.01)); t(lambda: q.get(True, -1)); t(lambda: q.get(timeout="a"))
t(lambda: q.put()); t(lambda: q.put(1, 2, 3, 4)); t(lambda: q.put(1, False, 5)); t(lambda: q.qsize()); t(lambda: q.empty()); t(lambda: q.get())
t(lambda: Q(1)); t(lambda: Q(a=1)); t(lambda: q.put_nowait(1)); t(lambda: Q[int]); t(lambda: q.get(1, 2, 3)); t(lambda: q.put(item=5)); t(lambda: q.get(block=True, timeout=None)); t(lambda: q.get(block=True, timeout=1e300))
q = Q()
for i in range(100): q.put(i)
print([q.get() for _ in range(90)], q.qsize(), [q.get() for _ in range(10)], q.empty())
for i in range(5): q.put([i]); q.put(i); print(q.get(), end=" ")
print()
w = weakref.ref(q); q.put(q); del q; print(gc.collect() > 0, w())
class S(Q): pass
s = S(); s.x = 1; s.put(s); print(s.get() is s, sys.getrefcount(s))
gc.collect(); tracemalloc.start()
first = sys._getframe().f_lineno
many = [Q() for _ in range(50)]
full = Q()
for i in range(1000): full.put(None)
snap = tracemalloc.take_snapshot()
print(sorted((x.traceback[0].lineno - first, x.size, x.count) for x in snap.statistics("lineno") if x.traceback[0].filename == __file__ and x.traceback[0].lineno > first))
tracemalloc.stop()
work = queue.Queue(); [work.put(i) for i in range(3)]; print(work.get(), work.qsize(), work.task_done())
f = statistics._normal_dist_inv_cdf
print([f(p / 97, 0.5, 1.5) for p in range(1, 97)], f(1e-300, 0, 1), f(0.9999999, 0, 1), f.__module__)
t(lambda: f(0.0, 1, 1)); t(lambda: f(1)); t(lambda: f(1, 2, "a")); t(lambda: f(1.5, 2, 3)); t(lambda: f(0.3, 0, -1)); t(lambda: f(float("nan"), 0, 1))
print(statistics.NormalDist(5, 2).inv_cdf(0.9), statistics.NormalDist().quantiles(5))
