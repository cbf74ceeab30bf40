# Eight queens and more by permutations with backtracking.
import sys
import time


def solve(n, row, cols, diag1, diag2):
    if row == n:
        return 1
    count = 0
    for col in range(n):
        if col not in cols and row + col not in diag1 and row - col not in diag2:
            cols.add(col)
            diag1.add(row + col)
            diag2.add(row - col)
            count += solve(n, row + 1, cols, diag1, diag2)
            cols.remove(col)
            diag1.remove(row + col)
            diag2.remove(row - col)
    return count


def work(n):
    return solve(n, 0, set(), set(), set())


work(5)
turns = []
for _ in range(3):
    began = time.perf_counter()
    result = work(11)
    turns.append(time.perf_counter() - began)
print(result)
print(f"TIME {turns[0]:.6f} {min(turns):.6f}", file=sys.stderr)
