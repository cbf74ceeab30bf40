# _queue.SimpleQueue: filling, emptying, a cycle, errors; statistics' normal distribution.
import gc
from _queue import Empty, SimpleQueue

from _statistics import _normal_dist_inv_cdf


class Sub(SimpleQueue):
    pass


def work():
    q = SimpleQueue()
    for i in range(40):
        q.put([i])
    out = [q.get()[0] for _ in range(35)]
    q.put(q)
    s = Sub()
    s.attribute = s
    s.put_nowait(item=q)
    out += [q.qsize(), q.empty(), s.get(block=False) is q]
    for bad in (SimpleQueue().get_nowait, lambda: q.get(timeout=-1), lambda: SimpleQueue(1)):
        try:
            bad()
        except (Empty, ValueError, TypeError) as e:
            out.append(f"{type(e).__name__} {e}")
    del q, s
    gc.collect()
    out += [SimpleQueue[int], _normal_dist_inv_cdf(0.3, 1, 2)]
    return out


print(work())
