"""What sysconfig says of the build: the facts that programs ask for."""

build_time_vars = {
    "EXT_SUFFIX": ".cpython-313-x86_64-linux-gnu.so",
    "EXE": "",
    "MULTIARCH": "x86_64-linux-gnu",
    "Py_DEBUG": 0,
    "Py_ENABLE_SHARED": 0,
    "Py_GIL_DISABLED": 0,
    "SIZEOF_VOID_P": 8,
    "SOABI": "cpython-313-x86_64-linux-gnu",
    "VERSION": "3.13",
    "WITH_PYMALLOC": 1,
    "WITH_DOC_STRINGS": 1,
}
