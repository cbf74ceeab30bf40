# io: files in a temporary folder, modes, seeking, lines, encodings, StringIO, BytesIO, errors.
import io
import os
import tempfile

folder = tempfile.mkdtemp()
path = os.path.join(folder, "f.txt")
with open(path, "w") as f:
    print(f.write("one\ntwo\n"), f.tell(), f.mode, f.closed, f.writable(), f.readable(), f.seekable(), os.path.basename(f.name))
    f.writelines(["three\n", "four"])
    print("five", file=f)
print(f.closed, os.path.getsize(path))
with open(path) as f:
    print(repr(f.read(5)), f.readline(), f.readlines(), repr(f.read()), f.seek(0), next(f), f.encoding.lower(), f.newlines)
with open(path) as f:
    for i, line in enumerate(f, 1):
        print(i, repr(line))
with open(path, "a") as f:
    f.write("appended")
with open(path, "r+") as f:
    f.seek(4)
    f.write("TWO")
    f.seek(0)
    print(f.read().splitlines())
with open(path, "rb") as f:
    print(f.read(3), f.seek(-3, 2), f.read(), f.seek(2), f.peek(2)[:2], f.tell(), type(f).__name__, f.raw.__class__.__name__)
    b = bytearray(4)
    f.seek(0)
    print(f.readinto(b), b)
try:
    open(path, "x")
except FileExistsError as e:
    print(type(e).__name__, e.errno, e.strerror)
for mode in ("q", "rw", "r+w", "", "rbt", "w+b", "U"):
    try:
        open(path, mode).close()
        print(mode, "fine")
    except ValueError as e:
        print(mode, e)
for bad in (lambda: open(os.path.join(folder, "none")), lambda: open(folder), lambda: open(path, "rb", encoding="utf-8"), lambda: open(path).write("x"), lambda: open(path, "w").read(), lambda: f.read(), lambda: open(path, encoding="nope"), lambda: open(path, "wb").write("x"), lambda: open(path, "w").write(b"x"), lambda: open(path, buffering=0), lambda: open(path, newline="x"), lambda: open(-5)):
    try:
        bad()
    except (OSError, ValueError, TypeError, LookupError) as e:
        print(type(e).__name__, str(e).replace(folder, "FOLDER"))
with open(path, "w", encoding="utf-16", newline="\r\n") as f:
    f.write("é\n\u0416\n")
print(open(path, "rb").read())
print(open(path, encoding="utf-16", newline="").read().encode("unicode_escape"), open(path, encoding="latin-1", errors="replace").read(2).encode("latin-1"))
with open(path, "wb") as f:
    f.write(b"bad \xff bytes\r\nline\rend\n")
try:
    open(path, encoding="utf-8").read()
except UnicodeDecodeError as e:
    print(e)
print(ascii(open(path, encoding="utf-8", errors="replace").read()), open(path, encoding="latin-1", newline="").read().encode("latin-1"), open(path, encoding="latin-1", newline="\n").readlines()[0].encode("latin-1"))
s = io.StringIO("first\nsecond\nthird")
print(s.readline(), s.read(3), s.tell(), s.seek(0), list(s), s.getvalue(), s.write("!"), s.getvalue()[-3:], s.truncate(5), s.getvalue(), s.seek(0, 2), s.closed)
s = io.StringIO()
s.write("ab"); s.seek(5); s.write("x")
print(repr(s.getvalue()), io.StringIO("a\r\nb", newline=None).read().encode(), io.StringIO("x").isatty())
b = io.BytesIO(b"hello")
print(b.read(2), b.getvalue(), b.seek(0, 2), b.write(b" world"), b.getbuffer()[:5].tobytes(), b.seek(0), b.readline(), b.read1(), b.readlines(), io.BytesIO(b"a\nb").readlines(), b.tell(), b.truncate(3), b.getvalue())
b.close()
for bad in (lambda: b.read(), lambda: io.StringIO(5), lambda: io.BytesIO("x"), lambda: io.StringIO("a").write(b"x"), lambda: io.BytesIO().write("x"), lambda: io.StringIO().seek(1, 1), lambda: io.BytesIO().seek(-1), lambda: io.StringIO("x").fileno(), lambda: io.BytesIO().read("x")):
    try:
        print(bad())
    except (ValueError, TypeError, OSError) as e:
        print(type(e).__name__, e)
t = io.TextIOWrapper(io.BytesIO(), encoding="utf-8", newline="\n")
t.write("é"); t.flush()
print(t.buffer.getvalue(), t.encoding, t.errors, t.detach().getvalue())
print(io.DEFAULT_BUFFER_SIZE, io.SEEK_END, isinstance(s, io.TextIOBase), isinstance(b, io.IOBase), issubclass(io.UnsupportedOperation, (OSError, ValueError)))
os.remove(path)
print(os.listdir(folder))
os.rmdir(folder)
print(os.path.exists(folder))
