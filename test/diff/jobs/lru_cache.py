# An LRU cache on a doubly linked list with weak back references, statistics, eviction callbacks.
import gc
import sys
import weakref


class Link:
    __slots__ = ("key", "value", "_prev", "next", "__weakref__")
    live = 0

    def __init__(self, key, value):
        Link.live += 1
        self.key, self.value, self._prev, self.next = key, value, None, None

    def __del__(self):
        Link.live -= 1

    @property
    def prev(self):
        return self._prev and self._prev()

    @prev.setter
    def prev(self, link):
        self._prev = None if link is None else weakref.ref(link)


class LRU:
    def __init__(self, size, on_evict=None):
        self.size, self.on_evict = size, on_evict
        self.map = {}
        self.head = self.tail = None
        self.hits = self.misses = 0

    def _unlink(self, link):
        prev, nxt = link.prev, link.next
        if prev is None:
            self.head = nxt
        else:
            prev.next = nxt
        if nxt is None:
            self.tail = prev
        else:
            nxt.prev = prev
        link.prev = link.next = None

    def _push(self, link):
        link.next = self.head
        if self.head is not None:
            self.head.prev = link
        self.head = link
        if self.tail is None:
            self.tail = link

    def get(self, key, default=None):
        link = self.map.get(key)
        if link is None:
            self.misses += 1
            return default
        self.hits += 1
        self._unlink(link)
        self._push(link)
        return link.value

    def put(self, key, value):
        if key in self.map:
            link = self.map[key]
            link.value = value
            self._unlink(link)
        else:
            while len(self.map) >= self.size:
                self.evict()
            link = self.map[key] = Link(key, value)
        self._push(link)

    def evict(self):
        link = self.tail
        self._unlink(link)
        del self.map[link.key]
        if self.on_evict:
            self.on_evict(link.key, link.value)

    def __iter__(self):
        link = self.head
        while link is not None:
            yield link.key
            link = link.next

    def __len__(self):
        return len(self.map)

    def __contains__(self, key):
        return key in self.map

    def __repr__(self):
        return f"LRU({', '.join(f'{k}={self.map[k].value}' for k in self)})"


gc.disable()
evicted = []
cache = LRU(3, lambda k, v: evicted.append((k, v)))
for i, k in enumerate("abcab"):
    cache.put(k, i)
    print(k, cache, Link.live)
print(cache.get("a"), cache.get("c"), cache.get("zz", "none"), cache)
cache.put("d", 9)
print(cache, evicted, list(cache), len(cache), "b" in cache, (cache.hits, cache.misses))
print("links hold each other one way only:", sys.getrefcount(cache.head), sys.getrefcount(cache.tail), sys.getrefcount(cache.head.next))
big = LRU(100)
for i in range(1000):
    big.put(i % 150, i)
    big.get((i * 7) % 150)
print(len(big), big.hits, big.misses, list(big)[:5], Link.live)
del big
print("freed without the collector", Link.live)
cache.put("x", cache)
print("a cycle now", Link.live)
del cache
print("kept by the cycle", Link.live, "collected", gc.collect() > 0, Link.live)


def memo(size):
    def deco(f):
        cache = LRU(size)

        def wrapper(*args):
            found = cache.get(args, cache)
            if found is cache:
                found = f(*args)
                cache.put(args, found)
            return found
        wrapper.cache = cache
        return wrapper
    return deco


@memo(10)
def binomial(n, k):
    return 1 if k in (0, n) else binomial(n - 1, k - 1) + binomial(n - 1, k)


print(binomial(12, 6), binomial.cache.hits, binomial.cache.misses, len(binomial.cache), Link.live)
