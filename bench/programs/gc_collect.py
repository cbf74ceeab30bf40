# Full collections over 1,000,000 live containers.
import gc
import sys
import time


def work(n):
    gc.disable()
    shared = []
    keep = [[shared, i] for i in range(n)]
    found = 0
    for _ in range(10):
        found += gc.collect()
    gc.enable()
    return found, len(keep)


work(1000)
turns = []
for _ in range(3):
    began = time.perf_counter()
    result = work(1000000)
    turns.append(time.perf_counter() - began)
print(result)
print(f"TIME {turns[0]:.6f} {min(turns):.6f}", file=sys.stderr)
