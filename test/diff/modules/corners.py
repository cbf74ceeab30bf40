# Corners of re, math, io and array: anchors, boundaries in nothing, infinities, reprs that meet themselves, long ranges.
import re, math
print(re.sub(b'y', bytearray(b'a'), bytearray(b'xyz')), re.search(r"\B",""), re.findall(r"\B"," "), re.search(r'\Ay','x'*10**6), re.findall('^a','aaa'), re.split('^a','aab'), re.findall('^','ab'), re.findall('(?m)^.','a\nb'), re.sub('^','> ','a\nb'), re.compile('^b').search('ab',1), re.compile('^').search('ab',1), re.compile(r'\Ab').match('ab',1))
print(math.pow(0,-math.inf), math.nextafter(-5e-324,0.0), math.nextafter(-5e-324,1), math.nextafter(5e-324,-1),math.nextafter(-5e-324,0.0,steps=1), math.nextafter(1,2,steps=0), math.fma(1e300,1e300,-math.inf))
print(math.sumprod((-5, -5, 10), (1.5, 4611686018427387904, 2305843009213693952)), math.sumprod([1,2.5,3],[2,3,4.5]), math.sumprod([1.0,1j],[2,3]), math.sumprod([True],[2]), math.sumprod([0.0],[1]), math.sumprod([],[]))
import array, io, sys, warnings
class Raw(io.RawIOBase): 
    def readable(self): return True
raw=Raw()
b=io.BufferedReader(raw)
raw.name=b
try: repr(b)
except RuntimeError as e: print(type(e), e)
t=io.TextIOWrapper(io.BytesIO())
t.buffer.name=t if hasattr(t.buffer,'__dict__') else 3
try: repr(t)
except RuntimeError as e: print(type(e), e)
for stream in (io.BytesIO(b"abc"), io.BufferedReader(io.BytesIO(b"abc"))):
    try:
        stream.readinto(b"   ")
    except TypeError as e:
        print(e)
print(sys.stdout, sys.stdout.buffer, io.TextIOWrapper(io.BytesIO(), encoding="latin-1"))
print(len(range(sys.maxsize)), len(range(2**60 + 1)), len(range(0, 2**62, 3)), range(sys.maxsize)[-1])
warnings.simplefilter("always")
array.array("u", "abc")
