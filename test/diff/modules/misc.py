# Short uses of more modules that scripts import: pprint, csv, base64, hashlib, zlib's checks, argparse, logging, configparser, uuid.
import argparse
import base64
import binascii
import configparser
import csv
import io
import pprint
import reprlib
import shlex
import string
import timeit

pprint.pprint({"key%d" % i: list(range(i * 3)) for i in range(6)}, width=40)
print(pprint.pformat([{"a": 1}] * 2), pprint.pformat("x" * 100, width=40), pprint.isreadable([1]), reprlib.repr(list(range(100))), reprlib.repr("x" * 100))
rows = list(csv.reader(io.StringIO('a,b,"c, d"\n1,"say ""hi""",\n')))
print(rows)
out = io.StringIO()
w = csv.writer(out)
w.writerow(["x", 1, None, 'q"', "a,b", "line\nbreak"])
w.writerows([[1, 2], [3, 4]])
dw = csv.DictWriter(out, ["k", "v"])
dw.writeheader()
dw.writerow({"k": 1, "v": 2})
print(repr(out.getvalue()), list(csv.DictReader(io.StringIO("h1,h2\n1,2\n3,4\n"))), list(csv.reader(["a;b"], delimiter=";")))
print(base64.b64encode(b"hello world"), base64.b64decode("aGVsbG8="), base64.b32encode(b"hi"), base64.b16encode(b"\xff"), base64.urlsafe_b64encode(b"\xfb\xff"), binascii.hexlify(b"ab"), binascii.unhexlify("6162"), binascii.crc32(b"hello"))
try:
    base64.b64decode("abc", validate=True)
except binascii.Error as e:
    print(e)
print(shlex.split("a 'b c' \"d e\" f\\ g"), shlex.quote("it's"), shlex.join(["a b", "c"]))
p = argparse.ArgumentParser(prog="tool", description="A tool.")
p.add_argument("file")
p.add_argument("-n", "--number", type=int, default=1, help="how many")
p.add_argument("-v", "--verbose", action="store_true")
p.add_argument("--mode", choices=["a", "b"])
p.add_argument("rest", nargs="*")
print(p.parse_args(["f.txt", "x", "y", "-n", "5", "-v"]))
print(p.format_usage(), p.format_help(), sep="")
try:
    p.parse_args(["f", "-n", "x"])
except SystemExit as e:
    print("exit", e.code)
c = configparser.ConfigParser()
c.read_string("[main]\nname = value\nnum = 5\nflag = yes\n[other]\npath = %(base)s/x\nbase = /b\n")
print(c.sections(), c["main"]["name"], c.getint("main", "num"), c.getboolean("main", "flag"), c["other"]["path"], c.has_option("main", "zz"), c.get("main", "zz", fallback="fb"))
try:
    c["nope"]
except KeyError as e:
    print("KeyError", e)
import logging
log = logging.getLogger("test")
stream = io.StringIO()
h = logging.StreamHandler(stream)
h.setFormatter(logging.Formatter("%(levelname)s:%(name)s:%(message)s"))
log.addHandler(h)
log.setLevel(logging.INFO)
log.propagate = False
log.debug("hidden")
log.info("shown %d", 5)
log.warning("careful %s", "x")
try:
    1 / 0
except ZeroDivisionError:
    log.error("failed")
print(stream.getvalue(), logging.getLevelName(30), log.isEnabledFor(10), log.name)
import hashlib
print(hashlib.md5(b"abc").hexdigest(), hashlib.sha256(b"abc").hexdigest()[:20], hashlib.sha1(b"").hexdigest())
import contextvars
v = contextvars.ContextVar("v", default=0)
tok = v.set(5)
ctx = contextvars.copy_context()
v.set(6)
print(v.get(), ctx[v], ctx.run(lambda: v.get()))
v.reset(tok)
print(v.get())
import time
print(isinstance(time.time(), float), time.strftime("%Y", time.gmtime(0)), time.gmtime(0)[:6], time.perf_counter() <= time.perf_counter(), time.monotonic_ns() > 0)
import uuid
print(uuid.UUID("12345678123456781234567812345678"), uuid.uuid5(uuid.NAMESPACE_DNS, "python.org"), uuid.UUID(int=5).hex)
import difflib
print(difflib.get_close_matches("appel", ["ape", "apple", "peach"]), "\n".join(difflib.unified_diff(["a", "b"], ["a", "c"], lineterm="")), round(difflib.SequenceMatcher(None, "abcd", "bcde").ratio(), 3))
