"""The locale C.UTF-8, the only one there is."""
LC_CTYPE, LC_NUMERIC, LC_TIME, LC_COLLATE, LC_MONETARY, LC_MESSAGES, LC_ALL = range(7)
CHAR_MAX = 127
Error = type("Error", (Exception,), {"__module__": "locale"})
_KNOWN = {"", "C", "POSIX", "C.UTF-8", "C.utf8"}
_current = {category: "C" for category in range(6)}
_current[LC_CTYPE] = "C.UTF-8"

CODESET = 14
RADIXCHAR, THOUSEP, CRNCYSTR, YESEXPR, NOEXPR = 65536, 65537, 262159, 327680, 327681
D_T_FMT, D_FMT, T_FMT, T_FMT_AMPM, AM_STR, PM_STR = 131112, 131113, 131114, 131115, 131110, 131111
ERA, ERA_D_FMT, ALT_DIGITS, ERA_D_T_FMT, ERA_T_FMT, _DATE_FMT = 131116, 131118, 131119, 131120, 131121, 131180
_texts = {CODESET: "UTF-8", RADIXCHAR: ".", THOUSEP: "", CRNCYSTR: "-", YESEXPR: "^[yY]", NOEXPR: "^[nN]",
          D_T_FMT: "%a %b %e %H:%M:%S %Y", D_FMT: "%m/%d/%y", T_FMT: "%H:%M:%S", T_FMT_AMPM: "%I:%M:%S %p", AM_STR: "AM",
          PM_STR: "PM", ERA: "", ERA_D_FMT: "", ALT_DIGITS: "", ERA_D_T_FMT: "", ERA_T_FMT: "",
          _DATE_FMT: "%a %b %e %H:%M:%S %Z %Y"}


def _number_names(prefix, first, names, short):
    for i, name in enumerate(names.split()):
        globals()[f"{prefix}_{i + 1}"] = first + i
        _texts[first + i] = name[:3] if short else name


_days = "Sunday Monday Tuesday Wednesday Thursday Friday Saturday"
_months = "January February March April May June July August September October November December"
_number_names("ABDAY", 131072, _days, True)
_number_names("DAY", 131079, _days, False)
_number_names("ABMON", 131086, _months, True)
_number_names("MON", 131098, _months, False)


def setlocale(category, locale=None, /):
    if not 0 <= category <= 6:
        raise Error("invalid locale category")
    if locale is None:
        return _name(category)
    if locale not in _KNOWN:
        parts = dict(part.split("=", 1) for part in locale.split(";") if "=" in part)
        if not parts or category != LC_ALL or not set(parts.values()) <= _KNOWN:
            raise Error("unsupported locale setting")
        names = ("LC_CTYPE", "LC_NUMERIC", "LC_TIME", "LC_COLLATE", "LC_MONETARY", "LC_MESSAGES")
        for i, name in enumerate(names):
            _current[i] = parts.get(name, "C")
        return _name(LC_ALL)
    import os
    name = locale or os.environ.get("LC_ALL") or os.environ.get("LANG") or "C"
    name = name if name in _KNOWN else "C"
    for i in range(6) if category == LC_ALL else (category,):
        _current[i] = name
    return _name(category)


def _name(category):
    if category != LC_ALL:
        return _current[category]
    if len(set(_current.values())) == 1:
        return _current[0]
    kinds = [("LC_CTYPE", 0), ("LC_NUMERIC", 1), ("LC_TIME", 2), ("LC_COLLATE", 3), ("LC_MONETARY", 4), ("LC_MESSAGES", 5)]
    rest = [f"{name}=C" for name in ("LC_PAPER", "LC_NAME", "LC_ADDRESS", "LC_TELEPHONE", "LC_MEASUREMENT", "LC_IDENTIFICATION")]
    return ";".join([f"{name}={_current[i]}" for name, i in kinds] + rest)


def localeconv():
    unset = dict.fromkeys(("int_frac_digits", "frac_digits", "p_cs_precedes", "p_sep_by_space", "n_cs_precedes",
                           "n_sep_by_space", "p_sign_posn", "n_sign_posn"), CHAR_MAX)
    empty = dict.fromkeys(("int_curr_symbol", "currency_symbol", "mon_decimal_point", "mon_thousands_sep"), "")
    return {**empty, "mon_grouping": [], "positive_sign": "", "negative_sign": "", **unset, "decimal_point": ".",
            "thousands_sep": "", "grouping": []}


def nl_langinfo(key, /):
    if key not in _texts:
        raise ValueError("unsupported langinfo constant")
    return _texts[key]


def getencoding():
    return "UTF-8"


def strcoll(a, b, /):
    return (a > b) - (a < b)


def strxfrm(text, /):
    return text


def gettext(message, /):
    return message


def dgettext(domain, message, /):
    return message


def dcgettext(domain, message, category, /):
    return message


def textdomain(domain, /):
    return domain or "messages"


def bindtextdomain(domain, directory, /):
    return directory


def bind_textdomain_codeset(domain, codeset, /):
    return codeset
