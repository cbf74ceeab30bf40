# An error in a class body and in a decorator: frames named after the class.
def deco(f):
    return f.missing_attribute


try:
    @deco
    def g():
        pass
except AttributeError as e:
    print(e)


class Config:
    debug = True

    class Inner:
        level = debug_level

    def method(self):
        pass
