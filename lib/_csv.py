"""Reading and writing of comma-separated values."""
__version__ = "1.0"

QUOTE_MINIMAL, QUOTE_ALL, QUOTE_NONNUMERIC, QUOTE_NONE, QUOTE_STRINGS, QUOTE_NOTNULL = range(6)
_dialects = {}
_limit = 128 * 1024
_UNSET = object()


class Error(Exception):
    pass


Error.__module__ = "_csv"


def _character(name, value, default, optional):
    if value is _UNSET:
        return default
    if optional and value is None:
        return None
    if not isinstance(value, str):
        raise TypeError(f'"{name}" must be string{" or None" if optional else ""}, not {type(value).__name__}')
    if len(value) != 1:
        raise TypeError(f'"{name}" must be a 1-character string')
    return value


def _check_character(name, value, dialect, allow_space):
    if value is None:
        return
    if value in "\r\n" or (value == " " and not allow_space):
        raise ValueError(f"bad {name} value")
    if value in dialect.lineterminator:
        raise ValueError(f"bad {name} or lineterminator value")


_FIELDS = ("delimiter", "doublequote", "escapechar", "lineterminator", "quotechar", "quoting", "skipinitialspace", "strict")


class Dialect:
    """How rows are written: checked and fixed."""

    __slots__ = _FIELDS

    def __new__(cls, dialect=None, delimiter=_UNSET, doublequote=_UNSET, escapechar=_UNSET, lineterminator=_UNSET,
                quotechar=_UNSET, quoting=_UNSET, skipinitialspace=_UNSET, strict=_UNSET, **unknown):
        for name in unknown:
            raise TypeError(f"this function got an unexpected keyword argument '{name}'")
        given = dict(zip(_FIELDS, (delimiter, doublequote, escapechar, lineterminator, quotechar, quoting, skipinitialspace,
                                   strict)))
        if isinstance(dialect, str):
            dialect = get_dialect(dialect)
        if dialect is not None:
            if isinstance(dialect, Dialect) and all(value is _UNSET for value in given.values()):
                return dialect
            for name in _FIELDS:
                if given[name] is _UNSET:
                    given[name] = getattr(dialect, name, _UNSET)
        self = object.__new__(cls)
        self._fill(**given)
        return self

    def _fill(self, delimiter, doublequote, escapechar, lineterminator, quotechar, quoting, skipinitialspace, strict):
        put = object.__setattr__
        put(self, "delimiter", _character("delimiter", delimiter, ",", False))
        put(self, "doublequote", True if doublequote is _UNSET else bool(doublequote))
        put(self, "escapechar", _character("escapechar", escapechar, None, True))
        if lineterminator is _UNSET:
            lineterminator = "\r\n"
        elif not isinstance(lineterminator, str):
            if lineterminator is None:
                raise TypeError("lineterminator must be set")
            raise TypeError('"lineterminator" must be a string')
        put(self, "lineterminator", lineterminator)
        no_quotes = quotechar is None and quoting is _UNSET
        put(self, "quotechar", _character("quotechar", quotechar, '"', True))
        if quoting is _UNSET:
            quoting = QUOTE_NONE if no_quotes else QUOTE_MINIMAL
        elif type(quoting) is not int:
            raise TypeError('"quoting" must be an integer')
        if not 0 <= quoting <= 5:
            raise TypeError('bad "quoting" value')
        put(self, "quoting", quoting)
        put(self, "skipinitialspace", False if skipinitialspace is _UNSET else bool(skipinitialspace))
        put(self, "strict", False if strict is _UNSET else bool(strict))
        if quoting != QUOTE_NONE and self.quotechar is None:
            raise TypeError("quotechar must be set if quoting enabled")
        _check_character("delimiter", self.delimiter, self, True)
        _check_character("escapechar", self.escapechar, self, not self.skipinitialspace)
        _check_character("quotechar", self.quotechar, self, not self.skipinitialspace)
        if self.delimiter == self.escapechar:
            raise ValueError("bad delimiter or escapechar value")
        if self.delimiter == self.quotechar:
            raise ValueError("bad delimiter or quotechar value")
        if self.escapechar is not None and self.escapechar == self.quotechar:
            raise ValueError("bad escapechar or quotechar value")

    def __setattr__(self, name, value):
        if name in _FIELDS:
            raise AttributeError(f"attribute '{name}' of '_csv.Dialect' objects is not writable")
        raise AttributeError(f"'_csv.Dialect' object has no attribute '{name}'")

    def __delattr__(self, name):
        self.__setattr__(name, None)

    def __reduce_ex__(self, protocol):
        raise TypeError("cannot pickle 'Dialect' instances")


Dialect.__module__ = "_csv"


def register_dialect(name, dialect=_UNSET, /, **fmtparams):
    if not isinstance(name, str):
        raise TypeError("dialect name must be a string")
    _dialects[name] = Dialect(None if dialect is _UNSET else dialect, **fmtparams)


def unregister_dialect(name):
    if name not in _dialects:
        raise Error("unknown dialect")
    del _dialects[name]


def get_dialect(name):
    if name not in _dialects:
        raise Error("unknown dialect")
    return _dialects[name]


def list_dialects():
    return list(_dialects)


def field_size_limit(new_limit=_UNSET):
    global _limit
    old = _limit
    if new_limit is not _UNSET:
        if not isinstance(new_limit, int):
            raise TypeError("limit must be an integer")
        _limit = new_limit
    return old


_START_RECORD, _START_FIELD, _ESCAPED, _IN_FIELD, _IN_QUOTED, _ESCAPE_IN_QUOTED, _QUOTE_IN_QUOTED, _EAT_NEWLINE, _AFTER_ESC = range(9)


class _Reader:
    """Rows of fields from an iterable of lines."""

    def __init__(self, iterable, dialect=None, **fmtparams):
        self._lines = iter(iterable)
        self.dialect = Dialect(dialect, **fmtparams)
        self.line_num = 0

    def __iter__(self):
        return self

    def __next__(self):
        self._fields = []
        self._text = []
        self._quoted = False
        state = _START_RECORD
        while True:
            try:
                line = next(self._lines)
            except StopIteration:
                if self._text or state == _IN_QUOTED:
                    if self.dialect.strict:
                        raise Error("unexpected end of data") from None
                    self._save()
                    return self._fields
                raise
            if not isinstance(line, str):
                raise Error(f"iterator should return strings, not {type(line).__name__} (the file should be opened in text mode)")
            self.line_num += 1
            state = self._line(line, state)
            if state == _START_RECORD:
                return self._fields

    def _line(self, line, state):
        d = self.dialect
        if state == _START_RECORD and d.quotechar is not None and d.quotechar not in line and d.escapechar is None \
                and not d.skipinitialspace and d.quoting < QUOTE_NONNUMERIC and len(line) < _limit:
            return self._plain(line)
        for c in line:
            state = self._step(state, c)
        return self._step(state, "")

    def _plain(self, line):
        """A line without quotes and escapes."""
        text = line.rstrip("\r\n")
        if "\n" in text or "\r" in text:
            raise Error("new-line character seen in unquoted field - do you need to open the file with newline=''?")
        self._fields = text.split(self.dialect.delimiter) if text else []
        return _START_RECORD

    def _save(self):
        text = "".join(self._text)
        d = self.dialect
        if d.quoting == QUOTE_NONNUMERIC and not self._quoted and text:
            value = float(text)
        elif d.quoting == QUOTE_STRINGS and not self._quoted and text:
            value = float(text)
        elif d.quoting in (QUOTE_NOTNULL, QUOTE_STRINGS) and not self._quoted and not text:
            value = None
        else:
            value = text
        self._fields.append(value)
        self._text = []
        self._quoted = False

    def _add(self, c):
        if len(self._text) >= _limit:
            raise Error(f"field larger than field limit ({_limit})")
        self._text.append(c)

    def _step(self, state, c):
        d = self.dialect
        end = c == "" or c in "\r\n"
        if state == _START_RECORD:
            if c == "":
                return state
            if end:
                return _EAT_NEWLINE
            state = _START_FIELD
        if state == _START_FIELD:
            if end:
                self._save()
                return _START_RECORD if c == "" else _EAT_NEWLINE
            if c == d.quotechar and d.quoting != QUOTE_NONE:
                self._quoted = True
                return _IN_QUOTED
            if c == d.escapechar:
                return _ESCAPED
            if c == " " and d.skipinitialspace:
                return state
            if c == d.delimiter:
                self._save()
                return state
            self._add(c)
            return _IN_FIELD
        if state == _ESCAPED:
            if c == "":
                self._add("\n")
                return _IN_FIELD
            self._add(c)
            return _AFTER_ESC if end else _IN_FIELD
        if state == _IN_FIELD or state == _AFTER_ESC:
            if state == _AFTER_ESC and c == "":
                return state
            if end:
                self._save()
                return _START_RECORD if c == "" else _EAT_NEWLINE
            if c == d.escapechar:
                return _ESCAPED
            if c == d.delimiter:
                self._save()
                return _START_FIELD
            self._add(c)
            return _IN_FIELD
        if state == _IN_QUOTED:
            if c == "":
                return state
            if c == d.escapechar:
                return _ESCAPE_IN_QUOTED
            if c == d.quotechar and d.quoting != QUOTE_NONE:
                return _QUOTE_IN_QUOTED if d.doublequote else _IN_FIELD
            self._add(c)
            return state
        if state == _ESCAPE_IN_QUOTED:
            self._add(c or "\n")
            return _IN_QUOTED
        if state == _QUOTE_IN_QUOTED:
            if c == d.quotechar and d.quoting != QUOTE_NONE:
                self._add(c)
                return _IN_QUOTED
            if c == d.delimiter:
                self._save()
                return _START_FIELD
            if end:
                self._save()
                return _START_RECORD if c == "" else _EAT_NEWLINE
            if d.strict:
                raise Error(f"'{d.delimiter}' expected after '{d.quotechar}'")
            self._add(c)
            return _IN_FIELD
        if c == "":
            return _START_RECORD
        if end:
            return state
        raise Error("new-line character seen in unquoted field - do you need to open the file with newline=''?")


_Reader.__name__ = _Reader.__qualname__ = "reader"
_Reader.__module__ = "_csv"


class _Writer:
    """Writes rows to an object with a write method."""

    def __init__(self, fileobj, dialect=None, **fmtparams):
        self.dialect = Dialect(dialect, **fmtparams)
        write = getattr(fileobj, "write", None)
        if not callable(write):
            raise TypeError('argument 1 must have a "write" method')
        self._write = write

    def writerow(self, row, /):
        try:
            fields = iter(row)
        except TypeError:
            raise Error(f"iterable expected, not {type(row).__name__}") from None
        d = self.dialect
        fields = [*fields]
        parts = [self._field(field, len(fields) == 1) for field in fields]
        return self._write(d.delimiter.join(parts) + d.lineterminator)

    def writerows(self, rows, /):
        for row in rows:
            self.writerow(row)

    def _field(self, field, single):
        d = self.dialect
        quoting = d.quoting
        if quoting == QUOTE_NONNUMERIC:
            quoted = not isinstance(field, (int, float, complex)) and not hasattr(field, "__float__")
        elif quoting == QUOTE_ALL:
            quoted = True
        elif quoting == QUOTE_STRINGS:
            quoted = isinstance(field, str)
        elif quoting == QUOTE_NOTNULL:
            quoted = field is not None
        else:
            quoted = False
        text = field if isinstance(field, str) else "" if field is None else str(field)
        if not text:
            spaced = d.delimiter == " " and d.skipinitialspace
            if not quoted and (single or spaced):
                if quoting == QUOTE_NONE or (field is None and quoting in (QUOTE_STRINGS, QUOTE_NOTNULL)):
                    if spaced:
                        raise Error("empty field must be quoted if delimiter is a space and skipinitialspace is true")
                    raise Error("single empty field record must be quoted")
                quoted = True
            return d.quotechar * 2 if quoted else ""
        special = {d.delimiter, d.escapechar, d.quotechar, "\n", "\r", *d.lineterminator}
        if text[0] == " " and d.delimiter == " " and d.skipinitialspace:
            quoted = quoted or quoting != QUOTE_NONE
        if special.isdisjoint(text):
            return f"{d.quotechar}{text}{d.quotechar}" if quoted else text
        out = []
        for c in text:
            if c in special:
                escape = False
                if quoting == QUOTE_NONE:
                    escape = True
                elif c == d.quotechar:
                    if d.doublequote:
                        out.append(c)
                    else:
                        escape = True
                elif c == d.escapechar:
                    escape = True
                if not escape:
                    quoted = True
                else:
                    if d.escapechar is None:
                        raise Error("need to escape, but no escapechar set")
                    out.append(d.escapechar)
            out.append(c)
        text = "".join(out)
        return f"{d.quotechar}{text}{d.quotechar}" if quoted else text


_Writer.__name__ = _Writer.__qualname__ = "writer"
_Writer.__module__ = "_csv"
Reader = _Reader
Writer = _Writer


def reader(iterable, /, dialect=None, **fmtparams):
    return _Reader(iterable, dialect, **fmtparams)


def writer(fileobj, /, dialect=None, **fmtparams):
    return _Writer(fileobj, dialect, **fmtparams)
