# A scheduler of dependent jobs with retries, priorities, time limits on a virtual clock, generators as jobs, and a trace.
import heapq
from collections import Counter, defaultdict
from enum import IntEnum, auto
from functools import partial


class State(IntEnum):
    WAITING = auto()
    READY = auto()
    RUNNING = auto()
    DONE = auto()
    FAILED = auto()
    SKIPPED = auto()


class JobFailed(RuntimeError):
    pass


class Job:
    def __init__(self, name, work, *, needs=(), priority=0, retries=0):
        self.name, self.work, self.needs, self.priority, self.retries = name, work, tuple(needs), priority, retries
        self.state, self.attempts, self.result, self.error = State.WAITING, 0, None, None

    def __repr__(self):
        return f"<{self.name} {self.state.name} x{self.attempts}>"


class Scheduler:
    def __init__(self, workers=2):
        self.jobs, self.workers, self.clock, self.trace = {}, workers, 0, []
        self.dependants = defaultdict(list)

    def job(self, name=None, **options):
        def register(work):
            key = name or work.__name__
            if key in self.jobs:
                raise ValueError(f"job {key} exists")
            self.jobs[key] = Job(key, work, **options)
            return work
        return register

    def check(self):
        for job in self.jobs.values():
            for need in job.needs:
                if need not in self.jobs:
                    raise LookupError(f"{job.name} needs unknown {need}")
                self.dependants[need].append(job.name)
        colour = {}

        def visit(name, path):
            if colour.get(name) == "grey":
                raise ValueError("cycle: " + " -> ".join(path[path.index(name):] + [name]))
            if name not in colour:
                colour[name] = "grey"
                for need in self.jobs[name].needs:
                    visit(need, path + [name])
                colour[name] = "black"

        for name in self.jobs:
            visit(name, [])

    def note(self, what, job):
        self.trace.append((self.clock, what, job.name))

    def refresh(self, ready):
        for job in self.jobs.values():
            if job.state is not State.WAITING:
                continue
            states = [self.jobs[n].state for n in job.needs]
            if any(s in (State.FAILED, State.SKIPPED) for s in states):
                job.state = State.SKIPPED
                self.note("skip", job)
                return self.refresh(ready)
            if all(s is State.DONE for s in states):
                job.state = State.READY
                heapq.heappush(ready, (-job.priority, job.name))

    def start(self, job, running):
        job.attempts += 1
        job.state = State.RUNNING
        self.note("start", job)
        args = [self.jobs[n].result for n in job.needs]
        try:
            steps = job.work(*args)
        except Exception as error:
            return self.fail(job, error)
        if not hasattr(steps, "send"):
            steps = iter([("result", steps)])
        heapq.heappush(running, (self.clock, job.name, steps))

    def advance(self, job, steps, running):
        try:
            step = next(steps)
        except StopIteration as stop:
            self.finish(job, stop.value)
        except Exception as error:
            self.fail(job, error)
        else:
            match step:
                case int(delay):
                    heapq.heappush(running, (self.clock + delay, job.name, steps))
                case ("result", value):
                    self.finish(job, value)
                case other:
                    self.fail(job, TypeError(f"bad step {other!r}"))

    def finish(self, job, result):
        job.result, job.state = result, State.DONE
        self.note("done", job)

    def fail(self, job, error):
        job.error = error
        if job.attempts <= job.retries:
            job.state = State.WAITING
            self.note("retry", job)
        else:
            job.state = State.FAILED
            self.note("fail", job)

    def run(self):
        self.check()
        ready, running = [], []
        while True:
            self.refresh(ready)
            while ready and len(running) < self.workers:
                self.start(self.jobs[heapq.heappop(ready)[1]], running)
            if not running:
                break
            self.clock, name, steps = heapq.heappop(running)
            self.advance(self.jobs[name], steps, running)
        failed = [j for j in self.jobs.values() if j.state is State.FAILED]
        if failed:
            raise JobFailed(", ".join(j.name for j in failed)) from failed[0].error
        return {n: j.result for n, j in self.jobs.items()}


s = Scheduler(workers=2)
tries = Counter()


@s.job(priority=5)
def fetch():
    yield 3
    return [3, 1, 2]


@s.job()
def config():
    return {"reverse": True}


@s.job(needs=["fetch", "config"])
def process(data, conf):
    for _ in data:
        yield 1
    return sorted(data, **conf)


@s.job(needs=["process"], retries=2)
def upload(data):
    tries["upload"] += 1
    yield 2
    if tries["upload"] < 3:
        raise ConnectionError(f"attempt {tries['upload']}")
    return f"uploaded {data}"


s.job("sum", needs=["process"], priority=1)(sum)
s.job("partial", needs=["sum"])(partial(pow, 2))
print(s.run(), s.clock)
for entry in s.trace:
    print(*entry)
print(list(s.jobs.values()), dict(s.dependants))
f = Scheduler(1)
f.job("a")(lambda: 1)
f.job("b", needs=["a"])(lambda x: x / 0)
f.job("c", needs=["b"])(lambda x: x)
f.job("d", needs=["c", "a"])(lambda x, y: x)
f.job("e", needs=["a"])(lambda x: (yield "odd"))
try:
    f.run()
except JobFailed as e:
    print(e, "|", repr(e.__cause__), "|", list(f.jobs.values()), f.jobs["e"].error)
for needs in ({"x": ["y"], "y": ["z"], "z": ["x"]}, {"x": ["nope"]}, {"x": ["x"]}):
    bad = Scheduler()
    for name, n in needs.items():
        bad.job(name, needs=n)(lambda *a: a)
    try:
        bad.run()
    except (ValueError, LookupError) as e:
        print(type(e).__name__, e)
try:
    s.job("sum")(sum)
except ValueError as e:
    print(e)
