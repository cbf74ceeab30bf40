print("second", __name__)
thing = ["thing"]


def up():
    from .. import pkg as nothing


def sibling():
    from . import first
    return first.where
