# sys._debugmallocstats by deltas: blocks in use and pools per size class, arenas, from its own text on stderr.
import gc
import os
import re
import sys
import tempfile

gc.disable()


def stats():
    """The table of size classes: {size: (pools, blocks in use, avail)} and the figures below it, read back from a file."""
    with tempfile.TemporaryFile() as file:
        saved = os.dup(2)
        os.dup2(file.fileno(), 2)
        try:
            sys._debugmallocstats()
        finally:
            os.dup2(saved, 2)
            os.close(saved)
        file.seek(0)
        text = file.read().decode()
    table = {}
    for match in re.finditer(r"^ *(\d+) +(\d+) +(\d+) +(\d+) +(\d+)$", text, re.M):
        cls, size, pools, used, avail = map(int, match.groups())
        table[size] = pools, used, avail
    return table, text


first, text = stats()
first, text = stats()
print("sizes", sorted(first)[:5], sorted(first)[-1], all(size % 16 == 0 for size in first))
for needle in ("Small block threshold = 512, in 32 size classes.", "class   size   num pools   blocks in use  avail blocks",
               "# arenas allocated total", "# arenas reclaimed", "# arenas highwater mark", "# arenas allocated current",
               "# bytes in allocated blocks", "# bytes in available blocks", "unused pools *", "# bytes lost to pool headers",
               "# bytes lost to quantization", "# bytes lost to arena alignment", "Total", "free PyTupleObjects", "free PyListObjects", "free PyDictObjects", "free PyFloatObjects"):
    print(needle, needle in text)
used = lambda table, size: table.get(size, (0, 0, 0))[1]
pools = lambda table, size: table.get(size, (0, 0, 0))[0]

for payload, count in ((400 - 33, 100), (512 - 33, 200), (480 - 33, 300)):
    size = payload + 33
    before, _ = stats()
    held = [bytes(payload) for _ in range(count)]
    after, _ = stats()
    print("class", size, "blocks", used(after, size) - used(before, size), "pools", 0 <= pools(after, size) - pools(before, size) <= count // (16336 // size) + 1)
    total = pools(after, size) * ((16384 - 48) // size)
    print("  blocks used and available fill the pools", used(after, size) + after[size][2] == total)
    held = None
    last, _ = stats()
    print("  given back", used(last, size) - used(before, size))
figures = dict(re.findall(r"^# ?([a-z ]+?) += +([\d,]+)$", text, re.M))
print(sorted(figures)[:3])
table, text = stats()
in_blocks = sum(size * used for size, (p, used, a) in table.items())
print("bytes in allocated blocks", int(re.search(r"# bytes in allocated blocks += +([\d,]+)", text)[1].replace(",", "")) == in_blocks)
avail = sum(size * a for size, (p, u, a) in table.items())
print("bytes in available blocks", int(re.search(r"# bytes in available blocks += +([\d,]+)", text)[1].replace(",", "")) == avail)
arenas = re.search(r"(\d+) arenas \* 1048576 bytes/arena += +([\d,]+)", text)
print("arenas", int(arenas[1]) * 1048576 == int(arenas[2].replace(",", "")))
headers = re.search(r"(\d+) used pools \* 48|# bytes lost to pool headers += +([\d,]+)", text)
print("pool headers", headers is not None and int(headers[2].replace(",", "")) == 48 * sum(p for p, u, a in table.values()))
