# Allocation and release of every size class of pymalloc, in batches.
import sys
import time


def work(n):
    total = 0
    for _ in range(n):
        for size in range(0, 480, 16):
            batch = [bytes(size) for _ in range(60)]
            total += len(batch[7])
            del batch[::2]
            more = [bytes(size) for _ in range(30)]
            total += len(more)
    return total


work(3)
turns = []
for _ in range(3):
    began = time.perf_counter()
    result = work(800)
    turns.append(time.perf_counter() - began)
print(result)
print(f"TIME {turns[0]:.6f} {min(turns):.6f}", file=sys.stderr)
