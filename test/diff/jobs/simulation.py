# A bank queue simulation with a seeded generator, an event heap, statistics and a small report.
import heapq
import random
from collections import Counter, deque
from statistics import mean, median


class Customer:
    __slots__ = ("id", "arrived", "patience", "service", "started", "left")

    def __init__(self, id, arrived, patience, service):
        self.id, self.arrived, self.patience, self.service = id, arrived, patience, service
        self.started = self.left = None

    @property
    def wait(self):
        return None if self.started is None else self.started - self.arrived


class Simulation:
    def __init__(self, seed, tellers, customers):
        self.random = random.Random(seed)
        self.clock = 0.0
        self.events = []
        self.sequence = 0
        self.queue = deque()
        self.free = list(range(tellers, 0, -1))
        self.total = customers
        self.done, self.lost = [], []
        self.longest = 0
        self.log = []
        self.handlers = {name[3:]: getattr(self, name) for name in dir(self) if name.startswith("on_")}

    def schedule(self, delay, kind, payload=None):
        self.sequence += 1
        heapq.heappush(self.events, (self.clock + delay, self.sequence, kind, payload))

    def run(self):
        self.schedule(0, "arrival", 1)
        while self.events:
            self.clock, _, kind, payload = heapq.heappop(self.events)
            self.handlers[kind](payload)
        return self

    def on_arrival(self, number):
        c = Customer(number, self.clock, self.random.expovariate(1 / 12), max(0.5, self.random.gauss(4, 1.5)))
        self.queue.append(c)
        self.longest = max(self.longest, len(self.queue))
        self.schedule(c.patience, "leave", c)
        if number < self.total:
            self.schedule(self.random.expovariate(1 / 1.6), "arrival", number + 1)
        self.serve()

    def on_leave(self, customer):
        if customer.started is None and customer.left is None:
            customer.left = self.clock
            self.queue.remove(customer)
            self.lost.append(customer)

    def on_finish(self, pair):
        teller, customer = pair
        customer.left = self.clock
        self.done.append(customer)
        self.free.append(teller)
        self.free.sort(reverse=True)
        self.serve()

    def serve(self):
        while self.free and self.queue:
            teller, customer = self.free.pop(), self.queue.popleft()
            customer.started = self.clock
            self.log.append((teller, customer.id))
            self.schedule(customer.service, "finish", (teller, customer))


def report(sim):
    waits = [c.wait for c in sim.done]
    print(f"served {len(sim.done)}, lost {len(sim.lost)}, clock {sim.clock:.3f}, longest queue {sim.longest}")
    print(f"wait: mean {mean(waits):.4f} median {median(waits):.4f} max {max(waits):.4f}")
    print("tellers", sorted(Counter(t for t, _ in sim.log).items()), "first", sim.log[:5])
    bins = Counter(int(w) for w in waits)
    for minute in range(min(6, max(bins) + 1)):
        print(f"{minute:>3} {bins[minute]:>4} {'*' * (bins[minute] // 2)}")


for tellers in (2, 3, 4):
    report(Simulation(7, tellers, 120).run())
a, b = Simulation(1, 2, 40).run(), Simulation(1, 2, 40).run()
print(a.log == b.log, a.clock == b.clock, [round(c.left, 4) for c in a.done[:3]])


class Walker:
    def __init__(self, rng):
        self.rng, self.x, self.y = rng, 0, 0

    def step(self):
        dx, dy = self.rng.choice(((1, 0), (-1, 0), (0, 1), (0, -1)))
        self.x += dx
        self.y += dy
        return self.x, self.y


walker = Walker(random.Random("walk"))
visited = Counter(walker.step() for _ in range(2000))
print(len(visited), visited.most_common(2), (walker.x, walker.y))
inside = sum(random.Random(i).random() ** 2 + random.Random(i + 10**6).random() ** 2 <= 1 for i in range(500))
print(inside, 4 * inside / 500)
deck = [f"{r}{s}" for s in "SHDC" for r in "23456789TJQKA"]
rng = random.Random(52)
rng.shuffle(deck)
hands = [sorted(deck[i::4]) for i in range(4)]
print(hands[0][:5], len(set(sum(hands, []))), rng.sample(deck, 3))
