# Characters that are no operators of Python are given as such; signatures of natives are read so.
import tokenize,io
for s in (b"($m, a?, `b`, c!, !d, a!=b, $)", b"a $ b", b"$", b"x = 1 ? 2\n", b"!\n", b"f'{a!r}'", b"a!\n"):
    try: print([(tokenize.tok_name[t.type],tokenize.tok_name[t.exact_type],t.string,t.start,t.end) for t in tokenize.tokenize(io.BytesIO(s).readline)])
    except Exception as e: print(type(e).__name__, e)
import inspect

for f in (len, print, sorted, str.join, [].append, dict.get, sum, isinstance):
    print(f.__name__, inspect.signature(f))
