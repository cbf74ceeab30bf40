import sys
class Early:
    @staticmethod
    def find_spec(name, path=None, target=None):
        if name.startswith("virt"): print("asked", name, path)
        return None
sys.meta_path.insert(0, Early)
try: import virt_none
except ImportError as e: print(type(e).__name__, e)
import importlib.abc, importlib.machinery, importlib.util
class Loader(importlib.abc.Loader):
    def create_module(self, spec): return None
    def exec_module(self, m): m.answer = 42; m.__dict__["who"] = m.__name__
class Finder(importlib.abc.MetaPathFinder):
    def find_spec(self, name, path, target=None):
        if name.split(".")[0] == "virtual": return importlib.machinery.ModuleSpec(name, Loader(), is_package=name=="virtual")
sys.meta_path.append(Finder())
import virtual.sub, virtual
print(virtual.answer, virtual.sub.who, virtual.__spec__.name, virtual.__loader__.__class__.__name__)
print([getattr(f,"__name__",type(f).__name__) for f in sys.meta_path])
import zipfile, os, tempfile
d=tempfile.mkdtemp(); z=os.path.join(d,"a.zip")
with zipfile.ZipFile(z,"w") as f: f.writestr("zmod.py","x=5\ndef f(): return 1/0\n"); f.writestr("zp/__init__.py","from . import q"); f.writestr("zp/q.py","v=7")
sys.path.insert(0,z)
import zmod, zp
print(zmod.x, zp.q.v, type(zmod.__loader__).__name__, zmod.__file__==os.path.join(z,"zmod.py"))
import traceback
try: zmod.f()
except ZeroDivisionError: print(traceback.format_exc().replace(d,"D"))
sys.path.pop(0)
class Hook:
    def __init__(self, path):
        if path != "magic": raise ImportError
    def find_spec(self, name, target=None):
        if name == "hooked": return importlib.machinery.ModuleSpec(name, Loader())
sys.path_hooks.append(Hook); sys.path.append("magic")
import hooked; print(hooked.answer)
import colorsys; print(colorsys.__name__)
sys.meta_path.remove(Early)
with open(os.path.join(d,"plain.py"),"w") as f: f.write("a=1\n")
sys.path.append(d); importlib.invalidate_caches(); import plain; print(plain.a, plain.__spec__.origin==plain.__file__)
open(os.path.join(d,"plain.py"),"w").write("a=22\n"); importlib.reload(plain); print(plain.a)
s=importlib.util.spec_from_file_location("pp", os.path.join(d,"plain.py")); m=importlib.util.module_from_spec(s); s.loader.exec_module(m); print(m.a)
print(importlib.util.find_spec("json").name, importlib.util.find_spec("nope"), importlib.import_module("json.decoder").__name__)
print(sys, importlib.import_module("math").__name__)
