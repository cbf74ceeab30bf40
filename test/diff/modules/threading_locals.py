# threading without starting threads: locks, conditions used alone, thread locals, names, queue, and one finished thread if there are any.
import _thread
import queue
import threading

lock = threading.Lock()
print(lock.locked(), lock.acquire(), lock.locked(), lock.acquire(blocking=False), lock.acquire(timeout=0.01), lock.release(), lock.locked())
with lock:
    print("held", lock.locked())
try:
    lock.release()
except RuntimeError as e:
    print(e)
r = threading.RLock()
with r:
    with r:
        print("re-entered", r._is_owned())
try:
    r.release()
except RuntimeError as e:
    print(e)
local = threading.local()
local.x = 5
print(local.x, local.__dict__, hasattr(local, "y"))
try:
    local.y
except AttributeError as e:
    print(e)


class L(threading.local):
    made = 0

    def __init__(self, v):
        L.made += 1
        self.v = v


print(L(3).v, L.made)
t = threading.current_thread()
print(t.name, t is threading.main_thread(), t.is_alive(), t.daemon, threading.active_count(), [q.name for q in threading.enumerate()], type(t.ident).__name__, threading.get_ident() == t.ident)
e = threading.Event()
print(e.is_set(), e.wait(0.01), e.set(), e.is_set(), e.wait(), e.clear(), e.is_set())
s = threading.Semaphore(2)
print(s.acquire(), s.acquire(), s.acquire(blocking=False), s.release(), s.acquire(blocking=False))
b = threading.BoundedSemaphore(1)
try:
    b.release()
except ValueError as err:
    print(err)
c = threading.Condition()
with c:
    print(c.wait(0.01), c.notify_all())
try:
    c.notify()
except RuntimeError as err:
    print(err)
q = queue.Queue(2)
q.put(1)
q.put(2)
print(q.full(), q.qsize(), q.get(), q.get(), q.empty())
for bad in (lambda: q.get_nowait(), lambda: q.get(timeout=0.01), lambda: (q.put(1), q.put(2), q.put_nowait(3))):
    try:
        bad()
    except (queue.Empty, queue.Full) as err:
        print(type(err).__name__)
p = queue.PriorityQueue()
for v in (3, 1, 2):
    p.put(v)
print([p.get() for _ in range(3)], queue.LifoQueue().empty(), queue.SimpleQueue().qsize())
print(_thread.allocate_lock().locked(), type(_thread.get_ident()).__name__, _thread.error is RuntimeError)
timer = threading.Timer(100, print)
print(timer.is_alive(), threading.Thread(target=print, name="named", daemon=True).name, threading.Barrier(1).wait())
