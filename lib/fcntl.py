"""Locks on files, for one process: they are always had. Other operations are not there."""
LOCK_SH, LOCK_EX, LOCK_NB, LOCK_UN = 1, 2, 4, 8
F_DUPFD, F_GETFD, F_SETFD, F_GETFL, F_SETFL, F_GETLK, F_SETLK, F_SETLKW = range(8)
F_RDLCK, F_WRLCK, F_UNLCK, FD_CLOEXEC, F_DUPFD_CLOEXEC = 0, 1, 2, 1, 1030


def _fd(file):
    import os
    fd = file if isinstance(file, int) else file.fileno()
    os.fstat(fd)
    return fd


def flock(fd, operation, /):
    _fd(fd)


def lockf(fd, cmd, len=0, start=0, whence=0, /):
    _fd(fd)
    if not cmd & (LOCK_SH | LOCK_EX | LOCK_UN):
        raise ValueError("unrecognized lockf argument")


def fcntl(fd, cmd, arg=0, /):
    fd = _fd(fd)
    if cmd == F_GETFD:
        return FD_CLOEXEC
    if cmd in (F_SETFD, F_SETLK, F_SETLKW):
        return 0
    if cmd in (F_DUPFD, F_DUPFD_CLOEXEC):
        import os
        return os.dup(fd)
    raise OSError(22, "Invalid argument")


def ioctl(fd, request, arg=0, mutate_flag=True, /):
    _fd(fd)
    raise OSError(25, "Inappropriate ioctl for device")
