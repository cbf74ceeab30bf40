# Where defaults, keyword defaults and annotations of functions are allocated: at the line of the function itself.
import tracemalloc


def plain(n):
    out = []
    for i in range(n):
        def f(x, i=i):
            return x + i
        out.append(f)
    return out


def spread(n):
    out = []
    for i in range(n):
        def f(
            x: int,
            i=i,
            *,
            k=(i, 1),
        ) -> None:
            return x + i
        out.append(f)
    return out


def lambdas(n):
    return [
        (
            lambda x,
            y=i: x
        )
        for i in range(n)
    ]


# What other code has left in free lists is used up first.
hold = [[(i,) for i in range(400)], [(i, i) for i in range(100)], [{i: i} for i in range(200)]]
tracemalloc.start()
made = plain(50), spread(50), lambdas(50)
snap = tracemalloc.take_snapshot()
tracemalloc.stop()
for stat in sorted(snap.statistics("lineno"), key=lambda s: s.traceback[0].lineno):
    frame = stat.traceback[0]
    if frame.filename == __file__ and stat.count >= 50:
        # Some come from free lists, more here than there.
        print(frame.lineno, stat.count // 50)
