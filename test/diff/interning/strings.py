# Which strings are interned: names, attributes, keyword keys, identifiers among constants; sys.intern and its effects.
import sys


def made(text):
    return "".join(list(text))


def same(a, b):
    return a is b


name = made("some_identifier")
print("made strings are new", same(name, "some_identifier"), name == "some_identifier")
print("interned", same(sys.intern(name), "some_identifier"))
fresh = made("never_seen_before_1")
back = sys.intern(fresh)
print("first interned is itself", back is fresh, sys.intern(made("never_seen_before_1")) is fresh)


class C:
    attribute_name = 1


c = C()
setattr(c, made("dynamic_attr"), 1)
print("setattr interns", [k for k in vars(c)][0] is sys.intern("dynamic_attr"))
print("class dict keys", [k for k in vars(C) if k == "attribute_name"][0] is sys.intern(made("attribute_name")))


def function(parameter):
    local_variable = parameter
    return local_variable


code = function.__code__
print(code.co_varnames[0] is sys.intern(made("parameter")), code.co_varnames[1] is sys.intern(made("local_variable")))
print(function.__name__ is sys.intern(made("function")))
kw = (lambda **k: k)(keyword_name=1)
print("keyword", list(kw)[0] is sys.intern(made("keyword_name")))
d = {"literal_key": 1, "key with space": 2}
k1, k2 = d
print("literal keys", k1 is sys.intern(made("literal_key")), k2 is sys.intern(made("key with space")))
print("identifier constants", eval("'abc_def'") is eval("'abc_def'"), eval("'abc def'") is eval("'abc def'"))
print("compile time joins", eval("'abc' 'def'") is eval("'abcdef'"), eval("'ab' + 'cd'") is eval("'abcd'"))
print("long ones", eval("'a' * 20") is eval("'a' * 20"), eval("'a' * 5000") is eval("'a' * 5000"))
print("characters", eval("'\\xe9'") is eval("'\\xe9'"), eval("'\\u0416'") is eval("'\\u0416'"))
print("tuple constants", eval("('p q', 'rs')")[0] is eval("'p q'"), eval("('p q', 'rs')")[1] is eval("'rs'"))
exec("import_like = 1")
print("import names", same("sys", sys.intern(made("sys"))), list(sys.modules)[0] is sys.intern(made("sys")))
parts = "alpha beta alpha".split()
print("split gives new ones", parts[0] is parts[2], sys.intern(parts[0]) is sys.intern(parts[2]))
print("refcount of an interned one counts its holders only", sys.getrefcount(fresh))
print("is_interned", sys._is_interned(fresh), sys._is_interned(made("abc xyz")), sys._is_interned("function"))
for bad in (1, b"x", None):
    try:
        sys.intern(bad)
    except TypeError as error:
        print(error)


class Sub(str):
    pass


try:
    sys.intern(Sub("x"))
except TypeError as error:
    print(error)
before = sys.getallocatedblocks()
for i in range(1000):
    sys.intern("temporary_%d" % i)
print("mortal interned strings are freed", sys.getallocatedblocks() - before < 10)
keep = [sys.intern("held_%d" % i) for i in range(100)]
print(all(sys.intern("held_%d" % i) is s for i, s in enumerate(keep)))
print("pickled-like names", getattr(c, made("dynamic_attr")), hasattr(c, made("attribute_name")))
for s in (str(12), repr("abc"), "%s" % "abc", f"{'abc'}", "abc".lower(), "ABC".lower(), "abc"[0:3], "xabc"[1:], chr(65) + "B"):
    print(s, s is sys.intern(s[:0] + s))
