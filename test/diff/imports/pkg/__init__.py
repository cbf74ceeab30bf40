print("pkg init", __name__, __package__, type(__path__).__name__)
from . import first
from .second import thing as renamed

level = "package"
