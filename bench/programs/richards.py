# An operating system's task queue, object-oriented: devices, workers, handlers, packets.
import sys
import time

IDLE, WORKER, HANDLER_A, HANDLER_B, DEVICE_A, DEVICE_B = range(6)
KIND_DEVICE, KIND_WORK = range(2)


class Packet:
    def __init__(self, link, ident, kind):
        self.link = link
        self.ident = ident
        self.kind = kind
        self.datum = 0
        self.data = [0] * 4

    def append_to(self, queue):
        self.link = None
        if queue is None:
            return self
        p = queue
        while p.link is not None:
            p = p.link
        p.link = self
        return queue


class Task:
    def __init__(self, system, ident, priority, queue):
        self.system = system
        self.ident = ident
        self.priority = priority
        self.queue = queue
        self.waiting = queue is None
        self.held = False
        self.link = system.tasks
        system.tasks = self
        system.table[ident] = self

    def add_packet(self, packet, old):
        if self.queue is None:
            self.queue = packet
            self.waiting = False
            if self.priority > old.priority:
                return self
        else:
            packet.append_to(self.queue)
        return old

    def run(self):
        packet = self.queue
        if packet is not None:
            self.queue = packet.link
        return self.step(packet)

    def wait(self):
        self.waiting = True
        return self

    def hold(self):
        self.system.holds += 1
        self.held = True
        return self.link

    def send(self, packet):
        target = self.system.table[packet.ident]
        self.system.sends += 1
        packet.link = None
        packet.ident = self.ident
        return target.add_packet(packet, self)

    def release(self, ident):
        task = self.system.table[ident]
        task.held = False
        return task if task.priority > self.priority else self


class Idle(Task):
    def __init__(self, system, count):
        Task.__init__(self, system, IDLE, 0, None)
        self.waiting = False
        self.control = 1
        self.count = count

    def step(self, packet):
        self.count -= 1
        if self.count == 0:
            return self.hold()
        if self.control & 1 == 0:
            self.control //= 2
            return self.release(DEVICE_A)
        self.control = self.control // 2 ^ 0xD008
        return self.release(DEVICE_B)


class Device(Task):
    pending = None

    def step(self, packet):
        if packet is None:
            if self.pending is None:
                return self.wait()
            packet, self.pending = self.pending, None
            return self.send(packet)
        self.pending = packet
        return self.hold()


class Worker(Task):
    destination = HANDLER_A
    count = 0

    def step(self, packet):
        if packet is None:
            return self.wait()
        self.destination = HANDLER_B if self.destination == HANDLER_A else HANDLER_A
        packet.ident = self.destination
        packet.datum = 0
        for i in range(4):
            self.count = self.count % 26 + 1
            packet.data[i] = 64 + self.count
        return self.send(packet)


class Handler(Task):
    work = None
    devices = None

    def step(self, packet):
        if packet is not None:
            if packet.kind == KIND_WORK:
                self.work = packet.append_to(self.work)
            else:
                self.devices = packet.append_to(self.devices)
        if self.work is None:
            return self.wait()
        count = self.work.datum
        if count >= 4:
            packet = self.work
            self.work = packet.link
            return self.send(packet)
        if self.devices is None:
            return self.wait()
        packet = self.devices
        self.devices = packet.link
        packet.datum = self.work.data[count]
        self.work.datum = count + 1
        return self.send(packet)


class System:
    def __init__(self):
        self.tasks = None
        self.table = [None] * 6
        self.holds = 0
        self.sends = 0

    def schedule(self):
        task = self.tasks
        while task is not None:
            if task.held or (task.waiting and task.queue is None):
                task = task.link
            else:
                task.waiting = False
                task = task.run()


def simulate(count):
    system = System()
    Idle(system, count)
    queue = Packet(Packet(None, WORKER, KIND_WORK), WORKER, KIND_WORK)
    Worker(system, WORKER, 1000, queue)
    for ident, device in ((HANDLER_A, DEVICE_A), (HANDLER_B, DEVICE_B)):
        queue = None
        for _ in range(3):
            queue = Packet(queue, device, KIND_DEVICE)
        Handler(system, ident, 2000 + ident, queue)
    Device(system, DEVICE_A, 4000, None)
    Device(system, DEVICE_B, 5000, None)
    system.schedule()
    return system.sends, system.holds


def work(n):
    for _ in range(n):
        result = simulate(10000)
    return result


work(1)
turns = []
for _ in range(3):
    began = time.perf_counter()
    result = work(12)
    turns.append(time.perf_counter() - began)
print(result)
print(f"TIME {turns[0]:.6f} {min(turns):.6f}", file=sys.stderr)
