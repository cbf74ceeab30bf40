"""Tracebacks on demand. There are no faults to handle: native code here is JavaScript, which does not crash the process."""
import sys
_enabled = "faulthandler" in sys._xoptions or sys.flags.dev_mode
if not sys.flags.ignore_environment and not _enabled:
    import posix
    _enabled = bool(posix.environ.get(b"PYTHONFAULTHANDLER"))


def _text(file):
    import sys
    file = sys.stderr if file is None else file
    if isinstance(file, int):
        import os
        return lambda text: os.write(file, text.encode())
    return file.write


def dump_traceback(file=None, all_threads=True):
    import sys
    write = _text(file)
    write("Current thread 0x0000000000000001 (most recent call first):\n" if all_threads else "Stack (most recent call first):\n")
    frame = sys._getframe(1)
    while frame is not None:
        write(f'  File "{frame.f_code.co_filename}", line {frame.f_lineno} in {frame.f_code.co_name}\n')
        frame = frame.f_back


def enable(file=None, all_threads=True):
    global _enabled
    _text(file)
    _enabled = True


def disable():
    global _enabled
    was, _enabled = _enabled, False
    return was


def is_enabled():
    return _enabled


def dump_traceback_later(timeout, repeat=False, file=None, exit=False):
    raise RuntimeError("there is no second thread that could watch the time")


def cancel_dump_traceback_later():
    pass


def register(signum, file=None, all_threads=True, chain=False):
    import signal
    signal.signal(signum, lambda number, frame: dump_traceback(file, all_threads))


def unregister(signum):
    import signal
    return signal.signal(signum, signal.SIG_DFL) not in (signal.SIG_DFL, signal.SIG_IGN)
