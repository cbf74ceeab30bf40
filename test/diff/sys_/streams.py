# Standard streams: input, reading lines, print's arguments, redirection, buffering order, encoding errors.
import io
import sys

print(input("prompt: "))
print(input())
print(repr(sys.stdin.readline()))
for i, line in enumerate(sys.stdin):
    print(i, line.rstrip())
    if i == 1:
        break
print(sys.stdin.readlines())
try:
    input("at end> ")
except EOFError as e:
    print(type(e).__name__, e)
saved = sys.stdout
sys.stdout = io.StringIO()
print("captured", 1, 2)
text = sys.stdout.getvalue()
sys.stdout = saved
print(repr(text))


class Writer:
    def __init__(self):
        self.parts = []

    def write(self, s):
        self.parts.append(s)


w = Writer()
print("a", "b", sep="|", end="$", file=w)
print(w.parts)
try:
    print("x", file=w, flush=True)
except AttributeError as e:
    print(e)
for bad in (lambda: print("x", file=5), lambda: print("x", sep=1), lambda: print("x", end=1), lambda: print("x", foo=1), lambda: sys.stdout.write(5), lambda: sys.stdout.write(b"x"), lambda: input(1, 2)):
    try:
        bad()
    except (TypeError, AttributeError) as e:
        print(type(e).__name__, e)
print(None, True, 1.5, [], sep="")
print("é", "\u0416", "\U0001f600")
try:
    print("\ud800")
except UnicodeEncodeError as e:
    print(e)
sys.stdout.buffer.write(b"raw bytes\n")
sys.stdout.buffer.flush()
sys.stdout.writelines(["one\n", "two\n"])
sys.stdout.flush()
sys.stderr.write("err\n")
print(sys.stdout.line_buffering, sys.stderr.line_buffering, sys.stdout.newlines, sys.stdout.closed)
sys.stdout = None
print("nowhere")
sys.stdout = saved
sys.stdout.reconfigure(errors="replace")
print("\ud800 replaced")


class P:
    def __str__(self):
        return "P as str"


print(P(), [P].__len__(), file=sys.stdout)
print("end", end="")
