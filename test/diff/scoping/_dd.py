ns = {}
exec(code, ns)
exec(b"bytes_source = '\xc3\xa9'", ns)
print(ascii(ns['bytes_source']), eval(b'1+1'))