"""Waiting for descriptors: the sockets of this process (see _socket), and files, which are always ready."""
import time as _time

error = OSError
EPOLLIN = POLLIN = 1
POLLPRI, POLLOUT, POLLERR, POLLHUP, POLLNVAL = 2, 4, 8, 16, 32
POLLRDNORM, POLLRDBAND, POLLWRNORM, POLLWRBAND, POLLMSG, POLLRDHUP = 64, 128, 256, 512, 1024, 8192
PIPE_BUF = 4096
_STEP = 0.005


def _fileno(obj):
    if isinstance(obj, int):
        fd = obj
    else:
        method = getattr(obj, "fileno", None)
        if method is None:
            raise TypeError("argument must be an int, or have a fileno() method.")
        fd = method()
        if not isinstance(fd, int):
            raise TypeError("fileno() returned a non-integer")
    if fd < 0:
        raise ValueError(f"file descriptor cannot be a negative integer ({fd})")
    return fd


def _ready(fd, events):
    import _socket
    sock = _socket._open_sockets.get(fd)
    if sock is None:
        import posix as os
        try:
            os.fstat(fd)
        except OSError:
            return POLLNVAL
        return events & POLLOUT | (events & POLLIN if os._readable(fd) else 0)
    return (POLLIN if events & POLLIN and sock._readable() else 0) | (POLLOUT if events & POLLOUT and sock._writable() else 0)


def _wait(look, timeout):
    """Looks until something is there or the time (seconds, None: no limit) is over."""
    end = None if timeout is None else _time.monotonic() + timeout
    while True:
        found = look()
        if found:
            return found
        left = _STEP if end is None else end - _time.monotonic()
        if left <= 0:
            return found
        # Only this thread could make a socket ready: nothing will, so the whole time is slept.
        _time.sleep(left if end is not None else 3600)


def select(rlist, wlist, xlist, timeout=None, /):
    if timeout is not None and timeout < 0:
        raise ValueError("timeout must be non-negative")
    readers = [(obj, _fileno(obj)) for obj in rlist]
    writers = [(obj, _fileno(obj)) for obj in wlist]
    for obj in xlist:
        _fileno(obj)

    def look():
        for _, fd in readers + writers:
            if _ready(fd, POLLIN) & POLLNVAL:
                raise OSError(9, "Bad file descriptor")
        r = [obj for obj, fd in readers if _ready(fd, POLLIN) & POLLIN]
        w = [obj for obj, fd in writers if _ready(fd, POLLOUT) & POLLOUT]
        return (r, w) if r or w else None

    r, w = _wait(look, timeout) or ([], [])
    return r, w, []


class poll:
    def __init__(self):
        self._events = {}

    def register(self, fd, eventmask=POLLIN | POLLPRI | POLLOUT, /):
        self._events[_fileno(fd)] = eventmask

    def modify(self, fd, eventmask, /):
        fd = _fileno(fd)
        if fd not in self._events:
            raise FileNotFoundError(2, "No such file or directory")
        self._events[fd] = eventmask

    def unregister(self, fd, /):
        del self._events[_fileno(fd)]

    def poll(self, timeout=None, /):
        def look():
            return [(fd, bits) for fd, events in self._events.items() if (bits := _ready(fd, events))]

        return _wait(look, None if timeout is None or timeout < 0 else timeout / 1000)
