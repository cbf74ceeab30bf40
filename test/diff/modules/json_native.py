# _json: the scanner and the encoder, their types, sizes and errors.
import _json, json, sys
print(sorted(set(vars(_json)) - {'__file__'}))
for n in ('make_scanner','make_encoder'):
    t=getattr(_json,n); print(t, t.__basicsize__, t.__flags__, sorted(vars(t)), t.__module__)
for n in ('scanstring','encode_basestring','encode_basestring_ascii'):
    f=getattr(_json,n); print(f, f.__text_signature__, f.__module__)
def t(f):
    try: print(repr(f()))
    except BaseException as e: print(type(e).__name__, e, getattr(e,'__notes__',None))
s=json.JSONDecoder().scan_once
for a in ['', '{', '[', '[1', '[1,', '[1,]', '{"a"', '{"a":', '{"a":1', '{"a":1,', '{"a":1,}', '{a', 'nul', '-', '1.', '1.5e', '1e+', '01', '"', '"a', '"\\', '"\\u', '"\\u12', '"\\u12x4"', '"\\ud800\\u"', '"\\ud834\\udd20"','"\\ud834\\u0041"','"\\ud834x"', '"\\q"', '"\n"', 'NaN','-Infinity','-Inf', 'Infinity', '[1 2]', '{"a" 1}', '{"a":1 "b"}', '{1:2}','"\\u1234"', '[]', '{}', ' 1','1'*5000, '123456789012345678901234567890', '-0', '-0.0', '1E400','[[[[]]]]', '["a",{"b":null,"b":true}]']:
    t(lambda: s(a,0))
    t(lambda: json.loads(a))
t(lambda: s('1',-1)); t(lambda: s('1',5)); t(lambda: s(1,0)); t(lambda: s('1')); t(lambda: s('1',0,0)); t(lambda: s('1','a')); t(lambda: s(string='1',idx=0))
t(lambda: _json.scanstring('abc"',0)); t(lambda: _json.scanstring('abc"',9)); t(lambda: _json.scanstring('abc"',-1)); t(lambda: _json.scanstring(5,0)); t(lambda: _json.scanstring('a\nb"x',0,False)); t(lambda: _json.scanstring('a'));  t(lambda: _json.scanstring('é€😀"x',0))
t(lambda: _json.encode_basestring(5)); t(lambda: _json.encode_basestring_ascii(b'')); t(lambda: _json.encode_basestring('a"\\\b\f\n\r\t\x00\x1f\x7fé€😀')); t(lambda: _json.encode_basestring_ascii('a"\\\b\f\n\r\t\x00\x1f\x7fé€😀\ud800'))
t(lambda: json.dumps([float('nan'),1],allow_nan=False)); t(lambda: json.dumps(object())); t(lambda: json.dumps([{'a':object()}])); t(lambda: json.dumps({(1,2):3})); t(lambda: json.dumps({(1,2):3,'a':1},skipkeys=True))
l=[]; l.append(l); t(lambda: json.dumps(l)); d={}; d['a']=d; t(lambda:json.dumps(d))
t(lambda: json.dumps(l,check_circular=False)); t(lambda: json.dumps({'a':[1,{}],'b':(),'c':{'d':[[],[1]]}},indent=2)); t(lambda: json.dumps([1,[2,3]],indent='--'));  t(lambda: json.dumps({3:1,'a':2},sort_keys=True)); t(lambda: json.dumps({1:1,True:2,None:3,1.5:4,float('inf'):5}))
t(lambda: json.dumps({'b':1,'a':2}, sort_keys=True, separators=(',',':'))); t(lambda: json.loads('['*100000)); t(lambda: json.loads('{"a":'*100000))
class L(list): pass
class E(json.JSONEncoder):
    def default(self, o): return [o.__class__.__name__]
t(lambda: E().encode([set(), L([1]), 1j]))
t(lambda: json.dumps('x', cls=E, ensure_ascii=False)); t(lambda: json.dumps(['é', '\u2028'], ensure_ascii=False))
t(lambda: json.loads('{"a":[1,2.5,{"b":1}]}', object_pairs_hook=list)); t(lambda: json.loads('{"a":[1,2.5,{"b":1}]}', object_hook=lambda d: tuple(d.items()), parse_int=str, parse_float=lambda s: 'f'+s)); t(lambda: json.loads('[NaN]', parse_constant=lambda s: s))
t(lambda: _json.make_encoder(1,2,3,4,5,6,7,8,9)); t(lambda: _json.make_encoder(1,2,3,4,'','',7,8,9)); t(lambda: _json.make_scanner(1));t(lambda: _json.make_scanner())
e=_json.make_encoder(None,str,lambda s: 5,None,':',',',0,0,0); t(lambda: e('a',0)); t(lambda: e([1],0)); t(lambda: e()); t(lambda: e(1j, 0)); print(e.markers,e.default is str,e.indent,e.key_separator,e.item_separator,e.sort_keys,e.skipkeys); t(lambda: setattr(e,'markers',3)); t(lambda:e.allow_nan)
e=_json.make_encoder(markers={},default=lambda o:o,encoder=str,indent=None,key_separator=':',item_separator=',',sort_keys=0,skipkeys=1,allow_nan=1);t(lambda:e(1j,0))
class D(dict):
    def items(self): return [(1,2),(3,)]
t(lambda: json.dumps(D(a=1))); t(lambda: json.dumps(D()))
class D(dict):
    def items(self): return iter([('z',2)])
t(lambda: json.dumps(D(a=1)))
class I(int):
    def __repr__(self): return 'no'
class F(float):
    def __repr__(self): return 'no'
class S(str): pass
t(lambda: json.dumps([I(5),F(2.5),S('q'),{I(5):F(1),F(2):S('a')}, 10**30, -0.0, 1e16,1e22, True]))
s=json.JSONDecoder().scan_once
print(sys.getsizeof(s), sys.getsizeof(e), s.strict, s.object_hook, s.parse_float, s.parse_int)
k=json.loads('[{"key":1},{"key":2}]'); print(next(iter(k[0])) is next(iter(k[1])))
import tracemalloc, gc
text = json.dumps([{"name": f"n{i}", "values": [i, i / 2, None]} for i in range(100)])
gc.collect(); tracemalloc.start()
data = json.loads(text)
again = json.dumps(data)
snap = tracemalloc.take_snapshot()
print(again == text, sorted((s.size, s.count) for s in snap.statistics("lineno") if s.traceback[0].filename.endswith("decoder.py")))
