# Runs while V8's code of the library is made: what is imported and called here is compiled beforehand.
import importlib

for name in """abc argparse ast asyncio base64 bisect calendar cmath codecs collections collections.abc colorsys concurrent.futures
configparser contextlib contextvars copy csv dataclasses datetime decimal difflib dis email.message enum fileinput fnmatch
fractions ftplib functools getopt gettext glob graphlib gzip hashlib heapq hmac html html.parser http importlib.util inspect io
ipaddress itertools json keyword linecache locale logging math mimetypes numbers operator optparse os pathlib pdb pickle
pkgutil platform pprint queue random re reprlib sched secrets selectors shelve shlex shutil signal socket statistics string
struct subprocess sys tempfile textwrap threading time timeit tokenize traceback tracemalloc types typing unittest
unittest.mock urllib.parse urllib.request uuid warnings weakref xml.etree.ElementTree zipfile zlib zoneinfo""".split():
    try:
        importlib.import_module(name)
    except ImportError:
        pass

import argparse
import asyncio
import collections
import contextlib
import copy
import dataclasses
import enum
import functools
import io
import json
import logging
import random
import re
import statistics
import string
import textwrap
import traceback
import tracemalloc
import typing
import unittest
import weakref


@dataclasses.dataclass(order=True, frozen=True)
class Point:
    x: int
    y: float = 0.0
    tags: list = dataclasses.field(default_factory=list, compare=False)


class Color(enum.Enum):
    RED = enum.auto()
    GREEN = "green"


class Flags(enum.IntFlag):
    A = 1
    B = 2


class Named(typing.NamedTuple):
    left: int
    right: str = ""


T = typing.TypeVar("T")


class Box(typing.Generic[T]):
    def get(self) -> typing.Optional[T]:
        return None


class Test(unittest.TestCase):
    def test_one(self):
        self.assertEqual(1, 1)
        with self.assertRaises(ValueError):
            int("x")


tracemalloc.start(3)
before = tracemalloc.take_snapshot()
repr((Point(1), dataclasses.asdict(Point(2)), dataclasses.replace(Point(3), y=1.5), Point(1) < Point(2)))
repr((Color("green"), list(Color), Flags.A | Flags.B, Color["RED"].name))
repr((Named(1), Named(1)._replace(right="x"), collections.namedtuple("P", "a b")(1, 2), Box[int]))
repr(collections.Counter("abracadabra").most_common(2))
repr((collections.OrderedDict(a=1), collections.defaultdict(list, a=[1]), collections.ChainMap({}, {"a": 1})))
json.loads(json.dumps({"a": [1, 2.5, None, True, "x"]}, indent=2, sort_keys=True))
re.sub(r"(\w+)\s*=\s*(?P<value>[^,;]+)[,;]?|#.*$", r"\2", "a = 1, b=2; # c", flags=re.M | re.I)
re.findall(r"^[a-z]{2,3}?(?:x|y)*(?=z)(?!q)\d+$", "abxz12")
copy.deepcopy({"a": [1, {2}, (3, [4])]})
textwrap.fill("some words to be filled into lines " * 4, 40)
string.Template("$a ${b}").substitute(a=1, b=2)
statistics.mean([1, 2, 3.5]), statistics.stdev([1, 2, 3.5]), statistics.median([1, 2, 3])
random.Random(1).sample(range(10), 3), random.Random(1).shuffle([1, 2, 3]), random.Random(1).gauss(0, 1)
weakref.WeakValueDictionary(), weakref.WeakSet(), weakref.finalize(Box(), print)


@functools.lru_cache(maxsize=None)
def cached(n):
    return n


@functools.singledispatch
def dispatched(x):
    return x


@contextlib.contextmanager
def managed():
    yield 1


with managed(), contextlib.suppress(KeyError), contextlib.redirect_stdout(io.StringIO()), contextlib.ExitStack() as stack:
    stack.callback(cached, 1)
    dispatched(cached(1))
    functools.partial(cached, 1)()
    functools.reduce(lambda a, b: a + b, [1, 2])
    raise KeyError(1)

parser = argparse.ArgumentParser(description="words")
parser.add_argument("name")
parser.add_argument("-n", "--number", type=int, default=1, help="a number")
parser.add_argument("--flag", action="store_true")
parser.parse_args(["x", "-n", "2", "--flag"])
parser.format_help()

log = logging.getLogger("warmup")
logging.basicConfig(stream=io.StringIO(), level=logging.INFO, format="%(levelname)s %(name)s %(message)s")
log.info("a %s", "message")


async def waits():
    await asyncio.sleep(0)
    return await asyncio.gather(asyncio.sleep(0, 1), asyncio.sleep(0, 2))


asyncio.run(waits())
unittest.TextTestRunner(stream=io.StringIO()).run(unittest.TestLoader().loadTestsFromTestCase(Test))
try:
    raise ValueError("x") from KeyError("y")
except ValueError:
    traceback.format_exc()
after = tracemalloc.take_snapshot()
for statistic in after.compare_to(before, "lineno")[:3] + after.statistics("traceback")[:1]:
    str(statistic)
    statistic.traceback.format()
tracemalloc.stop()
