# A doubly linked list: insertion, search, removal, reversal.
import sys
import time


class Node:
    def __init__(self, value):
        self.value = value
        self.prev = None
        self.next = None


class Chain:
    def __init__(self):
        self.head = None
        self.tail = None
        self.size = 0

    def push(self, value):
        node = Node(value)
        if self.tail is None:
            self.head = self.tail = node
        else:
            node.prev = self.tail
            self.tail.next = node
            self.tail = node
        self.size += 1

    def remove(self, node):
        if node.prev is None:
            self.head = node.next
        else:
            node.prev.next = node.next
        if node.next is None:
            self.tail = node.prev
        else:
            node.next.prev = node.prev
        self.size -= 1

    def find(self, value):
        node = self.head
        while node is not None and node.value != value:
            node = node.next
        return node

    def reverse(self):
        node = self.head
        while node is not None:
            node.prev, node.next = node.next, node.prev
            node = node.prev
        self.head, self.tail = self.tail, self.head

    def __iter__(self):
        node = self.head
        while node is not None:
            yield node.value
            node = node.next


def work(n):
    total = 0
    for r in range(n):
        chain = Chain()
        for i in range(200):
            chain.push(i)
        for i in range(0, 200, 20):
            chain.remove(chain.find(i))
        chain.reverse()
        total += sum(chain) + chain.size + chain.head.value
        while chain.head is not None:
            chain.remove(chain.head)
    return total


work(10)
turns = []
for _ in range(3):
    began = time.perf_counter()
    result = work(4500)
    turns.append(time.perf_counter() - began)
print(result)
print(f"TIME {turns[0]:.6f} {min(turns):.6f}", file=sys.stderr)
