# What an except clause holds.
from sys import getrefcount as rc
try: raise ValueError("x")
except ValueError as e: print(1, rc(e))
try: 1/0
except ZeroDivisionError as e: print(2, rc(e))
x=ValueError(2)
try: raise x
except ValueError as e: print(3, rc(e))
print(4, rc(x))
def f(): raise x
try: f()
except ValueError as e: print(5, rc(e))
try: raise ValueError
except ValueError as e: print(6, rc(e))
try: int('a')
except ValueError as e: print(7, rc(e))
try: [].x
except AttributeError as e: print(8, rc(e))
try: {}['a']
except KeyError as e: print(9, rc(e))
def g(): 
    try: 1/0
    except ZeroDivisionError as e: print(10, rc(e))
g()
def h(): 1/0
def g(): 
    try: h()
    except ZeroDivisionError as e: print(11, rc(e))
g()
try:
    try: 1/0
    finally: pass
except ZeroDivisionError as e: print(12, rc(e))
class C:
    def __getattr__(self,n): raise AttributeError(n)
    def __len__(self): raise ValueError
    @property
    def p(self): raise KeyError(self)
    def __iter__(self): return self
    def __next__(self): raise OSError
c=C()
try: c.foo
except AttributeError as e: print(13, rc(e), rc(c))
print(rc(c))
try: len(c)
except ValueError as e: print(14, rc(e), rc(c))
try: c.p
except KeyError as e: print(15, rc(e), rc(c))
print(rc(c), hasattr(c,'foo'), rc(c))
try: list(c)
except OSError as e: print(16, rc(e), rc(c))
try: sorted([3,c])
except TypeError as e: print(17, rc(e), rc(c))
try: max(c)
except OSError as e: print(18, rc(e), rc(c))
print(rc(c))
