# Graphs: breadth first, depth first, shortest paths, topological order, components, spanning tree, a maze.
import heapq
from collections import defaultdict, deque


class Graph:
    def __init__(self, directed=False):
        self.directed = directed
        self.edges = defaultdict(dict)

    def add(self, a, b, weight=1):
        self.edges[a][b] = weight
        if not self.directed:
            self.edges[b][a] = weight
        else:
            self.edges[b]
        return self

    def bfs(self, start):
        seen, queue, order = {start}, deque([start]), []
        while queue:
            node = queue.popleft()
            order.append(node)
            for nxt in self.edges[node]:
                if nxt not in seen:
                    seen.add(nxt)
                    queue.append(nxt)
        return order

    def dfs(self, start, seen=None):
        seen = set() if seen is None else seen
        seen.add(start)
        yield start
        for nxt in self.edges[start]:
            if nxt not in seen:
                yield from self.dfs(nxt, seen)

    def dijkstra(self, start):
        best, heap, came = {start: 0}, [(0, start)], {}
        while heap:
            dist, node = heapq.heappop(heap)
            if dist > best[node]:
                continue
            for nxt, weight in self.edges[node].items():
                new = dist + weight
                if new < best.get(nxt, float("inf")):
                    best[nxt], came[nxt] = new, node
                    heapq.heappush(heap, (new, nxt))
        return best, came

    def path(self, start, goal):
        best, came = self.dijkstra(start)
        if goal not in best:
            raise LookupError(f"no way from {start} to {goal}")
        way = [goal]
        while way[-1] != start:
            way.append(came[way[-1]])
        return way[::-1], best[goal]

    def topological(self):
        indegree = {n: 0 for n in self.edges}
        for targets in self.edges.values():
            for t in targets:
                indegree[t] += 1
        ready = sorted((n for n, d in indegree.items() if d == 0), reverse=True)
        order = []
        while ready:
            node = ready.pop()
            order.append(node)
            for t in sorted(self.edges[node], reverse=True):
                indegree[t] -= 1
                if not indegree[t]:
                    ready.append(t)
        if len(order) < len(indegree):
            raise ValueError("cycle among " + ", ".join(sorted(set(indegree) - set(order))))
        return order

    def components(self):
        left = dict.fromkeys(self.edges)
        while left:
            start = next(iter(left))
            group = sorted(self.dfs(start))
            for n in group:
                del left[n]
            yield group

    def spanning_tree(self):
        parent = {n: n for n in self.edges}

        def find(n):
            while parent[n] != n:
                parent[n] = parent[parent[n]]
                n = parent[n]
            return n

        chosen, total = [], 0
        for w, a, b in sorted((w, a, b) for a, t in self.edges.items() for b, w in t.items() if a < b):
            ra, rb = find(a), find(b)
            if ra != rb:
                parent[ra] = rb
                chosen.append(a + b)
                total += w
        return chosen, total


g = Graph()
for edge in "AB4 AC2 BC1 BD5 CD8 CE10 DE2 DF6 EF3 GH1".split():
    g.add(edge[0], edge[1], int(edge[2:]))
print(g.bfs("A"), list(g.dfs("A")), g.dijkstra("A")[0], g.path("A", "F"), list(g.components()), g.spanning_tree())
try:
    g.path("A", "G")
except LookupError as e:
    print(e)
tasks = Graph(directed=True)
for a, b in [("wake", "dress"), ("dress", "leave"), ("wake", "eat"), ("eat", "leave"), ("pack", "leave")]:
    tasks.add(a, b)
print(tasks.topological())
tasks.add("leave", "wake")
try:
    tasks.topological()
except ValueError as e:
    print(e)
maze = """\
#########
#S..#...#
#.#.#.#.#
#.#...#.#
#.#####.#
#......G#
#########""".splitlines()


def solve(maze):
    find = lambda ch: next((y, x) for y, row in enumerate(maze) for x, c in enumerate(row) if c == ch)
    start, goal = find("S"), find("G")
    heap, came, cost = [(0, 0, start)], {start: None}, {start: 0}
    tick = 0
    while heap:
        _, _, here = heapq.heappop(heap)
        if here == goal:
            break
        for dy, dx in ((0, 1), (1, 0), (0, -1), (-1, 0)):
            nxt = here[0] + dy, here[1] + dx
            if maze[nxt[0]][nxt[1]] == "#" or cost.get(nxt, 10**9) <= cost[here] + 1:
                continue
            cost[nxt], came[nxt] = cost[here] + 1, here
            tick += 1
            heapq.heappush(heap, (cost[nxt] + abs(goal[0] - nxt[0]) + abs(goal[1] - nxt[1]), tick, nxt))
    way = set()
    while here:
        way.add(here)
        here = came[here]
    return ["".join("*" if (y, x) in way and c == "." else c for x, c in enumerate(row)) for y, row in enumerate(maze)], cost[goal]


rows, steps = solve(maze)
print("\n".join(rows), steps, sep="\n")
grid = Graph()
n = 12
for y in range(n):
    for x in range(n):
        if x + 1 < n:
            grid.add((y, x), (y, x + 1), (x * y) % 5 + 1)
        if y + 1 < n:
            grid.add((y, x), (y + 1, x), (x + y) % 3 + 1)
way, cost = grid.path((0, 0), (n - 1, n - 1))
print(len(way), cost, way[:4], len(grid.bfs((0, 0))), sum(1 for _ in grid.components()))
