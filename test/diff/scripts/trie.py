# A trie of words: insertion, completion, deletion, wildcard search, longest common prefix; a spelling corrector.
class Trie:
    __slots__ = ("children", "word")

    def __init__(self, words=()):
        self.children, self.word = {}, None
        for w in words:
            self.add(w)

    def add(self, word):
        node = self
        for ch in word:
            node = node.children.setdefault(ch, Trie())
        node.word = word

    def find(self, prefix):
        node = self
        for ch in prefix:
            node = node.children.get(ch)
            if node is None:
                return None
        return node

    def __contains__(self, word):
        node = self.find(word)
        return node is not None and node.word is not None

    def __iter__(self):
        if self.word is not None:
            yield self.word
        for ch in sorted(self.children):
            yield from self.children[ch]

    def complete(self, prefix, limit=5):
        node = self.find(prefix)
        return [w for w, _ in zip(node, range(limit))] if node else []

    def remove(self, word, i=0):
        if i == len(word):
            if self.word is None:
                raise KeyError(word)
            self.word = None
        else:
            child = self.children.get(word[i])
            if child is None:
                raise KeyError(word)
            child.remove(word, i + 1)
            if child.word is None and not child.children:
                del self.children[word[i]]

    def match(self, pattern):
        if not pattern:
            return [self.word] if self.word is not None else []
        head, rest = pattern[0], pattern[1:]
        if head == "*":
            out = self.match(rest)
            for ch in sorted(self.children):
                out += self.children[ch].match(pattern)
            return list(dict.fromkeys(out))
        keys = sorted(self.children) if head == "?" else [head] if head in self.children else []
        return [w for k in keys for w in self.children[k].match(rest)]

    def near(self, word, distance):
        first, found = list(range(len(word) + 1)), []

        def walk(node, ch, row):
            new = [row[0] + 1]
            for i, c in enumerate(word, 1):
                new.append(min(new[-1] + 1, row[i] + 1, row[i - 1] + (c != ch)))
            if node.word is not None and new[-1] <= distance:
                found.append((new[-1], node.word))
            if min(new) <= distance:
                for k in node.children:
                    walk(node.children[k], k, new)

        for k in self.children:
            walk(self.children[k], k, first)
        return sorted(found)

    def prefix(self):
        node, out = self, []
        while len(node.children) == 1 and node.word is None:
            (ch, node), = node.children.items()
            out.append(ch)
        return "".join(out)

    def count(self):
        return 1 + sum(c.count() for c in self.children.values())


words = "car card care careful cart cat catalog dog do door dot dote zebra zoo carton".split()
t = Trie(words)
print(list(t), len(list(t)), t.count(), "care" in t, "ca" in t, "" in t)
print(t.complete("car"), t.complete("do", 2), t.complete("x"), Trie(["inter", "internet", "interval"]).prefix())
print(t.match("ca?"), t.match("*t"), t.match("d*e"), t.match("?oo"), t.match("c*r*"), t.near("cat", 1), t.near("dote", 1), t.near("zebro", 2))
for w in ("care", "careful", "zoo", "nope", "ca"):
    try:
        t.remove(w)
        print("removed", w, t.count())
    except KeyError as e:
        print("no", e)
print(list(t))
