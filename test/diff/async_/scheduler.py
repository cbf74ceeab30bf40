# A small round-robin scheduler over coroutines: tasks, sleeping, queues, cancellation, results.
from collections import deque
import heapq


class Trap:
    def __init__(self, kind, *args):
        self.kind, self.args = kind, args

    def __await__(self):
        return (yield self)


class Cancelled(Exception):
    pass


class Task:
    counter = 0

    def __init__(self, coro, name):
        Task.counter += 1
        self.id, self.coro, self.name = Task.counter, coro, name
        self.result = self.error = None
        self.done = False
        self.waiters = []
        self.pending = None


class Loop:
    def __init__(self):
        self.ready = deque()
        self.sleeping = []
        self.clock = 0
        self.log = []

    def spawn(self, coro, name=""):
        task = Task(coro, name)
        self.ready.append((task, None, None))
        return task

    def step(self, task, value, error):
        try:
            trap = task.coro.throw(error) if error else task.coro.send(value)
        except StopIteration as stop:
            self.finish(task, stop.value, None)
        except Exception as exc:
            self.finish(task, None, exc)
        else:
            getattr(self, "do_" + trap.kind)(task, *trap.args)

    def finish(self, task, result, error):
        task.result, task.error, task.done = result, error, True
        self.log.append((self.clock, task.name, result if error is None else repr(error)))
        for waiter in task.waiters:
            self.ready.append((waiter, result, error))

    def do_sleep(self, task, n):
        heapq.heappush(self.sleeping, (self.clock + n, task.id, task))

    def do_join(self, task, other):
        if other.done:
            self.ready.append((task, other.result, other.error))
        else:
            other.waiters.append(task)

    def do_spawn(self, task, coro, name):
        self.ready.append((task, self.spawn(coro, name), None))

    def do_cancel(self, task, other):
        self.sleeping = [s for s in self.sleeping if s[2] is not other]
        heapq.heapify(self.sleeping)
        if not other.done:
            self.ready.append((other, None, Cancelled(other.name)))
        self.ready.append((task, None, None))

    def run(self):
        while self.ready or self.sleeping:
            if not self.ready:
                self.clock, _, task = heapq.heappop(self.sleeping)
                self.ready.append((task, None, None))
            self.step(*self.ready.popleft())


class Queue:
    def __init__(self):
        self.items = deque()

    async def put(self, item):
        self.items.append(item)
        await Trap("sleep", 0)

    async def get(self):
        while not self.items:
            await Trap("sleep", 1)
        return self.items.popleft()


async def producer(q, n):
    for i in range(n):
        await Trap("sleep", 2)
        await q.put(i * i)
    await q.put(None)
    return n


async def consumer(q):
    total = 0
    while (item := await q.get()) is not None:
        total += item
    return total


async def failing():
    await Trap("sleep", 3)
    raise ValueError("failed on purpose")


async def forever(log):
    try:
        while True:
            await Trap("sleep", 5)
    except Cancelled as c:
        log.append("cancelled " + str(c))
        return "stopped"


async def main(log):
    q = Queue()
    p = await Trap("spawn", producer(q, 5), "producer")
    c = await Trap("spawn", consumer(q), "consumer")
    f = await Trap("spawn", failing(), "failing")
    e = await Trap("spawn", forever(log), "forever")
    results = [await Trap("join", p), await Trap("join", c)]
    try:
        await Trap("join", f)
    except ValueError as error:
        results.append(str(error))
    await Trap("cancel", e)
    results.append(await Trap("join", e))
    return results


loop = Loop()
log = []
task = loop.spawn(main(log), "main")
loop.run()
print(task.result, task.error, loop.clock)
for entry in loop.log:
    print(entry)
print(log)
loop = Loop()
many = [loop.spawn(consumer_like, str(i)) for i, consumer_like in enumerate([failing() for _ in range(3)])]
loop.run()
print([t.error for t in many], loop.clock)
