import hashlib, hmac, zlib, gzip, io, sys, binascii
d=b"hello world"*1000
for n in sorted(hashlib.algorithms_guaranteed):
    h=hashlib.new(n); h.update(d[:100]); h2=h.copy(); h.update(d[100:])
    a=(20,) if n.startswith("shake") else ()
    print(n, h.hexdigest(*a), h2.hexdigest(*a), h.digest_size, h.block_size, h.name, sys.getsizeof(h), type(h).__name__)
print(hashlib.sha256(b"x").hexdigest(), hashlib.md5(b"").hexdigest(), hashlib.blake2b(b"a",digest_size=20,key=b"k",salt=b"s",person=b"p").hexdigest())
print(hmac.new(b"key", b"msg", "sha256").hexdigest(), hmac.digest(b"k",b"m","sha1").hex(), hmac.compare_digest("a","a"))
print(hashlib.pbkdf2_hmac("sha256", b"pw", b"salt", 1000).hex(), hashlib.pbkdf2_hmac("sha1", b"pw", b"salt", 10, 33).hex())
for bad in (lambda: hashlib.new("nope"), lambda: hashlib.sha256("x"), lambda: hashlib.blake2b(digest_size=65), lambda: hashlib.sha1(5)):
    try: bad()
    except Exception as e: print(type(e).__name__, e)
for lv in (-1,0,1,3,5,6,9):
    c=zlib.compress(d, lv); print(lv, len(c), hashlib.md5(c).hexdigest(), zlib.decompress(c)==d)
import random; random.seed(5)
r=bytes(random.choices(b"abcdefgh", k=50000))
for wb in (15,-15,31,9): 
    co=zlib.compressobj(6, wbits=wb); c=co.compress(r[:10000])+co.flush(zlib.Z_SYNC_FLUSH)+co.compress(r[10000:]); k=co.copy(); c1=c+co.flush(); c2=c+k.flush()
    do=zlib.decompressobj(wbits=wb); out=do.decompress(c1+b"tail",100); rest=do.unconsumed_tail; out+=do.decompress(rest)+do.flush()
    print(wb, len(c1), hashlib.md5(c1).hexdigest(), c1==c2, out==r, do.unused_data, do.eof)
print(zlib.crc32(d), zlib.adler32(d), zlib.crc32(b"x",5), zlib.adler32(b"x"*10000,7))
for bad in (lambda: zlib.decompress(b"xxxx"), lambda: zlib.decompress(zlib.compress(d)[:-5]), lambda: zlib.compress(d,77), lambda: zlib.decompressobj(99), lambda:zlib.decompress(b"")):
    try: bad()
    except Exception as e: print(type(e), e)
g=gzip.compress(d, mtime=0); print(hashlib.md5(g).hexdigest(), gzip.decompress(g)==d)
b=io.BytesIO()
with gzip.GzipFile(fileobj=b, mode="wb", mtime=5) as f: f.write(b"line1\nline2\n")
b.seek(0); print(gzip.GzipFile(fileobj=b).readlines())
z=zlib.compressobj(zdict=b"hello world"); c=z.compress(b"hello world hello")+z.flush(); print(c, zlib.decompressobj(zdict=b"hello world").decompress(c))
import zipfile
b=io.BytesIO()
with zipfile.ZipFile(b,"w",zipfile.ZIP_DEFLATED) as f: f.writestr(zipfile.ZipInfo("a.txt"), "hello"*100); f.writestr(zipfile.ZipInfo("b/c.txt"), b"x", zipfile.ZIP_DEFLATED)
print(len(b.getvalue()), hashlib.md5(b.getvalue()).hexdigest()); f=zipfile.ZipFile(b); print(f.namelist(), f.read("a.txt")[:10], f.testzip())
import tarfile
b=io.BytesIO()
with tarfile.open(fileobj=b, mode="w:gz") as t:
    ti=tarfile.TarInfo("x"); ti.size=3; t.addfile(ti, io.BytesIO(b"abc"))
b.seek(0); print(tarfile.open(fileobj=b).getnames())
print([sys.getsizeof(x) for x in (zlib.compressobj(), zlib.decompressobj(), zlib._ZlibDecompressor())])
