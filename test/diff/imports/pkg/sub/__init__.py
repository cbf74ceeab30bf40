from ..second import thing
from ... import pkg as beyond
