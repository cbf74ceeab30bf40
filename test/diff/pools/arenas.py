# Arenas: taken when pools run out, given back when empty; seen through _debugmallocstats' totals.
import gc
import os
import re
import sys
import tempfile

gc.disable()


def stats():
    with tempfile.TemporaryFile() as file:
        saved = os.dup(2)
        os.dup2(file.fileno(), 2)
        try:
            sys._debugmallocstats()
        finally:
            os.dup2(saved, 2)
            os.close(saved)
        file.seek(0)
        text = file.read().decode()
    number = lambda name: int(re.search(rf"^# {name} +=? *([\d,]+)$", text, re.M)[1].replace(",", ""))
    return {name: number(name) for name in ("arenas allocated total", "arenas reclaimed", "arenas highwater mark", "arenas allocated current")}


stats()
base = stats()
print("sums", base["arenas allocated total"] - base["arenas reclaimed"] == base["arenas allocated current"], base["arenas highwater mark"] >= base["arenas allocated current"])
held = [bytes(450) for _ in range(20000)]
grown = stats()
need = 20000 // (16336 // 496) // 64
print("grown by about", need, need - 1 <= grown["arenas allocated current"] - base["arenas allocated current"] <= need + 2)
print("total follows", grown["arenas allocated total"] - base["arenas allocated total"] == grown["arenas allocated current"] - base["arenas allocated current"])
held = None
shrunk = stats()
print("given back", shrunk["arenas allocated current"] - base["arenas allocated current"] <= 1, shrunk["arenas reclaimed"] - base["arenas reclaimed"] >= need - 2)
print("high water stays", shrunk["arenas highwater mark"] == max(grown["arenas highwater mark"], base["arenas highwater mark"]))
held = [bytes(450) for _ in range(20000)]
again = stats()
print("taken again", again["arenas allocated current"] == grown["arenas allocated current"] or abs(again["arenas allocated current"] - grown["arenas allocated current"]) <= 1)
keep = held[::700]
held = None
pinned = stats()
print("a few survivors pin arenas", pinned["arenas allocated current"] - base["arenas allocated current"] >= need - 3)
keep = None
print("freed", stats()["arenas allocated current"] - base["arenas allocated current"] <= 1)
big = [bytes(100000) for _ in range(50)]
print("large blocks need no arena", stats()["arenas allocated current"] - base["arenas allocated current"] <= 1)
