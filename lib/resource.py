"""Use and limits of the process's resources. Limits can be read where the system shows them; none can be set."""
from collections import namedtuple as _namedtuple
import posix as _posix

error = OSError
RUSAGE_SELF, RUSAGE_CHILDREN, RUSAGE_THREAD = 0, -1, 1
RLIM_INFINITY = -1
(RLIMIT_CPU, RLIMIT_FSIZE, RLIMIT_DATA, RLIMIT_STACK, RLIMIT_CORE, RLIMIT_RSS, RLIMIT_NPROC, RLIMIT_NOFILE, RLIMIT_MEMLOCK,
 RLIMIT_AS) = range(10)
RLIMIT_OFILE, RLIMIT_SIGPENDING, RLIMIT_MSGQUEUE, RLIMIT_NICE, RLIMIT_RTPRIO, RLIMIT_RTTIME = 7, 11, 12, 13, 14, 15
_NAMES = ("Max cpu time", "Max file size", "Max data size", "Max stack size", "Max core file size", "Max resident set",
          "Max processes", "Max open files", "Max locked memory", "Max address space", "Max file locks", "Max pending signals",
          "Max msgqueue size", "Max nice priority", "Max realtime priority", "Max realtime timeout")

struct_rusage = _namedtuple(
    "struct_rusage", "ru_utime ru_stime ru_maxrss ru_ixrss ru_idrss ru_isrss ru_minflt ru_majflt ru_nswap ru_inblock "
    "ru_oublock ru_msgsnd ru_msgrcv ru_nsignals ru_nvcsw ru_nivcsw", module="resource")
struct_rusage.__repr__ = lambda self: "resource.struct_rusage(%s)" % ", ".join(
    f"{name}={value!r}" for name, value in zip(self._fields, self))


def getrusage(who, /):
    if who not in (RUSAGE_SELF, RUSAGE_CHILDREN, RUSAGE_THREAD):
        raise ValueError("invalid who parameter")
    if who == RUSAGE_CHILDREN:
        return struct_rusage(0.0, 0.0, *[0] * 14)
    user, system, maxrss, minflt, majflt, inblock, oublock, nvcsw, nivcsw = _posix._rusage()
    return struct_rusage(user / 1e6, system / 1e6, maxrss, 0, 0, 0, minflt, majflt, 0, inblock, oublock, 0, 0, 0, nvcsw, nivcsw)


def getrlimit(resource, /):
    if not 0 <= resource < len(_NAMES):
        raise ValueError("invalid resource specified")
    try:
        with open("/proc/self/limits") as lines:
            for line in lines:
                if line.startswith(_NAMES[resource] + " "):
                    soft, hard = line[len(_NAMES[resource]):].split()[:2]
                    return tuple(-1 if limit == "unlimited" else int(limit) for limit in (soft, hard))
    except OSError:
        pass
    return RLIM_INFINITY, RLIM_INFINITY


def setrlimit(resource, limits, /):
    if tuple(limits) != getrlimit(resource):
        raise ValueError("not allowed to raise or lower a limit: the heap's is the option --max-heap")


def getpagesize():
    return 4096
