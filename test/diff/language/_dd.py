pass
...
None
1 + 1
'expression statement'
[print('side effect') for _ in range(2)]
(lambda: print('called'))()
x = y = z = []
x.append(1)
print(x is y is z, z)
i, j = (0, [10, 20])
i, j[i] = (1, 99)
print(i, j)
k = [1, 2, 3]
k[0], k[k[0]] = (k[1], k[2])
print(k)
if x:
    print('one line if')
else:
    print('no')
while x:
    x.pop()
for q in 'ab':
    print(q, end=' ')
else:
    print('for else')
try:
    raise ValueError('one line')
except ValueError as e:
    print(e)
finally:
    print('finally')
with open(__file__) as f:
    print(f.readline()[:7])

def one():
    return 1

class One:
    v = 1
print(one(), One.v, (lambda: 0)(), [one][0]())
long = 1 + 2 + 3
text = 'implicit joining'
total = 1 + 2
print(long, text, total, 'ab')
print(sys.getrefcount(None) > 100, __name__, __debug__)
try:
    exec('__debug__ = 1')
except SyntaxError as e:
    print(e.msg)

def f(a, b=1, *c, d=2, **e):
    return (a, b, c, d, e)
del f
print('f' in globals(), 'One' in globals())
type Alias = int | str
print(Alias, Alias.__value__, type(Alias).__name__)
λ = 'greek'
été = 'french'
print(λ, été, 'ﬁ'.isidentifier(), eval('ﬁne', {'fine': 'normalised'}))