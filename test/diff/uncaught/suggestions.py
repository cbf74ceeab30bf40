# Uncaught errors in hooks and the suggestions that CPython adds to names and attributes.
import sys
import traceback


class Account:
    def __init__(self):
        self.balance = 10
        self._private = 1

    def deposit(self):
        return blance


def show(f):
    try:
        f()
    except Exception as e:
        print("".join(traceback.format_exception_only(e)).strip())


account = Account()
show(lambda: account.balanc)
show(lambda: account.depost())
show(lambda: acount)
show(lambda: prnt("x"))
show(lambda: sys.exti())
show(lambda: "abc".uper())
show(lambda: [].apend(1))
show(lambda: account.completely_different)
show(lambda: account.private)
show(account.deposit)
show(lambda: int.form_bytes)
show(lambda: time.time())
show(lambda: math.pi)


def local_names():
    counter = 1
    return conuter


show(local_names)


def method_hint(self):
    return balance


Account.hint = method_hint
show(account.hint)
try:
    from itertools import chian
except ImportError as e:
    print("".join(traceback.format_exception_only(e)).strip().split(" (unknown")[0])
try:
    import colections
except ImportError as e:
    print("".join(traceback.format_exception_only(e)).strip())
account.balence = 5
print(account.blance)
