# Floats in local variables, nested loops, early exit.
import sys
import time


def work(size):
    total = 0
    for py in range(size):
        y0 = 2.0 * py / size - 1.0
        for px in range(size):
            x0 = 3.0 * px / size - 2.0
            x = 0.0
            y = 0.0
            n = 0
            while n < 50:
                xx = x * x
                yy = y * y
                if xx + yy > 4.0:
                    break
                y = 2.0 * x * y + y0
                x = xx - yy + x0
                n += 1
            total += n
    return total


work(20)
turns = []
for _ in range(3):
    began = time.perf_counter()
    result = work(380)
    turns.append(time.perf_counter() - began)
print(result)
print(f"TIME {turns[0]:.6f} {min(turns):.6f}", file=sys.stderr)
