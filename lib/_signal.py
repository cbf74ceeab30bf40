"""Handlers of signals. The host delivers none but Ctrl-C, which raises KeyboardInterrupt; raise_signal calls handlers."""
SIG_DFL = 0
SIG_IGN = 1
SIG_BLOCK, SIG_UNBLOCK, SIG_SETMASK = 0, 1, 2
NSIG = 65
_NUMBERS = (
    "SIGHUP=1 SIGINT=2 SIGQUIT=3 SIGILL=4 SIGTRAP=5 SIGABRT=6 SIGIOT=6 SIGBUS=7 SIGFPE=8 SIGKILL=9 SIGUSR1=10 SIGSEGV=11 "
    "SIGUSR2=12 SIGPIPE=13 SIGALRM=14 SIGTERM=15 SIGSTKFLT=16 SIGCHLD=17 SIGCLD=17 SIGCONT=18 SIGSTOP=19 SIGTSTP=20 "
    "SIGTTIN=21 SIGTTOU=22 SIGURG=23 SIGXCPU=24 SIGXFSZ=25 SIGVTALRM=26 SIGPROF=27 SIGWINCH=28 SIGIO=29 SIGPOLL=29 "
    "SIGPWR=30 SIGSYS=31 SIGRTMIN=34 SIGRTMAX=64"
)
for _entry in _NUMBERS.split():
    _name, _, _value = _entry.partition("=")
    globals()[_name] = int(_value)
del _entry, _name, _value


def default_int_handler(signalnum, frame, /):
    raise KeyboardInterrupt


_handlers = {2: default_int_handler, 13: SIG_IGN, 25: SIG_IGN}


def _check(signalnum):
    if not 1 <= signalnum < NSIG:
        raise ValueError("signal number out of range")
    return int(signalnum)


def signal(signalnum, handler, /):
    signalnum = _check(signalnum)
    if not callable(handler) and handler not in (SIG_DFL, SIG_IGN):
        raise TypeError("signal handler must be signal.SIG_IGN, signal.SIG_DFL, or a callable object")
    if signalnum in (9, 19):
        raise OSError(22, "Invalid argument")
    old = _handlers.get(signalnum, SIG_DFL)
    _handlers[signalnum] = handler
    return old


def getsignal(signalnum, /):
    return _handlers.get(_check(signalnum), SIG_DFL)


def raise_signal(signalnum, /):
    import sys
    handler = getsignal(signalnum)
    if callable(handler):
        handler(int(signalnum), sys._getframe(1))
    elif handler == SIG_DFL and signalnum not in (17, 18, 23, 28):
        raise SystemExit(128 + int(signalnum))


def strsignal(signalnum, /):
    return {1: "Hangup", 2: "Interrupt", 3: "Quit", 6: "Aborted", 9: "Killed", 11: "Segmentation fault", 13: "Broken pipe",
            14: "Alarm clock", 15: "Terminated"}.get(_check(signalnum))


def valid_signals():
    return {n for n in range(1, NSIG) if n not in (32, 33)}


def set_wakeup_fd(fd, /, *, warn_on_full_buffer=True):
    return -1
