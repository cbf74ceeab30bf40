# Conway's life on an endless board of sets, with patterns, periods, gliders, and a parser of RLE.
import re
from itertools import product


class Life:
    NEIGHBOURS = [d for d in product((-1, 0, 1), repeat=2) if d != (0, 0)]

    def __init__(self, cells=()):
        self.cells = frozenset(cells)
        self.generation = 0

    @classmethod
    def from_text(cls, text):
        return cls((y, x) for y, row in enumerate(text.strip("\n").splitlines()) for x, c in enumerate(row) if c == "#")

    @classmethod
    def from_rle(cls, rle):
        y = x = 0
        cells = []
        for n, tag in re.findall(r"(\d*)([bo$!])", rle):
            n = int(n or 1)
            match tag:
                case "b":
                    x += n
                case "o":
                    cells += [(y, x + i) for i in range(n)]
                    x += n
                case "$":
                    y, x = y + n, 0
                case "!":
                    break
        return cls(cells)

    def step(self):
        counts = {}
        for y, x in self.cells:
            for dy, dx in self.NEIGHBOURS:
                key = y + dy, x + dx
                counts[key] = counts.get(key, 0) + 1
        nxt = Life(c for c, n in counts.items() if n == 3 or (n == 2 and c in self.cells))
        nxt.generation = self.generation + 1
        return nxt

    def __iter__(self):
        board = self
        while True:
            yield board
            board = board.step()

    def __len__(self):
        return len(self.cells)

    def __bool__(self):
        return bool(self.cells)

    def __eq__(self, other):
        return self.cells == other.cells

    def __hash__(self):
        return hash(self.cells)

    def __or__(self, other):
        return Life(self.cells | other.cells)

    def shifted(self, dy, dx):
        return Life((y + dy, x + dx) for y, x in self.cells)

    @property
    def box(self):
        ys, xs = zip(*self.cells)
        return min(ys), min(xs), max(ys), max(xs)

    def normal(self):
        y, x, _, _ = self.box
        return self.shifted(-y, -x)

    def __str__(self):
        if not self:
            return "(empty)"
        top, left, bottom, right = self.box
        return "\n".join("".join(".#"[(y, x) in self.cells] for x in range(left, right + 1)) for y in range(top, bottom + 1))

    def period(self, limit=50):
        seen = {}
        for board in self:
            if not board:
                return board.generation, "dies"
            key = board.normal().cells
            if key in seen:
                n = board.generation - seen[key][0]
                y, x = board.box[0] - seen[key][1][0], board.box[1] - seen[key][1][1]
                kind = "moves by (%d, %d)" % (y, x) if (y, x) != (0, 0) else "still" if n == 1 else "oscillates"
                return n, kind
            seen[key] = board.generation, board.box
            if board.generation >= limit:
                return None, f"{len(board)} cells after {limit}"


blinker = Life.from_text("###")
patterns = {
    "block": Life.from_text("##\n##"),
    "blinker": blinker,
    "toad": Life.from_text(".###\n###."),
    "glider": Life.from_text(".#.\n..#\n###"),
    "lwss": Life.from_rle("bo2bo$o4b$o3bo$4o!"),
    "r-pentomino": Life.from_rle("b2o$2o$bo!"),
    "diehard piece": Life.from_text("#.#"),
    "beehive": Life.from_rle("b2o$o2bo$b2o!"),
    "pulsar": Life.from_rle("2b3o3b3o2b2$o4bobo4bo$o4bobo4bo$o4bobo4bo$2b3o3b3o2b2$2b3o3b3o2b$o4bobo4bo$o4bobo4bo$o4bobo4bo2$2b3o3b3o!"),
}
for name, board in patterns.items():
    print(f"{name:<14}{len(board):>4} cells, {board.period()}")
it = iter(patterns["glider"])
for _ in range(5):
    board = next(it)
    print(board.generation, board.box)
    print(board)
gun = patterns["glider"] | patterns["block"].shifted(8, 8)
sizes = []
for board in gun:
    sizes.append(len(board))
    if board.generation == 40:
        break
print(sizes)
print(board if len(board) < 12 else len(board))
r = patterns["r-pentomino"]
for board in r:
    if board.generation % 25 == 0:
        print(board.generation, len(board), board.box)
    if board.generation == 100:
        break
print(blinker == blinker.step().step(), {blinker: 1}[blinker.step().step()], str(Life()), bool(Life([(0, 0)]).step()), patterns["glider"].normal() == patterns["glider"])
