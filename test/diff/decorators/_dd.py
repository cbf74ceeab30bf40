class Counter:

    def __init__(self, f):
        functools.update_wrapper(self, f)
        self.f, self.n = (f, 0)

    def __call__(self, *a):
        self.n += 1
        return self.f(*a)

    def __get__(self, obj, cls):
        return functools.partial(self, obj) if obj is not None else self

@Counter
def add(a, b):
    return a + b

class M:

    @Counter
    def method(self, x):
        return x * 2

    @staticmethod
    @tag('static')
    def s():
        return 's'

    @classmethod
    @tag('class')
    def c(cls):
        return cls.__name__
print(add(1, 2), add(3, 4), add.n, add.__name__, M().method(5), M.method.n, M.s(), M().c())

def register(registry):
    return lambda f: registry.setdefault(f.__name__, f)
commands = {}

@register(commands)
def start():
    return 'started'

@register(commands)
class Widget:
    pass
print(sorted(commands), commands['start'](), start is commands['start'])

def add_method(cls):
    cls.extra = lambda self: 'extra'
    return cls

@add_method
class K:
    pass

@lambda f: 'replaced entirely'
def gone():
    pass
decos = [lambda f: ('first', f), lambda f: ('second', f)]

@decos[1]
def indexed():
    pass

@lambda x: x
def paren():
    return 'p'
print(K().extra(), gone, indexed[0], paren())

def retry(times):

    def deco(f):

        @functools.wraps(f)
        def wrapper(*a):
            for attempt in range(times):
                try:
                    return f(*a)
                except ValueError as e:
                    log.append(f'attempt {attempt}: {e}')
            raise RuntimeError('gave up')
        return wrapper
    return deco
tries = iter([1, 2, 3])
log.clear()

@retry(3)
def flaky():
    n = next(tries)
    if n < 3:
        raise ValueError(n)
    return n
print(flaky(), log)

@functools.lru_cache(maxsize=2)
def square(n):
    log.append(n)
    return n * n
log.clear()
print([square(n) for n in (1, 2, 1, 3, 2, 1)], log, square.cache_info(), square.cache_parameters())
square.cache_clear()
print(square.cache_info(), square.__wrapped__(9))

@functools.cache
def fib(n):
    return n if n < 2 else fib(n - 1) + fib(n - 2)
print(fib(80), fib.cache_info().currsize)

@functools.singledispatch
def show(v):
    return f'other {v}'

@show.register
def _(v: int):
    return f'int {v}'

@show.register(list)
@show.register(tuple)
def _(v):
    return f'seq {len(v)}'
print(show(1), show('s'), show([1]), show((1, 2)), show(True), show.dispatch(bool).__name__, sorted((c.__name__ for c in show.registry)))

class SD:

    @functools.singledispatchmethod
    def m(self, v):
        return 'base'

    @m.register
    def _(self, v: str):
        return 'str ' + v
print(SD().m(1), SD().m('x'))
for bad in ('@5\ndef f(): pass', '@undefined\ndef f(): pass', '@tag\ndef f(): pass\nf()'):
    try:
        exec(bad)
    except Exception as e:
        print(type(e).__name__, e)