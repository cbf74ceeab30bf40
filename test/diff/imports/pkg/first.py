print("first", __name__, __package__)
from .second import thing

where = __name__
