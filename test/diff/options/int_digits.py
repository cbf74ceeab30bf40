# Run with -X int_max_str_digits=1000.
import sys

print(sys.get_int_max_str_digits(), sys.flags.int_max_str_digits)
for n in (999, 1000, 1001):
    try:
        print(n, len(str(10 ** (n - 1))), int("9" * n) % 97)
    except ValueError as e:
        print(n, e)
try:
    compile("x = " + "1" * 1500, "c", "exec")
except SyntaxError as e:
    print(e.msg)
print(len(hex(16**1200)), int("f" * 1200, 16).bit_length(), f"{2**3000:x}"[:10])
sys.set_int_max_str_digits(2000)
print(len(str(10**1500)))
