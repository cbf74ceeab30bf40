from ..second import thing
from ..first import where as first_where

print("leaf", __name__, thing, first_where)
