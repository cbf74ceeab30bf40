"""Users: the entries of /etc/passwd."""
from collections import namedtuple as _namedtuple

struct_passwd = _namedtuple("struct_passwd", "pw_name pw_passwd pw_uid pw_gid pw_gecos pw_dir pw_shell", module="pwd")
struct_passwd.__repr__ = lambda self: "pwd.struct_passwd(%s)" % ", ".join(
    f"{name}={value!r}" for name, value in zip(self._fields, self))


def getpwall():
    entries = []
    try:
        with open("/etc/passwd", encoding="utf-8", errors="surrogateescape") as lines:
            for line in lines:
                fields = line.rstrip("\n").split(":")
                if len(fields) == 7 and fields[2].isdecimal():
                    fields[2:4] = int(fields[2]), int(fields[3])
                    entries.append(struct_passwd(*fields))
    except OSError:
        pass
    return entries


def getpwnam(name, /):
    for entry in getpwall():
        if entry.pw_name == name:
            return entry
    raise KeyError(f"getpwnam(): name not found: {name!r}")


def getpwuid(uid, /):
    for entry in getpwall():
        if entry.pw_uid == uid:
            return entry
    raise KeyError(f"getpwuid(): uid not found: {uid}")
