"""A simple database: the values in NAME.dat in blocks, and NAME.dir says where each key's value stands."""
import ast as _ast
import collections.abc
import io as _io
import os as _os

__all__ = ["error", "open"]
error = OSError
_BLOCK = 512


class _Database(collections.abc.MutableMapping):
    _index = None

    def __init__(self, filename, mode, flag):
        filename = _os.fsencode(filename)
        self._mode = mode
        self._readonly = flag == "r"
        self._dirfile = filename + b".dir"
        self._datfile = filename + b".dat"
        self._bakfile = filename + b".bak"
        if flag == "n":
            for path in (self._datfile, self._bakfile, self._dirfile):
                try:
                    _os.remove(path)
                except OSError:
                    pass
        if not _os.path.exists(self._datfile):
            if flag not in ("c", "n"):
                raise FileNotFoundError(2, "No such file or directory", _os.fsdecode(self._datfile))
            with _io.open(self._datfile, "wb"):
                pass
        self._index = {}
        self._changed = flag in ("c", "n") and not _os.path.exists(self._dirfile)
        self._read()

    def _read(self):
        try:
            lines = _io.open(self._dirfile, encoding="latin-1")
        except OSError:
            return
        with lines:
            for line in lines:
                key, place = _ast.literal_eval(line.rstrip())
                self._index[key.encode("latin-1")] = place

    def _check(self, write=False):
        if self._index is None:
            raise error("DBM object has already been closed")
        if write and self._readonly:
            raise error("The database is opened for reading only")

    def sync(self):
        if self._index is None or not self._changed:
            return
        try:
            _os.unlink(self._bakfile)
        except OSError:
            pass
        try:
            _os.rename(self._dirfile, self._bakfile)
        except OSError:
            pass
        with _io.open(self._dirfile, "w", encoding="latin-1") as f:
            for key, place in self._index.items():
                f.write(f"{key.decode('latin-1')!r}, {place!r}\n")
        self._changed = False

    @staticmethod
    def _bytes(value, what="values"):
        if isinstance(value, str):
            return value.encode("utf-8")
        if not isinstance(value, (bytes, bytearray)):
            raise TypeError(f"{what} must be bytes or strings")
        return bytes(value)

    def __getitem__(self, key):
        self._check()
        at, size = self._index[self._bytes(key, "keys")]
        with _io.open(self._datfile, "rb") as f:
            f.seek(at)
            return f.read(size)

    def __setitem__(self, key, value):
        self._check(write=True)
        key, value = self._bytes(key, "keys"), self._bytes(value)
        self._changed = True
        at, size = self._index.get(key, (None, 0))
        with _io.open(self._datfile, "rb+") as f:
            if at is None or -(-len(value) // _BLOCK) > -(-size // _BLOCK):
                end = f.seek(0, 2)
                at = -(-end // _BLOCK) * _BLOCK
                f.write(b"\0" * (at - end))
            f.seek(at)
            f.write(value)
        self._index[key] = (at, len(value))

    def __delitem__(self, key):
        self._check(write=True)
        self._changed = True
        del self._index[self._bytes(key, "keys")]
        self.sync()

    def keys(self):
        self._check()
        return list(self._index)

    def items(self):
        self._check()
        return [(key, self[key]) for key in self._index]

    def __contains__(self, key):
        self._check()
        return self._bytes(key, "keys") in self._index

    def __iter__(self):
        self._check()
        return iter(self._index)

    def __len__(self):
        self._check()
        return len(self._index)

    def close(self):
        try:
            self.sync()
        finally:
            self._index = None

    def __del__(self):
        if self._index is not None:
            self.close()

    def __enter__(self):
        return self

    def __exit__(self, *args):
        self.close()


def open(file, flag="c", mode=0o666):
    if flag not in ("r", "w", "c", "n"):
        raise ValueError("Flag must be one of 'r', 'w', 'c', or 'n'")
    return _Database(file, mode, flag=flag)
