"""Runs programs under CPython for fuzz.mjs: each line of stdin is JSON {"id", "source"}, each answer a line {"id", "stdout", "status"}.
Each program runs in a process of its own, forked from this one, and is ended after some seconds."""

import gc
import json
import os
import resource
import signal
import sys

SECONDS = 10
BYTES = 1 << 30


def child(source, out):
    os.dup2(out, 1)
    os.dup2(os.open(os.devnull, os.O_WRONLY), 2)
    signal.alarm(SECONDS)
    resource.setrlimit(resource.RLIMIT_AS, (BYTES, BYTES))
    main = type(sys)("__main__")
    sys.modules["__main__"] = main
    sys.stdout = open(1, "w", encoding="utf-8", closefd=False)
    status = 0
    gc.collect()
    try:
        exec(compile(source, "<string>", "exec"), main.__dict__)
    except BaseException:
        sys.excepthook(*sys.exc_info())
        status = 1
    sys.stdout.flush()
    os._exit(status)


def run(source):
    reader, writer = os.pipe()
    pid = os.fork()
    if pid == 0:
        child(source, writer)
    os.close(writer)
    with open(reader, "rb") as stream:
        text = stream.read().decode()
    return text, os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])


for line in sys.stdin:
    task = json.loads(line)
    text, status = run(task["source"])
    print(json.dumps({"id": task["id"], "stdout": text, "status": status}), flush=True)
