import sys
print("start")
print(sys.stdout, sys.stdin, sys.stderr)
for f in (sys.stdin, sys.stdout, sys.stderr):
    print(f.name, f.mode, f.encoding, f.errors, f.line_buffering, f.write_through, f.fileno(), f.isatty(), f.closed, f.newlines)
    print(f.buffer, getattr(f.buffer, 'raw', None), f.readable(), f.writable(), f.seekable())
sys.stdout.write("a\n")
sys.stdout.buffer.write(b"bytes first\n")
sys.stdout.flush()
sys.stdout.reconfigure(encoding="latin-1", errors="replace")
print("é€", sys.stdout.encoding)
sys.stdout.reconfigure(encoding="utf-8")
print("é€", sys.stdout.encoding, "\ud800".encode("utf-8","surrogatepass"))
print(sys.stdin.readline())
print(repr(input("prompt>")))
print(repr(sys.stdin.read()))
try: input()
except EOFError as e: print("EOF", e)
s = "x" * 10 + str(range(3))
print(s[0]); 
r = sys.getrefcount(s); print(s); print(sys.getrefcount(s) - r)
print("err", file=sys.stderr)
from io import StringIO
import contextlib
with contextlib.redirect_stdout(StringIO()) as o:
    print("captured")
print(o.getvalue())
print(sys.__stdout__ is sys.stdout)
