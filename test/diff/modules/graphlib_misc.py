# graphlib, string.Template's kin, numbers, keyword, sched on a virtual clock, html, urllib.parse, ipaddress-free parsing.
import graphlib
import html
import numbers
import sched
import urllib.parse as up

ts = graphlib.TopologicalSorter({"d": {"b", "c"}, "b": {"a"}, "c": {"a"}})
print(tuple(ts.static_order())[0], tuple(graphlib.TopologicalSorter({2: [1], 3: [2]}).static_order()))
ts = graphlib.TopologicalSorter({"d": {"b", "c"}, "b": {"a"}, "c": {"a"}})
ts.prepare()
while ts.is_active():
    ready = sorted(ts.get_ready())
    print(ready)
    ts.done(*ready)
try:
    tuple(graphlib.TopologicalSorter({1: [2], 2: [1]}).static_order())
except graphlib.CycleError as e:
    print(e.args[0])
print(html.escape("<a href='x'>\"&</a>"), html.unescape("&lt;&eacute;&#65;&#x42;&amp;"), isinstance(1, numbers.Integral), isinstance(1.5, numbers.Real), issubclass(complex, numbers.Complex), isinstance(True, numbers.Number))
now = [0.0]
s = sched.scheduler(lambda: now[0], lambda d: now.__setitem__(0, now[0] + d))
out = []
s.enter(5, 1, out.append, ("five",))
s.enter(1, 2, out.append, ("one b",))
ev = s.enter(3, 1, out.append, ("cancelled",))
s.enter(1, 1, out.append, argument=("one a",))
s.cancel(ev)
print(len(s.queue), s.run(), out, now, s.empty())
u = up.urlparse("https://user:pw@host.com:8080/p/a;x?q=1&r=a%20b&q=2#frag")
print(u, u.hostname, u.port, u.username, up.parse_qs(u.query), up.parse_qsl("a=1&b="), up.urlencode({"k": "a b", "l": [1, 2]}, doseq=True), up.quote("a b/é?"), up.unquote("%C3%A9+x"), up.quote_plus("a b&c"), up.unquote_plus("a+b"), up.urljoin("http://a/b/c", "../d"), up.urlunparse(u) == u.geturl(), up.urlsplit("//host/path").netloc)
import secrets, getpass, platform, locale
print(platform.python_implementation(), platform.python_version_tuple()[:2], locale.localeconv()["decimal_point"])
from string import Formatter
print([f for _, f, _, _ in Formatter().parse("a {x} b {y!r:>5}") if f])
