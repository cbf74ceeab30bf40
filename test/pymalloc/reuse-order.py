"""Prints which block CPython's pymalloc gives at each step of a fixed random history: POOL:BLOCK, pools numbered as they
first appear. reuse-order.test.ts plays the same history and compares with the digest of this output.
usage: python3.13 reuse-order.py | md5sum
"""
import ctypes

malloc = ctypes.pythonapi.PyObject_Malloc
malloc.restype = ctypes.c_void_p
malloc.argtypes = [ctypes.c_size_t]
free = ctypes.pythonapi.PyObject_Free
free.argtypes = [ctypes.c_void_p]

SIZE = 490
BLOCK = 496
POOL = 16384
HEADER = 48

state = 12345


def random(n):
    global state
    state = (state * 1103515245 + 12345) & 0x7FFFFFFF
    return (state >> 8) % n


# Fill what pools of this class the interpreter has, up to and including a fresh one.
while malloc(SIZE) % POOL != HEADER:
    pass
for _ in range((POOL - HEADER) // BLOCK - 1):
    malloc(SIZE)

pools = {}
live = []
steps = []
for i in range(3000):
    if not live or random(100) < (56 if i < 1500 else 46):
        p = malloc(SIZE)
        pool = p - p % POOL
        steps.append("%d:%d" % (pools.setdefault(pool, len(pools)), (p - pool - HEADER) // BLOCK))
        live.append(p)
    else:
        j = random(len(live))
        free(live[j])
        live[j] = live[-1]
        live.pop()
print(" ".join(steps))
