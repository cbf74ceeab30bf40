# The order of finalizers when a program ends: names, containers, cycles, defaults, class attributes.
class D:
    def __init__(self, name):
        self.name = name
    def __del__(self):
        print("del", self.name)
a=D("a"); b=D("b")
l = [D("in list"), D("in list too")]
t = (D("in tuple"), D("in tuple too"))
d={1:D("d1"),2:D("d2")}
c=D("c"); c.me=c
def f(x=D("default")): pass
class K: attr=D("class attr")
import atexit
import gc


def told(phase, info):
    print(phase, info["generation"])


gc.callbacks.append(told)
print("end")


@atexit.register
def forget():
    gc.callbacks.clear()
