"""Finders and loaders of importlib for this runtime's own ways: the precompiled library, and source files without caches.

Imported when importlib has been: it fills sys.meta_path and sys.path_hooks and gives the modules that are there real specs.
"""
import _imp
import sys
from importlib import _bootstrap, _bootstrap_external

LIBRARY = __file__.rpartition("/")[0]


class LibraryLoader:
    """Loads modules of the precompiled library."""

    def __init__(self, name, path):
        self.name = name
        self.path = path

    def __repr__(self):
        return f"<LibraryLoader {self.path!r}>"

    def create_module(self, spec):
        return None

    def exec_module(self, module):
        exec(_imp._library_code(self.name), module.__dict__)

    def load_module(self, fullname=None):
        return _bootstrap._load_module_shim(self, fullname or self.name)

    def get_code(self, fullname=None):
        return _imp._library_code(fullname or self.name)

    def get_source(self, fullname=None):
        found = _imp._library_find(fullname or self.name)
        return None if found is None else _imp._library_source(found[0])

    def get_filename(self, fullname=None):
        return self.path

    def is_package(self, fullname=None):
        return self.path.endswith("/__init__.py")

    def get_data(self, path):
        text = _imp._library_source(path)
        if text is None:
            raise OSError(2, "No such file or directory", path)
        return text.encode()


def _spec_of(name):
    found = _imp._library_find(name)
    if found is None:
        return None
    filename, is_package = found
    loader = LibraryLoader(name, filename)
    spec = _bootstrap.ModuleSpec(name, loader, origin=filename, is_package=is_package)
    spec._set_fileattr = True
    if is_package:
        spec.submodule_search_locations.append(filename.rpartition("/")[0])
    return spec


class LibraryFinder:
    """The path entry finder of the library's directories."""

    def __init__(self, path):
        if path != LIBRARY and not path.startswith(LIBRARY + "/"):
            raise ImportError("only for the library", path=path)
        self.path = path

    def __repr__(self):
        return f"LibraryFinder({self.path!r})"

    def find_spec(self, fullname, target=None):
        spec = _spec_of(fullname)
        if spec is None and _imp.is_builtin(fullname):
            return _bootstrap.spec_from_loader(fullname, _bootstrap.BuiltinImporter, origin="built-in")
        return spec

    def invalidate_caches(self):
        pass

    def iter_modules(self, prefix=""):
        """(name, is a package) of the modules in this directory."""
        package = self.path[len(LIBRARY) + 1:].replace("/", ".")
        package = package + "." if package else ""
        for name in sorted(_imp._library_names()):
            rest = name[len(package):]
            if name.startswith(package) and rest and "." not in rest:
                yield prefix + rest, _imp._library_find(name)[1]


class SourceLoader(_bootstrap_external.SourceFileLoader):
    """Compiles a file every time: there are no caches of code."""

    def get_code(self, fullname):
        path = self.get_filename(fullname)
        return self.source_to_code(self.get_data(path), path)

    def set_data(self, path, data, *, _mode=0o666):
        pass


SourceLoader.__name__ = SourceLoader.__qualname__ = "SourceFileLoader"
SourceLoader.__module__ = "importlib._bootstrap_external"


def _give_specs():
    for name, module in list(sys.modules.items()):
        spec = getattr(module, "__spec__", None)
        if spec is None or isinstance(spec, _bootstrap.ModuleSpec):
            continue
        new = _spec_of(name)
        if new is not None and spec.origin == "frozen":
            new.origin = "frozen"
            new._set_fileattr = False
        if new is None and spec.origin == "built-in":
            new = _bootstrap.spec_from_loader(name, _bootstrap.BuiltinImporter, origin="built-in")
        elif new is None and spec.origin:
            new = _bootstrap_external.spec_from_file_location(
                name, spec.origin, loader=SourceLoader(name, spec.origin),
                submodule_search_locations=spec.submodule_search_locations)
        if new is not None:
            module.__spec__ = new
            module.__loader__ = new.loader


def _zip_hook(path):
    """The path hook of zip archives; the module is imported with the first."""
    if ".zip" not in path and ".pyz" not in path and ".egg" not in path and ".whl" not in path:
        raise ImportError("not an archive", path=path)
    import zipimport
    return zipimport.zipimporter(path)


# What holds them all: the runtime borrows.
_standard = []


def _install():
    sys.modules.setdefault("_frozen_importlib", _bootstrap)
    sys.modules.setdefault("_frozen_importlib_external", _bootstrap_external)
    _bootstrap_external.SourceFileLoader = SourceLoader
    _bootstrap_external._set_bootstrap_module(_bootstrap)
    _bootstrap._bootstrap_external = _bootstrap_external
    details = SourceLoader, _bootstrap_external.SOURCE_SUFFIXES
    hooks = (LibraryFinder, _zip_hook, _bootstrap_external.FileFinder.path_hook(details))
    finders = (_bootstrap.BuiltinImporter, _bootstrap.FrozenImporter, _bootstrap_external.PathFinder)
    _standard.extend((hooks, finders))
    _imp._library_installed(finders, hooks)
    sys.path_hooks[:] = [*hooks, *sys.path_hooks]
    for finder in finders:
        if finder not in sys.meta_path:
            sys.meta_path.append(finder)
    _give_specs()


_install()
