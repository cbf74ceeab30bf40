"""Groups: the entries of /etc/group."""
from collections import namedtuple as _namedtuple

struct_group = _namedtuple("struct_group", "gr_name gr_passwd gr_gid gr_mem", module="grp")
struct_group.__repr__ = lambda self: "grp.struct_group(%s)" % ", ".join(
    f"{name}={value!r}" for name, value in zip(self._fields, self))


def getgrall():
    entries = []
    try:
        with open("/etc/group", encoding="utf-8", errors="surrogateescape") as lines:
            for line in lines:
                fields = line.rstrip("\n").split(":")
                if len(fields) == 4 and fields[2].isdecimal():
                    fields[2] = int(fields[2])
                    fields[3] = [member for member in fields[3].split(",") if member]
                    entries.append(struct_group(*fields))
    except OSError:
        pass
    return entries


def getgrnam(name):
    for entry in getgrall():
        if entry.gr_name == name:
            return entry
    raise KeyError(f"getgrnam(): name not found: {name!r}")


def getgrgid(id):
    for entry in getgrall():
        if entry.gr_gid == id:
            return entry
    raise KeyError(f"getgrgid(): gid not found: {id}")
