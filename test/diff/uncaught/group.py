# An uncaught exception group, printed as a tree, with notes.
def task(n):
    if n % 2:
        raise ValueError(f"task {n} failed")
    raise TypeError(f"task {n} has a wrong type")


def run_all():
    errors = []
    for n in range(3):
        try:
            task(n)
        except Exception as e:
            e.add_note(f"while running task {n}")
            errors.append(e)
    raise ExceptionGroup("some tasks failed", errors)


try:
    run_all()
except ExceptionGroup as eg:
    raise RuntimeError("batch failed") from eg
