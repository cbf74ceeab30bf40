"""Databases of bytes by bytes in files. There is one kind, dbm.dumb."""
import io as _io
import os as _os

__all__ = ["open", "whichdb", "error"]


class error(Exception):
    pass


error = (error, OSError)
_modules = {}


def open(file, flag="r", mode=0o666):
    if flag not in ("r", "w", "c", "n"):
        raise error[0](f"Flag must be one of 'r', 'w', 'c', or 'n'")
    found = whichdb(file) if flag != "n" else None
    if found is None and flag not in ("c", "n"):
        raise error[0]("db file doesn't exist; use 'c' or 'n' flag to create a new db")
    if found not in (None, "dbm.dumb"):
        raise error[0]("db type could not be determined" if found == "" else f"db type is {found}, but the module is not available")
    from . import dumb
    return dumb.open(file, flag, mode)


def whichdb(filename):
    """The kind of a database: None if there is none, "" if it is not known."""
    filename = _os.fsencode(filename)
    try:
        size = _os.stat(filename + b".dir").st_size
        _os.stat(filename + b".dat")
        if size == 0:
            return "dbm.dumb"
        with _io.open(filename + b".dir", "rb") as f:
            if f.read(1) in (b"'", b'"'):
                return "dbm.dumb"
    except OSError:
        pass
    try:
        with _io.open(filename, "rb") as f:
            head = f.read(16)
    except OSError:
        return None
    return "dbm.sqlite3" if head == b"SQLite format 3\0" else ""
