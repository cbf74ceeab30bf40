# Signatures, calls with wrong arguments, abc, typing, functools, contextlib, descriptors, metaclasses, re, collections
import inspect, typing, abc, functools, contextlib, types, operator, copy, weakref, collections, collections.abc as cabc, itertools, heapq, bisect, string, re, sys
def f(a, b: int = 2, /, c=3, *args: str, d, e: 'x' = None, **kw) -> list: "doc"
print(inspect.signature(f), inspect.getfullargspec(f), f.__annotations__, f.__kwdefaults__, f.__defaults__, inspect.getdoc(f))
for args, kw in [((1,), {}), ((1,), {'d': 1}), ((1, 2, 3, 4), {'d': 1, 'z': 2}), ((), {'a': 1, 'd': 1}), ((1,), {'b': 2, 'd': 1})]:
    try: b = inspect.signature(f).bind(*args, **kw); b.apply_defaults(); print(b)
    except TypeError as e: print('bind', e)
    try: f(*args, **kw); print('call ok')
    except TypeError as e: print('call', e)
def g(a, b): pass
def h(*, a, b): pass
def k(a, *, b=1): pass
class C:
    def m(self, x): pass
    @classmethod
    def cm(cls, x): pass
    @staticmethod
    def sm(x): pass
    def __init__(self, v=1): pass
for fn, a, kw in [(g,(),{}),(g,(1,),{}),(g,(1,2,3),{}),(g,(1,),{'a':1}),(g,(1,2),{'c':1}),(g,(),{'bb':1}),(h,(),{}),(h,(1,),{'a':1}),(h,(),{'a':1}),(k,(1,2),{}),(k,(1,2,3),{'b':2}),(C().m,(),{}),(C().m,(1,2),{}),(C.m,(),{}),(C.cm,(),{}),(C.sm,(),{}),(C,(1,2),{}),(C,(),{'z':1}),(len,(),{}),(len,(1,2),{}),(len,(),{'obj':[]}),(sorted,(),{}),(sorted,([],1),{}),(int,(1,2,3),{}),(dict,(1,2),{}),('a'.join,(),{}),('a'.split,(),{'x':1}),([].append,(),{}),([].sort,(1,),{}),({}.get,(),{}),({}.pop,(),{}),(print,(),{'x':1}),(isinstance,(1,),{}),(isinstance,(1,2),{}),(max,(),{}),(range,(),{}),(open,(),{}),(getattr,(1,),{}),(object,(1,),{}),(type('T',(),{}),(1,),{}),(lambda: 0,(1,),{}),(lambda x: 0,(),{}),(lambda *a, k: 0, (),{}),(zip,([1],),{'strict':True,'z':1}),(str.upper,(),{}),(str.upper,(1,),{}),(list.append,([],),{}),(dict.fromkeys,(),{})]:
    try: fn(*a, **kw); print('ok', fn)
    except TypeError as e: print(e)
class Base(abc.ABC):
    @abc.abstractmethod
    def a(self): ...
    @property
    @abc.abstractmethod
    def p(self): ...
    @classmethod
    @abc.abstractmethod
    def c(cls): ...
class Half(Base):
    def a(self): pass
for c in (Base, Half):
    try: c()
    except TypeError as e: print(e)
print(sorted(Half.__abstractmethods__), inspect.isabstract(Half), Base.register(int), isinstance(5, Base), issubclass(int, Base))
class Sz:
    def __len__(self): return 1
    def __iter__(self): return iter([])
    def __contains__(self, x): return True
for a in ('Sized','Iterable','Container','Collection','Hashable','Callable','Sequence','Mapping','Iterator','Reversible','Awaitable'): print(a, isinstance(Sz(), getattr(cabc, a)), isinstance([], getattr(cabc, a)), end=' ')
print()
T = typing.TypeVar('T', bound=int); K = typing.TypeVar('K', int, str, covariant=True)
class G(typing.Generic[T, K]): pass
print(T, repr(K), G[int, str], G[int, str].__args__, typing.Optional[int], typing.Union[int, str, None], int | None, list[int] | str, typing.Callable[[int], str], typing.Literal[1, 'a'], typing.Annotated[int, 'x'], typing.get_type_hints(f, localns={'x': int}), typing.get_origin(list[int]), typing.get_args(dict[str, int]), typing.Any, typing.ClassVar[int], typing.Final[int], typing.Tuple[int, ...], tuple[int, ...], type[int], typing.NamedTuple('N', [('a', int)]), typing.cast(int, 'x'), typing.TypedDict('TD', {'a': int}).__annotations__, typing.NewType('U', int), typing.Protocol, typing.Self, typing.Never, typing.ParamSpec('P'), typing.Concatenate)
for bad in (lambda: list[int](1) == [1], lambda: typing.Union[()], lambda: typing.List[int, str], lambda: isinstance(1, list[int]), lambda: isinstance([], typing.List[int]), lambda: int[str], lambda: typing.Optional[1, 2], lambda: issubclass(int, 5), lambda: isinstance(1, (int, 'a')), lambda: typing.TypeVar('T', int)):
    try: print(bad())
    except TypeError as e: print(e)
def old[T: int, *Ts, **P](a: T, *b: *Ts) -> T: pass
type Al[X] = list[X] | None
print(old.__type_params__, Al, Al.__value__, Al[int], Al.__type_params__)
@typing.runtime_checkable
class Pr(typing.Protocol):
    def go(self): ...
class Go:
    def go(self): pass
print(isinstance(Go(), Pr), isinstance(1, Pr))
@functools.singledispatch
def sd(x): return 'base'
@sd.register
def _(x: int): return 'int'
@sd.register(list)
def _(x): return 'list'
print(sd(1), sd([]), sd('a'), sd.dispatch(bool).__name__, sorted(c.__name__ for c in sd.registry))
class SM:
    @functools.singledispatchmethod
    def m(self, a): return 'd'
    @m.register
    def _(self, a: int): return 'i'
    @functools.cached_property
    def cp(self): print('computed'); return 5
    @functools.lru_cache(maxsize=2)
    def lc(self, x): return x * 2
s = SM(); print(s.m(1), s.m('a'), s.cp, s.cp, s.__dict__, s.lc(1), s.lc(1), s.lc(2), s.lc(3), SM.lc.cache_info())
@functools.total_ordering
class TO:
    def __init__(s, v): s.v = v
    def __eq__(s, o): return s.v == o.v
    def __lt__(s, o): return s.v < o.v
print(TO(1) <= TO(2), TO(1) >= TO(2), functools.reduce(operator.add, [1, 2, 3], 10), functools.partial(f, 1, d=2).keywords, functools.wraps(f)(lambda: 0).__name__, functools.cmp_to_key(lambda a, b: b - a)(3) < functools.cmp_to_key(lambda a, b: b - a)(2))
@contextlib.contextmanager
def cm(x):
    print('in', x)
    try: yield x * 2
    except ValueError as e: print('caught', e)
    finally: print('out')
with cm(1) as v, cm(2) as w: print(v, w); raise ValueError('boo')
with contextlib.suppress(KeyError, IndexError): [][1]
with contextlib.ExitStack() as st: st.enter_context(cm(3)); st.callback(print, 'cb'); st.push(lambda *a: print('push', a[0]) or True); raise KeyError
with contextlib.redirect_stdout(sys.stderr): print('to err')
@cm('deco')
def decorated(): print('body')
decorated()
try:
    with cm(1): raise TypeError('t')
except TypeError as e: print('passed', e)
@contextlib.contextmanager
def bad(): 
    if 0: yield
try:
    with bad(): pass
except RuntimeError as e: print(e)
@contextlib.contextmanager
def bad2(): yield 1; yield 2
try:
    with bad2(): pass
except RuntimeError as e: print(e)
class Desc:
    def __set_name__(self, o, n): self.n = '_' + n
    def __get__(self, i, o): return self if i is None else getattr(i, self.n, 'unset')
    def __set__(self, i, v):
        if v < 0: raise ValueError('neg')
        setattr(i, self.n, v)
    def __delete__(self, i): delattr(i, self.n)
class HasD: d = Desc()
o = HasD(); print(o.d); o.d = 5; print(o.d, vars(o)); del o.d; print(o.d, HasD.d.n)
class Meta(type):
    def __call__(cls, *a): print('call', a); return super().__call__(*a)
    def __instancecheck__(cls, i): return i == 5
    def __getattr__(cls, n): return f'meta {n}'
    def __iter__(cls): return iter('abc')
    def __contains__(cls, x): return x == 1
    def __len__(cls): return 9
    def __repr__(cls): return f'<M {cls.__name__}>'
    __add__ = lambda a, b: 'added'
class Mm(metaclass=Meta):
    def __class_getitem__(cls, i): return (cls, i)
print(Mm(), isinstance(5, Mm), Mm.foo, list(Mm), 1 in Mm, len(Mm), Mm, Mm[3], Mm + 1) if 0 else print(isinstance(5, Mm), Mm.foo, list(Mm), 1 in Mm, len(Mm), Mm, Mm[3], Mm + 1)
print(re.sub(r'(?P<y>\d{4})-(\d\d)', r'\2/\g<y>', 'on 2024-05 x'), re.findall(r'(a)(b)?', 'abaa'), re.split(r'([,;])', 'a,b;c'), re.fullmatch(r'\w+', 'héé').span(), re.compile('x', re.I | re.M), re.search(r'(?<=a)b(?!c)', 'abcab').start(), [m.groupdict() for m in re.finditer(r'(?P<k>\w)=(?P<v>\d)', 'a=1,b=2')], re.escape('a.b*'), re.subn('a', lambda m: m[0].upper(), 'banana', 2))
for p in ('(', '[', 'a**', '(?P<1>a)', '\\', '(?<n>)', 'a{2,1}', '(?P=x)', '[z-a]', '(?i', '*', '\\8', '(?(1)a|b|c)', 'x(?i)', '(?<=a*)'):
    try: re.compile(p); print('ok', p)
    except re.error as e: print(p, e, e.pos, e.lineno, e.colno)
print(collections.Counter('abracadabra').most_common(2), collections.Counter(a=3) - collections.Counter(a=1, b=2), collections.Counter(a=1) | collections.Counter(a=2), collections.deque([1, 2, 3], 2), collections.ChainMap({'a': 1}, {'a': 2, 'b': 3}), collections.OrderedDict(a=1, b=2), collections.defaultdict(list, {1: [2]}), heapq.nlargest(2, [1, 5, 3]), heapq.merge([1], [2]).__class__, list(heapq.merge([1, 4], [2, 3])), bisect.bisect([1, 2, 2, 3], 2), bisect.insort)
Pt = collections.namedtuple('Pt', 'x y', defaults=[0]); p = Pt(1); print(p, p._asdict(), p._replace(y=5), Pt._fields, Pt._make([1, 2]), p == (1, 0), Pt._field_defaults)
for bad in (lambda: Pt(), lambda: Pt(1, 2, 3), lambda: p._replace(z=1), lambda: collections.namedtuple('A', 'a a'), lambda: collections.namedtuple('A', 'class'), lambda: collections.namedtuple('1', 'a'), lambda: setattr(p, 'x', 2), lambda: Pt._make([1, 2, 3])):
    try: print(bad())
    except Exception as e: print(type(e).__name__, e)
