# The counts that special methods see of their own objects, in expressions and in natives that call them.
import sys, itertools, functools, operator, collections, math, gc, io, re, json, struct, array, heapq, bisect, copy, random, statistics, string, types, weakref, os, time, datetime
rc=sys.getrefcount
log=[]
class Spy:
    def __init__(s, n=3): s.n=n
def add(name, res):
    def f(self, *a):
        log.append((name, rc(self), *(rc(x) for x in a if isinstance(x, Spy))))
        return res(self,*a) if callable(res) else res
    f.__name__=name
    setattr(Spy,name,f)
for n in "add sub mul truediv floordiv mod pow lshift rshift and or xor matmul divmod".split():
    add(f"__{n}__", 1); add(f"__r{n}__", 1); add(f"__i{n}__", lambda s,*a: s)
del Spy.__idivmod__
for n in "lt le eq ge gt".split(): add(f"__{n}__", True)
add("__ne__", False)
add("__neg__",1); add("__pos__",1); add("__invert__",1); add("__abs__",1); add("__int__",lambda s:s.n); add("__float__",lambda s:float(s.n)); add("__index__",lambda s:s.n); add("__complex__",1j); add("__round__",1);add("__trunc__",1);add("__floor__",1);add("__ceil__",1)
add("__bool__",True); add("__len__",lambda s:s.n); add("__contains__",True); add("__iter__",lambda s:iter([1,2,3])); add("__reversed__",lambda s:iter([3,2,1])); add("__next__",5); add("__length_hint__",3)
add("__getitem__",lambda s,k:k if isinstance(k,int) and k<3 else 1); add("__setitem__",None); add("__delitem__",None)
add("__call__",1); add("__hash__",5); add("__repr__","r"); add("__str__","s"); add("__format__","f"); add("__bytes__",b"b"); add("__fspath__","/tmp"); add("__dir__",["a"]); add("__sizeof__",10); add("__enter__",1); add("__exit__",True); add("__copy__",lambda s:s); add("__deepcopy__",lambda s,m:s)
add("keys",lambda s:["a","b"]); add("write",lambda s,x:1); add("flush",None)
a=Spy(); b=Spy()
L=[1,2,3]
tests="""print(a, file=io.StringIO())
print(a,b,file=io.StringIO(), sep="")
str(a)
repr(a)
ascii(a)
format(a)
format(a,"x")
f"{a}"
f"{a!r}"
f"{a!s:>5}"
f"{a:x}"
f"{a=}"
"%s"%a
"%s"%(a,)
"%r %s"%(a,b)
"%d"%a
"%x"%a
"%f"%a
"%c"%Spy(65)
"%(k)s"%{"k":a}
b"%d"%a
b"%b"%a
"{}".format(a)
"{0!r} {k}".format(a,k=b)
"{0[1]}".format(a)
"{k}".format_map({"k":a})
bytes(a)
bytearray(a)
int(a)
float(a)
complex(a)
bool(a)
hash(a)
len(a)
list(a)
tuple(a)
set(a)
frozenset(a)
dict(a)
dict(k=a)
{**a}
{**a, "k": b}
[*a]
(*a,)
{*a}
sum(a)
sum([a,b])
sum([a],a)
min(a)
max(a,b)
min([a,b])
max(a,b,key=lambda v:log.append(rc(v)) or 1)
sorted([a,b])
sorted([a,b],reverse=True)
sorted([a,b],key=lambda v:log.append(rc(v)) or 1)
sorted([(1,a),(1,b)])
[a,b].sort()
[a,b].index(b)
[a,b].count(b)
[b].remove(a)
a in [b]
a in (b,)
a in {b}
a in {b:1}
1 in a
a in a
a not in b
[a]==[b]
(a,)==(b,)
[a]<[b]
(a,)<(b,)
{1:a}=={1:b}
{a}=={b}
{a:1}=={b:1}
{a,b}
{a:1,b:2}
{a:b}
{a}|{b}
{a}-{b}
{a}&{b}
{a}.union([b])
{a}.union(b)
{a}.intersection([b])
{a}.difference([b])
{a}.update([b])
{a}.isdisjoint([b])
{a}<={b}
set([a,b])
set().add(a)
{a}.discard(b)
{}.get(a)
{}.setdefault(a,b)
{b:1}.pop(a)
{b:1}[a]
dict.fromkeys(a)
dict.fromkeys([a,b])
dict([(a,1),(b,2)])
dict(zip([a],[b]))
{}.update(a)
{}.update([(a,b)])
{k:v for k,v in [(a,b)]}
{x for x in (a,b)}
{a:1}|{b:2}
collections.Counter([a,b])
collections.OrderedDict([(a,b)])
collections.deque([a]).index(b)
collections.deque([a]).count(b)
b in collections.deque([a])
collections.defaultdict(a)[1]
any([a,b])
all([a,b])
any(a)
all(a)
list(map(a,[1]))
list(map(str,[a]))
list(map(int,[a]))
list(map(hash,(a,b)))
list(filter(None,[a,b]))
list(filter(a,[1]))
list(zip(a,b))
list(enumerate(a))
list(reversed(a))
iter(a)
next(a)
iter(a,1)
next(iter(a,1),2)
list(range(a))
range(a)[a]
range(10)[a]
range(1,10).index(a)
a in range(10)
[1,2,3,4,5][a]
(1,2,3,4,5)[a]
"abcdef"[a]
b"abcdef"[a]
[1,2,3,4,5][a:]
[1,2,3,4,5][:a]
[1,2,3,4,5][a:b]
"abcdef"[a:b]
slice(a,b).indices(10)
[1]*a
a*[1]
"x"*a
(1,)*a
[1,2,3,4,5].pop(a)
[1,2,3,4,5].insert(a,1)
[].extend(a)
chr(a)
bin(a)
hex(a)
oct(a)
abs(a)
round(a)
divmod(a,b)
pow(a,b)
pow(a,b,3)
pow(2,a)
a+b
a-b
a+1
1+a
a**b
a//b
a%b
a@b
a<<b
a&b
-a
+a
~a
not a
a and b
a or b
a if b else a
a<b
a==b
a!=b
1<a
a==1
a is b
a[b]
a[1]
a[1:2]
a[a:b]
a(b)
a(b,a)
a(k=b) if 0 else a()
a(*[b])
a(*a)
int("1",a)
int.from_bytes(a)
"a".center(a)
"abc".find("c",a)
"a,b".split(",",a)
"abc".replace("a","b",a)
",".join(a) if 0 else 0
"abc".startswith("a",a)
"abc".zfill(a)
b"abc".find(b"c",a)
isinstance(a,Spy)
isinstance(a,(int,Spy))
issubclass(Spy,object)
callable(a)
vars(a)
id(a)
type(a)
getattr(a,"n")
hasattr(a,"zz")
setattr(a,"n",3)
sys.getsizeof(a)
math.sqrt(a)
math.floor(a)
math.ceil(a)
math.trunc(a)
math.gcd(a,b)
math.factorial(a)
math.prod([a,b])
math.fsum([a])
math.hypot(a,b)
math.isclose(a,b)
math.comb(5,a)
math.log(a)
math.dist([a],[b])
operator.add(a,b)
operator.eq(a,b)
operator.index(a)
operator.getitem(a,1)
operator.contains(a,1)
operator.itemgetter(1)(a)
operator.itemgetter(1,2)(a)
operator.attrgetter("n")(a)
operator.truth(a)
operator.length_hint(a)
operator.not_(a)
operator.iadd(a,b)
operator.call(a,1)
operator.concat([1],a) if 0 else 0
functools.reduce(a,[1,2,3])
functools.reduce(lambda x,y:log.append((rc(x),rc(y))) or y,[a,b,a])
functools.partial(a,1)(2)
functools.partial(a,b)()
functools.lru_cache()(lambda x:1)(a)
functools.lru_cache(None)(lambda x,y:1)(a,y=b)
functools.cmp_to_key(lambda x,y:log.append((rc(x),rc(y))) or 0)(a)<functools.cmp_to_key(lambda x,y:0)(b)
sorted([a,b],key=functools.cmp_to_key(lambda x,y:log.append((rc(x),rc(y))) or 0))
list(itertools.accumulate([a,b]))
list(itertools.accumulate([1,2],a))
list(itertools.chain(a,b))
list(itertools.chain.from_iterable([a]))
list(itertools.compress([1],[a]))
list(itertools.dropwhile(a,[1]))
list(itertools.takewhile(a,[1]))
list(itertools.filterfalse(a,[1]))
list(itertools.groupby([1],a))
list(itertools.islice([1,2,3,4],a))
list(itertools.starmap(a,[(1,)]))
list(itertools.product(a,b))
list(itertools.permutations(a,b)) if 0 else 0
list(itertools.combinations(a,2))
list(itertools.zip_longest(a,b))
list(itertools.pairwise(a))
list(itertools.batched(a,2))
list(itertools.islice(itertools.cycle(a),2))
list(itertools.islice(itertools.count(a),1))
itertools.tee(a)
heapq.heapify([a,b,a])
heapq.heappush([a],b)
heapq.heappop([a,b])
heapq.nlargest(1,[a,b])
bisect.bisect_left([1,2,3],2,key=a)
json.dumps([1,"a"],default=a)
re.sub("a",a,"a") if 0 else 0
re.sub("a",lambda m:"b","aa",a)
struct.pack("i",a)
struct.pack("d",a)
array.array("i",a)
array.array("d",[1])*a
copy.copy(a)
copy.deepcopy(a)
copy.deepcopy([a])
random.Random(1).choice(a) if 0 else 0
random.Random(a)
datetime.timedelta(1)*a
os.fspath(a)
os.path.join(a,"b")
io.StringIO("abc").read(a)
io.BytesIO(b"abc").read(a)
memoryview(b"abcdef")[a]
eval("a+b",{"a":a,"b":b})
exec("a+b")
gc.is_tracked(a)
gc.get_referents(a)
len(gc.get_referrers(a))
weakref.ref(a)()
hash(weakref.ref(a))
weakref.ref(a)==weakref.ref(b)
weakref.proxy(a)+1
weakref.proxy(a)()
len(weakref.proxy(a))
weakref.proxy(a)[1]
str(weakref.proxy(a))
hash((a,b))
hash(frozenset([a,b]))
(a,b)
repr([a])
repr((a,))
repr({a:b})
repr({a})
str([a])
[a,b].reverse()
slice(a,b)==slice(b,a)
types.SimpleNamespace(a=a)==types.SimpleNamespace(a=b)
ValueError(a).__str__()
repr(ValueError(a))
str(KeyError(a))
property(a).__get__(1)
staticmethod(a)()
classmethod(a).__get__(1)()
types.MethodType(a,1)()
types.MethodType(a,b)(a)
"a".translate(a)
"abc".encode(errors="strict").hex("-",a)
bytes([a,a])
bytearray(b"abc").append(a)
bytearray(b"abcde").pop(a)
int(3).__add__(a)
int.__eq__(3,a)
float.__add__(1.0,a)
1.5==a
1==a
"a"==a
[1]==a
None==a
(1).__pow__(a)
2**a
[].__iadd__(a)
[1].__eq__(a)
object.__eq__(a,b)
object.__ne__(a,b)
object.__repr__(a) and 0
object.__str__(a)
object.__format__(a,"")
object.__hash__(a) and 0
type.__call__(Spy)
Spy.__add__(a,b)
a.__add__(b)
super(Spy,a).__str__()
super(Spy,a).__ne__(b)
compile("1","x","eval",a) if 0 else 0
zip(a,strict=True)
map(a,a,b)
list(map(lambda x,y:log.append((rc(x),rc(y))),[a],[b]))
list(filter(lambda x:log.append(rc(x)),[a,b]))
[log.append(rc(x)) for x in [a,b]]
[log.append(rc(x)) for x in (a,b)]
[log.append(rc(x)) for x in {1:a}.values()]
[log.append((rc(k),rc(v))) for k,v in {a:b}.items()]
[log.append((i,rc(x))) for i,x in enumerate([a,b])]
[log.append((rc(x),rc(y))) for x,y in zip([a],[b])]
[log.append(rc(x)) for x in reversed([a])]
[log.append(rc(x)) for x in iter([a].pop,0)] if 0 else 0
[log.append(rc(x)) for x in itertools.chain([a],[b])]
list(log.append(rc(x)) for x in [a,b])
(lambda x:log.append(rc(x)))(a)
(lambda *x:log.append((rc(x),rc(x[0]))))(a)
(lambda **x:log.append((rc(x),rc(x["k"]))))(k=a)
(lambda x=a:log.append(rc(x)))()
(lambda x,/,y,*,z:log.append((rc(x),rc(y),rc(z))))(a,b,z=a)
functools.partial(lambda x,y:log.append((rc(x),rc(y))),a)(b)
functools.partial(lambda x,y:log.append((rc(x),rc(y))),a,y=b)()
functools.partial(rc,a)()
list(map(rc,[a,b]))
operator.call(rc,a)
[rc(x) for x in (a,b)]
rc(a)
[rc(a),rc(a),rc(a)]
{"x":rc(a)}
(a,rc(a))
[a,a,rc(a)]
{"k":a,"c":rc(a)}
{a:rc(a)}
rc(a) if a is not b else 0
"".join(str(rc(a)) for _ in [1])
(x:=a) and rc(x)
rc(*[a])
rc(*(a,))
[*[a],rc(a)]
f(a,rc(a)) if 0 else 0
"%d %d"%(rc(a),rc(b))
f"{rc(a)} {rc(a)}"
rc(a)+rc(a)
rc([a][0])
rc((a,)[0])
rc({1:a}[1])
rc({1:a}.get(1))
rc({1:a}.pop(1))
rc([a].pop())
rc(next(iter([a])))
rc(max([a],key=id))
rc(getattr(types.SimpleNamespace(z=a),"z"))
rc(types.SimpleNamespace(z=a).z)
rc(weakref.ref(a)())
rc((lambda:a)())
rc((lambda x:x)(a))
rc(a.__class__)-rc(Spy)
rc(a.__dict__)
rc(a.__add__)
rc(Spy.__add__)
rc(a or b)
rc(a and b)
rc(a if 1 else b)""".split("\n")
# module level
def run(tag, ev):
    for t in tests:
        log.clear()
        try: r=ev(t)
        except Exception as e: r=type(e).__name__+": "+str(e)[:60]
        if not isinstance(r,(int,str,list,tuple,float)) : r=type(r).__name__
        try: r = repr(r)
        except Exception: r="?"
        lg=log[:]
        out.append(f"{tag} {t} -> {lg}"+(f" {r}" if "rc(" in t else ""))
out=[]
run("M", lambda t: eval(t))
src="def F(a,b):\n"
# inside functions: local variables
for i,t in enumerate(tests):
    exec(f"def F{i}(a,b):\n    return {t}\n")
for i,t in enumerate(tests):
    for k in range(1):
        log.clear()
        try: r=globals()[f"F{i}"](a,b)
        except Exception as e: r=type(e).__name__
        lg=log[:]
        out.append(f"F {t} -> {lg}"+(f" {r if isinstance(r,(int,str)) else ''}" if "rc(" in t else ""))
sys.stdout.write("\n".join(out)+"\n")
