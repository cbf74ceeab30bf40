# datetime: dates, times, deltas, formatting and parsing, zones, arithmetic, errors.
from datetime import date, datetime, time, timedelta, timezone

d = date(2024, 2, 28)
print(d, repr(d), d.year, d.weekday(), d.isoweekday(), d.isocalendar(), d.toordinal(), d + timedelta(days=2), d - date(2023, 2, 28), d.replace(month=12), d.strftime("%Y/%m/%d %a %A %b %B %j %y %U %w"), date.fromisoformat("2024-05-06"), date.fromordinal(738000), d < date(2025, 1, 1), hash(d) == hash(date(2024, 2, 28)), date.min, date.max, d.timetuple()[:3], d.ctime(), date.fromisocalendar(2024, 1, 1), f"{d:%d.%m.%Y}")
t = datetime(2024, 5, 17, 13, 45, 30, 123456)
print(t, repr(t), t.date(), t.time(), t.isoformat(), t.isoformat(" ", "minutes"), t.replace(hour=1), t + timedelta(hours=12, minutes=20), t.strftime("%H:%M:%S.%f %I %p %%"), datetime.fromisoformat("2024-05-17T13:45:30.5"), datetime.strptime("17/05/24 09:08", "%d/%m/%y %H:%M"), datetime.combine(d, time(5)), t.timetuple().tm_yday, datetime(2024, 1, 1) == datetime(2024, 1, 1), datetime.min, t.fold, datetime.fromisoformat("20240517T134530"))
td = timedelta(days=1, hours=25, minutes=61, seconds=61, milliseconds=1500, microseconds=7)
print(td, repr(td), td.days, td.seconds, td.microseconds, td.total_seconds(), td * 2, td / 2, td // timedelta(hours=1), td % timedelta(hours=1), -td, abs(timedelta(-1)), timedelta(0.5), timedelta(weeks=1), td > timedelta(1), bool(timedelta()), divmod(td, timedelta(days=1)), timedelta(hours=-1), str(timedelta(days=-2, hours=5)), sum([timedelta(1), timedelta(2)], timedelta()), timedelta(1) / timedelta(hours=6), timedelta.max)
x = time(9, 5, 7, 1000)
print(x, repr(x), x.isoformat("seconds"), x.replace(minute=30), time.fromisoformat("04:23:01"), x < time(10), x.strftime("%H-%M"), time(), time.max, bool(time(0)))
u = timezone.utc
z = timezone(timedelta(hours=5, minutes=30), "IST")
a = datetime(2024, 1, 1, 12, tzinfo=u)
print(a, a.astimezone(z), a.timestamp(), datetime.fromtimestamp(0, u), z, repr(z), a.utcoffset(), a.tzname(), a.astimezone(z) == a, datetime(2024, 1, 1, tzinfo=z) - a, datetime.fromisoformat("2024-01-01T00:00:00+02:00"), a.isoformat(), a.strftime("%z %Z"), timezone(timedelta(hours=-3)), datetime.fromtimestamp(1e9, z), hash(a) == hash(a.astimezone(z)), a.replace(tzinfo=None))
for bad in (lambda: date(2023, 2, 29), lambda: date(0, 1, 1), lambda: datetime(2024, 13, 1), lambda: time(25), lambda: date.fromisoformat("2024-1-1"), lambda: datetime.strptime("x", "%Y"), lambda: datetime.strptime("2024 extra", "%Y"), lambda: d - 5, lambda: d + d, lambda: a < datetime(2024, 1, 1), lambda: d < t, lambda: date.max + timedelta(1), lambda: timedelta(days=10**10), lambda: timezone(5), lambda: timezone(timedelta(days=2)), lambda: timedelta("x"), lambda: td / 0, lambda: a - datetime(2024, 1, 1), lambda: date("x"), lambda: t.replace(hour=99), lambda: datetime(2024, 1, 1, tzinfo=5), lambda: td < 5):
    try:
        print(bad())
    except Exception as e:
        print(type(e).__name__, e)
days = [date(2024, 1, 1) + timedelta(days=i) for i in range(0, 366, 61)]
print([f"{x:%b %d}" for x in days], sorted(days, reverse=True)[0], max(days) - min(days))


class MyDate(date):
    def quarter(self):
        return (self.month - 1) // 3 + 1


m = MyDate(2024, 8, 1)
print(m.quarter(), type(m + timedelta(1)).__name__, m, type(m.replace(day=2)).__name__, m == date(2024, 8, 1))
import calendar
print(calendar.monthrange(2024, 2), calendar.isleap(2100), calendar.month_name[5], calendar.month(2024, 2))
