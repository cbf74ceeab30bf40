# Huffman codes: a heap of trees, encoding to bytes and back.
import heapq
from collections import Counter


class Leaf:
    __slots__ = ("symbol",)

    def __init__(self, symbol):
        self.symbol = symbol

    def codes(self, prefix=""):
        yield self.symbol, prefix or "0"


class Branch:
    __slots__ = ("zero", "one")

    def __init__(self, zero, one):
        self.zero, self.one = zero, one

    def codes(self, prefix=""):
        yield from self.zero.codes(prefix + "0")
        yield from self.one.codes(prefix + "1")


def build(counts):
    heap = [(n, i, Leaf(s)) for i, (s, n) in enumerate(sorted(counts.items()))]
    heapq.heapify(heap)
    order = len(heap)
    while len(heap) > 1:
        a, b = heapq.heappop(heap), heapq.heappop(heap)
        heapq.heappush(heap, (a[0] + b[0], order, Branch(a[2], b[2])))
        order += 1
    return heap[0][2]


def pack(bits):
    padding = -len(bits) % 8
    bits += "0" * padding
    return bytes([padding]) + int(bits, 2).to_bytes(len(bits) // 8, "big") if bits else b"\0"


def unpack(data):
    bits = "".join(f"{byte:08b}" for byte in data[1:])
    return bits[: len(bits) - data[0]] if data[0] else bits


def decode(tree, bits):
    node, out = tree, []
    for bit in bits:
        if isinstance(node, Branch):
            node = node.one if bit == "1" else node.zero
        if isinstance(node, Leaf):
            out.append(node.symbol)
            node = tree
    return "".join(out)


for text in ("abracadabra", "aaaa", "the quick brown fox jumps over the lazy dog" * 3, "mississippi river"):
    counts = Counter(text)
    tree = build(counts)
    codes = dict(tree.codes())
    bits = "".join(codes[ch] for ch in text)
    data = pack(bits)
    print(len(text), len(data), f"{len(bits) / len(text):.3f}", decode(tree, unpack(data)) == text, data[:8].hex())
    for symbol in sorted(codes, key=lambda s: (len(codes[s]), codes[s]))[:6]:
        print("  ", repr(symbol), counts[symbol], codes[symbol])
    print("   prefix free", not any(a != b and b.startswith(a) for a in codes.values() for b in codes.values()))
