"""What sysconfig tells of the build."""
import sys as _sys

build_time_vars = {
    "prefix": _sys.prefix, "exec_prefix": _sys.exec_prefix, "VERSION": "3.13", "py_version_short": "3.13", "ABIFLAGS": "",
    "EXT_SUFFIX": ".glassheap-313.so", "SOABI": "glassheap-313", "Py_DEBUG": 0, "Py_ENABLE_SHARED": 0, "Py_GIL_DISABLED": 0,
    "WITH_PYMALLOC": 1, "SIZEOF_VOID_P": 8, "SIZEOF_LONG": 8, "SIZEOF_SIZE_T": 8, "HAVE_FORK": 0, "MULTIARCH": "x86_64-linux-gnu",
    "TZPATH": "/usr/share/zoneinfo:/usr/lib/zoneinfo:/usr/share/lib/zoneinfo:/etc/zoneinfo", "CONFIG_ARGS": "", "CC": "", "AR": "",
    "CFLAGS": "", "LDFLAGS": "",
}
