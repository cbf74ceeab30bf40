# sys.exit with a number: the status of the process.
import sys

try:
    sys.exit(5)
except SystemExit as e:
    print("caught", e.code)
try:
    raise SystemExit
except SystemExit as e:
    print("caught", e.code)
for value in (None, 0, True, "text", 2.5, (1, 2)):
    try:
        sys.exit(value)
    except SystemExit as e:
        print(repr(e.code), e.args)
print("leaving")
sys.exit(42)
