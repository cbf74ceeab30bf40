print("b begins")
import _cycle_a

print("in b, a has", sorted(k for k in vars(_cycle_a) if not k.startswith("__")))
try:
    from _cycle_a import name
except ImportError as e:
    print(str(e).split(" (")[0])
other = "b"
