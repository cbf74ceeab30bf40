print("a begins")
import _cycle_b

name = "a"
print("a ends, b has", sorted(k for k in vars(_cycle_b) if not k.startswith("__")))
