# Run with -W error: warnings are exceptions; filters can be changed back.
import sys
import warnings

print(sys.warnoptions, sys.flags.dev_mode)
for category in (UserWarning, DeprecationWarning, RuntimeWarning, ResourceWarning):
    try:
        warnings.warn("text", category)
        print("not raised")
    except Warning as e:
        print(type(e).__name__, e)
try:
    exec("x = 1\nx is 5")
except SyntaxError as e:
    print(e.msg)
try:
    eval("'\\d'")
except SyntaxError as e:
    print(e.msg, e.lineno)
with warnings.catch_warnings():
    warnings.simplefilter("ignore")
    warnings.warn("ignored")
    print("ignored")
try:
    warnings.warn("again")
except UserWarning as e:
    print("raised", e)
warnings.resetwarnings()
with warnings.catch_warnings(record=True) as caught:
    warnings.simplefilter("always")
    for _ in range(2):
        warnings.warn("recorded", stacklevel=1)
    print(len(caught), caught[0].lineno == caught[1].lineno, str(caught[0].message))
