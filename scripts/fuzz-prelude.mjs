/** What the random programs of fuzz-program.mjs have in common: classes of several shapes, and how results are told. */

export const PRELUDE = `import gc, sys
from _weakref import ref
rc = sys.getrefcount
sys.unraisablehook = lambda u: print('unraisable', type(u.exc_value).__name__, u.exc_value)
FUEL = [0] * 60
G_int = 3
G_list = [5, 4, 3, 2, 1, 0]
G_tuple = (4, 5, 6)
G_dict = {'a': 1, 'key': 5, 2: 7, 1: 2}
q0 = 'q'
class Odd(Exception):
    def __init__(self, n):
        self.n = n
class Plain:
    total = 10
    def __init__(self, v, next=None):
        self.v = v
        self.w = 2.5
        self.name = 'plain'
        self.next = next
        self.items = [1, 2, 3]
        self.d = {'a': 1}
        self.n = 7
    def add(self, n):
        return self.v + n
    def push(self, x):
        self.items.append(x)
    @property
    def twice(self):
        return self.v * 2
    def __add__(self, n):
        return Plain(self.v + n, self)
    def __iter__(self):
        return iter(self.items[:4])
    def __repr__(self):
        return '<' + type(self).__name__ + '>'
class Slots:
    __slots__ = ('v', 'w', 'name', 'next', 'items', 'd', 'n', '__weakref__')
    total = 11
    __init__ = Plain.__init__
    add = Plain.add
    push = Plain.push
    __iter__ = Plain.__iter__
    __repr__ = Plain.__repr__
    twice = Plain.twice
    def __eq__(self, other):
        return self.v == other
    def __hash__(self):
        return 5
class Sub(Plain):
    total = 12
    def __init__(self, v, next=None):
        super().__init__(v, next)
        self.other = v
    def add(self, n):
        return super().add(n) + 1
    def __del__(self):
        G_list.append(1)
        del G_list[6:]
    def __len__(self):
        return len(self.items)
class Prop(Plain):
    @property
    def v(self):
        return self.hidden + 1
    @v.setter
    def v(self, x):
        self.hidden = x
    def __lt__(self, other):
        return self.v < other.v
class Lazy(Plain):
    def __init__(self, v, next=None):
        self.next = next
        self.v = v
    def __getattr__(self, name):
        if name[:1] == '_':
            raise AttributeError(name)
        return {'w': 1.5, 'name': 'lazy', 'items': [9, 8], 'd': {}, 'n': 1}[name]
class Small(Plain):
    def __bool__(self):
        return self.v > 2
    def __eq__(self, other):
        return isinstance(other, Small) and self.v == other.v
    __hash__ = None
class Bad(Plain):
    def __bool__(self):
        raise Odd(1)
    def __eq__(self, other):
        raise Odd(2)
    def __lt__(self, other):
        return NotImplemented
    def __add__(self, other):
        raise Odd(3)
    __radd__ = __add__
    def __hash__(self):
        raise Odd(4)
class Num(int):
    def __add__(self, other):
        return Num(int(self) + other + 1)
class Real(float):
    pass
class Text(str):
    pass
class List(list):
    def __getitem__(self, i):
        return list.__getitem__(self, i)
class Dict(dict):
    def __missing__(self, key):
        return 42
class Guard:
    def __init__(self, swallow):
        self.swallow = swallow
    def __enter__(self):
        return self.swallow
    def __exit__(self, t, v, tb):
        return self.swallow == 1 and t is not None and issubclass(t, Exception)
G_obj = Plain(1)
def show(x, depth=3):
    t = type(x)
    if t is int:
        return repr(x) if abs(x) < 1 << 200 else 'int %d' % (x % 1000003)
    if t is str:
        return ascii(x[:60])
    if x is None or t is float or t is bool or t is bytes or x is ...:
        return repr(x)
    if depth == 0:
        return '...'
    if t is list or t is tuple or t is List:
        return t.__name__ + str([show(y, depth - 1) for y in list.__iter__(x) if 1] if t is not tuple else [show(y, depth - 1) for y in x])
    if t is dict or t is Dict:
        return '{' + ', '.join(show(k, depth - 1) + ': ' + show(v, depth - 1) for k, v in dict.items(x)) + '}'
    if t is set or t is frozenset:
        return t.__name__ + str([show(y, depth - 1) for y in x])
    if isinstance(x, (int, float, str)):
        return t.__name__ + ' ' + (str(x)[:60] if not isinstance(x, int) or abs(x) < 1 << 200 else 'big')
    return '<' + t.__name__ + '>'
def rcs(x):
    return rc(x) if type(x) in (list, dict, set, Plain, Slots, Sub) else type(x).__name__
def tell(e):
    parts = []
    n = 0
    while e is not None and n < 4:
        lines = []
        tb = e.__traceback__
        while tb is not None:
            lines.append(tb.tb_lineno)
            tb = tb.tb_next
        parts.append('%s(%s) at %s' % (type(e).__name__, str(e)[:160], lines[-4:]))
        e = e.__cause__ or e.__context__
        n += 1
    return ' <- '.join(parts)`;

export const DRIVER = `def report(label, f):
    FUEL[:] = [0] * 60
    r = None
    try:
        r = f()
        print(label, show(r))
    except Exception as e:
        print(label, 'raised', tell(e))
    print('  ', rc(r) if type(r) in (list, dict, set, Plain) else '', rc(G_list), rc(G_dict), rc(G_obj), rc(Plain), rc(FUEL), gc.get_count(), G_int)
def finish():
    for name in sorted(globals()):
        x = globals()[name]
        if name[0] == '_':
            continue
        if type(x) in (list, dict, Plain) or name[:2] == 'fn' or name[0] in 'PSLBND' and type(x) is type:
            print(name, rc(x), show(x) if type(x) in (list, dict) else '')
    print(gc.collect() if not gc.garbage else 'garbage', gc.get_count())
    print([len(g) for g in (gc.get_objects(0), gc.get_objects(1))])
gc.collect()`;
