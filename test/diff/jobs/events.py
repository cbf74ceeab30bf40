# An event system whose subscribers are held weakly, with priorities, filters, one-shot handlers and history.
import gc
import sys
import weakref
from collections import deque


class Event:
    __slots__ = ("name", "data", "stopped", "__weakref__")

    def __init__(self, name, **data):
        self.name, self.data, self.stopped = name, data, False

    def __getattr__(self, key):
        try:
            return self.data[key]
        except KeyError:
            raise AttributeError(f"event {self.name!r} has no {key!r}") from None

    def stop(self):
        self.stopped = True


class Subscription:
    def __init__(self, bus, pattern, handler, priority, once):
        self.bus, self.pattern, self.priority, self.once = weakref.ref(bus), pattern, priority, once
        if hasattr(handler, "__self__") and not isinstance(handler.__self__, type(sys)):
            self.target = weakref.WeakMethod(handler, self._gone)
        else:
            self.target = lambda h=handler: h
        self.calls = 0

    def _gone(self, ref):
        bus = self.bus()
        if bus is not None:
            bus.remove(self)

    def matches(self, name):
        return self.pattern == "*" or name == self.pattern or (self.pattern.endswith(".*") and name.startswith(self.pattern[:-1]))

    def cancel(self):
        self._gone(None)


class Bus:
    def __init__(self, history=5):
        self.subscriptions = []
        self.history = deque(maxlen=history)
        self.errors = []

    def on(self, pattern, handler=None, *, priority=0, once=False):
        if handler is None:
            return lambda h: self.on(pattern, h, priority=priority, once=once) and h
        sub = Subscription(self, pattern, handler, priority, once)
        self.subscriptions.append(sub)
        self.subscriptions.sort(key=lambda s: -s.priority)
        return sub

    def remove(self, sub):
        if sub in self.subscriptions:
            self.subscriptions.remove(sub)

    def emit(self, name, **data):
        event = Event(name, **data)
        self.history.append(name)
        called = 0
        for sub in list(self.subscriptions):
            if event.stopped:
                break
            handler = sub.target() if sub.matches(name) else None
            if handler is None:
                continue
            if sub.once:
                self.remove(sub)
            sub.calls += 1
            called += 1
            try:
                handler(event)
            except Exception as error:
                self.errors.append(f"{type(error).__name__}: {error}")
        return called


class Window:
    made = 0

    def __init__(self, name, bus):
        Window.made += 1
        self.name, self.seen = name, []
        bus.on("mouse.*", self.on_mouse)
        bus.on("close", self.on_close, priority=10)

    def on_mouse(self, event):
        self.seen.append((event.name, event.x))

    def on_close(self, event):
        self.seen.append("close")
        if event.data.get("force"):
            event.stop()

    def __del__(self):
        Window.made -= 1
        print("window", self.name, "gone")


gc.disable()
bus = Bus()
w1, w2 = Window("one", bus), Window("two", bus)
print(bus.emit("mouse.move", x=1), bus.emit("mouse.click", x=2), bus.emit("key", code=3), w1.seen, w2.seen)


@bus.on("*", priority=-5)
def logger(event):
    print("log", event.name, sorted(event.data.items()))


print(bus.emit("key", code=4), bus.emit("close"), bus.emit("close", force=True), w1.seen[-1], len(w2.seen))
del w1
print(len(bus.subscriptions), Window.made, bus.emit("mouse.move", x=9), w2.seen[-1])
sub = bus.on("tick", lambda e: print("tick once", e.n), once=True)
print(bus.emit("tick", n=1), bus.emit("tick", n=2), sub.calls)
bus.on("bad", lambda e: e.missing)
bus.on("bad", lambda e: 1 / 0)
print(bus.emit("bad", a=1), bus.errors)
tmp = bus.on("temp", lambda e: print("temp"))
bus.emit("temp")
tmp.cancel()
tmp.cancel()
print(bus.emit("temp"), list(bus.history))
w3 = Window("three", bus)
w3.me = w3
del w3
print("in a cycle", Window.made, len(bus.subscriptions), gc.collect() > 0, Window.made, len(bus.subscriptions))
refs = sys.getrefcount(bus)
w4 = Window("four", bus)
print("the bus is not held by windows", sys.getrefcount(bus) - refs)
r = weakref.ref(bus)
del bus, sub, tmp, logger
print("bus gone", r() is None, Window.made)
del w2, w4
print("end", Window.made)
