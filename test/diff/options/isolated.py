# Run with -I: no script folder on the path, no environment variables, flags.
import sys

f = sys.flags
print(f.isolated, f.ignore_environment, f.no_user_site, f.safe_path, f.hash_randomization)
try:
    import _option_helper
    print("found")
except ModuleNotFoundError as e:
    print(e)
import os.path
print(os.path.dirname(os.path.abspath(__file__)) in sys.path)
