# A sudoku solver by constraint propagation and search over sets of candidates.
PUZZLE = "53..7.... 6..195... .98....6. 8...6...3 4..8.3..1 7...2...6 .6....28. ...419..5 ....8..79".split()
CELLS = [(r, c) for r in range(9) for c in range(9)]
PEERS = {
    (r, c): {(r, k) for k in range(9)} | {(k, c) for k in range(9)} | {(r // 3 * 3 + i, c // 3 * 3 + j) for i in range(3) for j in range(3)} - {(r, c)}
    for r, c in CELLS
}
for cell, peers in PEERS.items():
    peers.discard(cell)
steps = guesses = 0


def assign(options, cell, digit):
    global steps
    todo = [(cell, digit)]
    while todo:
        at, d = todo.pop()
        steps += 1
        if d not in options[at]:
            return False
        options[at] = {d}
        for peer in PEERS[at]:
            left = options[peer]
            if d in left:
                left = options[peer] = left - {d}
                if not left:
                    return False
                if len(left) == 1:
                    todo.append((peer, *left))
    return True


def solve(options):
    global guesses
    open_cells = [cell for cell in CELLS if len(options[cell]) > 1]
    if not open_cells:
        return options
    cell = min(open_cells, key=lambda c: (len(options[c]), c))
    for d in sorted(options[cell]):
        guesses += 1
        attempt = dict(options)
        if assign(attempt, cell, d) and (found := solve(attempt)):
            return found
    return None


def parse(rows):
    options = {cell: set(range(1, 10)) for cell in CELLS}
    for r, row in enumerate(rows):
        for c, ch in enumerate(row):
            if ch.isdigit() and not assign(options, (r, c), int(ch)):
                raise ValueError(f"contradiction at {r},{c}")
    return options


def show(options):
    for r in range(9):
        print(" ".join("".join(map(str, options[r, c])) if len(options[r, c]) == 1 else "." for c in range(9)))


solution = solve(parse(PUZZLE))
show(solution)
print(all(len(set().union(*(solution[r, k] for k in range(9)))) == 9 for r in range(9)))
try:
    parse(["55......."] + ["........."] * 8)
except ValueError as e:
    print(e)
empty = solve(parse(["........."] * 9))
show(empty)
