# -*- coding: latin-1 -*-
# A source file in Latin-1.
text = "café"
print(len(text), ascii(text), text.encode("utf-8"))
été = 5
print(ascii(sorted(k for k in globals() if not k.startswith("__"))))
print(ascii("£ÿ"), "é" == chr(233), b"x")
