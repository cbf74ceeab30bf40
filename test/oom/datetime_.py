# _datetime: making, adding, comparing, formatting, parsing and pickling of all types.
from datetime import date, datetime, time, timedelta, timezone, tzinfo


class Zone(tzinfo):
    def utcoffset(self, dt):
        return timedelta(hours=2)

    def dst(self, dt):
        return timedelta(hours=1)

    def tzname(self, dt):
        return "zone%"


class Sub(datetime):
    pass


def work():
    z = Zone()
    a = datetime(2020, 2, 29, 12, 30, 15, 250, tzinfo=timezone.utc)
    b = a.astimezone(z)
    s = Sub(2020, 1, 1)
    d = timedelta(days=1.5, hours=3, microseconds=7)
    out = [a, str(b), b == a, hash(a) == hash(b), b - a, a + d, s + d, s.replace(hour=5), d * 3, d / 7, d // timedelta(1), divmod(d, timedelta(hours=1)), -d, str(d), d.total_seconds()]
    out += [a.strftime("%Y-%m-%d %z %Z %f"), b.strftime("%Z %z"), a.isoformat(" ", "minutes"), a.isocalendar(), a.timetuple()[:6], a.utctimetuple()[3], a.timestamp(), a.date(), a.timetz()]
    out += [datetime.fromisoformat("2020-01-01T10:00:00.5+01:30"), date.fromisoformat("2020-W05-3"), time.fromisoformat("10:20Z"), datetime.combine(date(1, 2, 3), time(4, 5)), datetime.fromtimestamp(1e9, z).hour]
    out += [datetime(*a.__reduce__()[1]), time(1, 2, tzinfo=z) < time(1, 2, tzinfo=timezone.utc), date(2020, 1, 1) + d, date.fromordinal(5).isoformat(), timezone(timedelta(hours=-3), "name").tzname(None)]
    for bad in (lambda: a < datetime(1, 1, 1), lambda: date(1, 13, 1), lambda: datetime.max + d, lambda: datetime.fromisoformat("x"), lambda: timezone(timedelta(2)), lambda: time("a")):
        try:
            out.append(bad())
        except (TypeError, ValueError, OverflowError) as e:
            out.append(f"{type(e).__name__} {e}")
    return [repr(o).split(" at ")[0] for o in out]


for line in work():
    print(line)
