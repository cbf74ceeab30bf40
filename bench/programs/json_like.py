# A recursive-descent parser of JSON-like text in pure Python, and a writer back to text.
import sys
import time


class Parser:
    def __init__(self, text):
        self.text = text
        self.pos = 0

    def skip(self):
        text = self.text
        pos = self.pos
        while pos < len(text) and text[pos] in " \n\t":
            pos += 1
        self.pos = pos

    def value(self):
        self.skip()
        ch = self.text[self.pos]
        if ch == "{":
            return self.object()
        if ch == "[":
            return self.array()
        if ch == '"':
            return self.string()
        for word, value in (("true", True), ("false", False), ("null", None)):
            if self.text.startswith(word, self.pos):
                self.pos += len(word)
                return value
        return self.number()

    def object(self):
        out = {}
        self.pos += 1
        self.skip()
        while self.text[self.pos] != "}":
            self.skip()
            key = self.string()
            self.skip()
            assert self.text[self.pos] == ":"
            self.pos += 1
            out[key] = self.value()
            self.skip()
            if self.text[self.pos] == ",":
                self.pos += 1
        self.pos += 1
        return out

    def array(self):
        out = []
        self.pos += 1
        self.skip()
        while self.text[self.pos] != "]":
            out.append(self.value())
            self.skip()
            if self.text[self.pos] == ",":
                self.pos += 1
        self.pos += 1
        return out

    def string(self):
        start = self.pos + 1
        end = self.text.index('"', start)
        self.pos = end + 1
        return self.text[start:end]

    def number(self):
        start = self.pos
        while self.pos < len(self.text) and self.text[self.pos] in "0123456789.-e":
            self.pos += 1
        part = self.text[start : self.pos]
        return float(part) if "." in part else int(part)


def write(value):
    if isinstance(value, dict):
        return "{" + ",".join('"%s":%s' % (k, write(v)) for k, v in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ",".join(write(v) for v in value) + "]"
    if isinstance(value, bool):
        return "true" if value else "false"
    if value is None:
        return "null"
    if isinstance(value, str):
        return '"' + value + '"'
    return repr(value)


def work(n):
    records = [{"id": i, "name": "item %d" % i, "tags": ["a", "b%d" % (i % 7)], "price": i * 1.25, "ok": i % 2 == 0, "next": None} for i in range(60)]
    text = write(records)
    for _ in range(n):
        parsed = Parser(text).value()
        again = write(parsed)
    return again == text, len(text), parsed[9]["price"]


work(1)
turns = []
for _ in range(3):
    began = time.perf_counter()
    result = work(450)
    turns.append(time.perf_counter() - began)
print(result)
print(f"TIME {turns[0]:.6f} {min(turns):.6f}", file=sys.stderr)
