# The order in which collections leave the objects of a generation: by who refers to whom, lists from the end.
import gc

class D:
    def __init__(self, name):
        self.name = name


def show():
    names = {id(l): "l", id(t): "t", id(globals()): "main"}
    objects = [o for o in gc.get_objects() if isinstance(o, D) or id(o) in names]
    print([o.name if isinstance(o, D) else names[id(o)] for o in objects])


a = D("a")
l = [D("in list"), D("in list too")]
t = (D("in tuple"), D("in tuple too"))
gc.collect()
show()
gc.collect()
show()
