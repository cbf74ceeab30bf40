import sys
import _helper
from _helper import dynamic
print(h2 is _helper, v, function(), _helper.value, dynamic, _helper.__name__, _helper.__doc__, _helper.__package__, '_helper' in sys.modules, sys.modules['_helper'] is _helper)
for text in ('from _helper import nothing', 'import _no_such_module', 'from _helper import *', 'import _helper.sub', 'from _no_such import x', 'import _broken', 'import _bad_syntax', 'from . import x', 'from .x import y', 'import _helper as a.b'):
    try:
        exec(text)
        print(text, 'fine')
    except SyntaxError as e:
        print(text, '->', e.msg, e.lineno)
    except Exception as e:
        print(text, '->', type(e).__name__, str(e).split(' (/')[0])
print('_broken' in sys.modules, '_bad_syntax' in sys.modules)
try:
    import _no_such.sub
except ModuleNotFoundError as e:
    print(e.name, e.path, e.msg)
try:
    _helper.nothing
except AttributeError as e:
    print(e)
_helper.value = 100
from _helper import value
print(value, v, vars(_helper)['value'], hasattr(_helper, 'dynamic'), 'dynamic' in vars(_helper))
import importlib
again = importlib.reload(_helper)
print(again is _helper, _helper.value)
del sys.modules['_helper']
import _helper