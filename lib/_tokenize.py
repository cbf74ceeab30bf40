"""Tokens of Python source, for tokenize. Written in Python over regular expressions."""
import re
import token as _t

_NAME = r"\w+"
_NUMBER = (
    r"0[xX](?:_?[0-9a-fA-F])+|0[bB](?:_?[01])+|0[oO](?:_?[0-7])+"
    r"|(?:\d(?:_?\d)*\.(?:\d(?:_?\d)*)?|\.\d(?:_?\d)*)(?:[eE][-+]?\d(?:_?\d)*)?[jJ]?"
    r"|\d(?:_?\d)*[eE][-+]?\d(?:_?\d)*[jJ]?|\d(?:_?\d)*[jJ]?"
)
_OPERATORS = sorted(_t.EXACT_TOKEN_TYPES, key=len, reverse=True)
_START = re.compile(r"(?i:(?P<prefix>f|rf|fr|r|u|b|br|rb)?)(?P<quote>'''|\"\"\"|'|\")")
_TOKEN = re.compile(
    rf"(?P<comment>\#[^\r\n]*)|(?P<number>{_NUMBER})|(?P<name>{_NAME})|(?P<op>{'|'.join(map(re.escape, _OPERATORS))})"
)
_TABSIZE = 8


class TokenizerIter:
    """An iterator of (type, text, start, end, line)."""

    def __init__(self, readline, *, encoding=None, extra_tokens=False):
        self._readline = readline
        self._encoding = encoding
        self._extra = extra_tokens
        self._line = ""
        self._row = 0
        self._tokens = self._run()

    def __iter__(self):
        return self

    def __next__(self):
        return next(self._tokens)

    def _next_line(self):
        try:
            line = self._readline()
        except StopIteration:
            line = ""
        if isinstance(line, (bytes, bytearray)):
            line = line.decode(self._encoding or "utf-8")
        if line:
            self._row += 1
            if self._row == 1 and line.startswith("\ufeff"):
                line = line[1:]
        return line

    def _error(self, message, row, column, line):
        raise SyntaxError(message, ("<string>", row, column + 1, line, row, column + 1))

    def _make(self, kind, text, start, end, line):
        if not self._extra and kind == _t.OP:
            kind = _t.EXACT_TOKEN_TYPES[text]
        return kind, text, start, end, line

    def _run(self):
        indents = [0]
        depth = []
        continued = False
        while True:
            line = self._next_line()
            if not line:
                break
            row, pos = self._row, 0
            if not depth and not continued:
                while pos < len(line) and line[pos] in " \t\f":
                    pos += 1
                rest = line[pos:]
                if not rest or rest[0] in "#\r\n":
                    yield from self._blank(line, row, pos)
                    continue
                column = self._column(line[:pos])
                if column > indents[-1]:
                    indents.append(column)
                    yield self._make(_t.INDENT, line[:pos], (row, 0), (row, pos), line)
                while column < indents[-1]:
                    if column not in indents:
                        raise IndentationError("unindent does not match any outer indentation level",
                                               ("<string>", row, pos, line, row, pos))
                    indents.pop()
                    yield self._make(_t.DEDENT, "", (row, pos), (row, pos), line)
            continued = False
            while pos < len(line):
                c = line[pos]
                if c in " \t\f":
                    pos += 1
                elif c == "\\" and line[pos + 1:] in ("\n", "\r\n"):
                    continued = True
                    break
                elif c in "\r\n":
                    kind = _t.NL if depth else _t.NEWLINE
                    if kind == _t.NEWLINE or self._extra:
                        text = line[pos:]
                        yield self._make(kind, text if self._extra else "", (row, pos), (row, pos + len(text)), line)
                    break
                else:
                    start = _START.match(line, pos)
                    if start is not None:
                        line, pos = yield from self._string(line, pos, start)
                        row = self._row
                        continue
                    pos = yield from self._simple(line, row, pos, depth)
            else:
                if not depth and not continued:
                    yield self._make(_t.NEWLINE, "", (row, pos), (row, pos + 1), line)
        if depth:
            opened, at = depth[-1]
            self._error("unexpected EOF in multi-line statement", self._row, 0, "")
        for _ in indents[1:]:
            yield self._make(_t.DEDENT, "", (self._row + 1, 0), (self._row + 1, 0), "")
        yield self._make(_t.ENDMARKER, "", (self._row + 1, 0), (self._row + 1, 0), "")

    def _blank(self, line, row, pos):
        if not self._extra:
            return
        end = len(line.rstrip("\r\n"))
        if line[pos:pos + 1] == "#":
            yield self._make(_t.COMMENT, line[pos:end], (row, pos), (row, end), line)
            pos = end
        yield self._make(_t.NL, line[pos:], (row, pos), (row, len(line) if pos < len(line) else pos + 1), line)

    @staticmethod
    def _column(blank):
        column = 0
        for c in blank:
            if c == " ":
                column += 1
            elif c == "\t":
                column = (column // _TABSIZE + 1) * _TABSIZE
            else:
                column = 0
        return column

    def _simple(self, line, row, pos, depth):
        m = _TOKEN.match(line, pos)
        if m is None:
            if self._extra and line[pos] in "$?!`":
                yield self._make(_t.OP, line[pos], (row, pos), (row, pos + 1), line)
                return pos + 1
            self._error("invalid character" if line[pos] != "\\" else "unexpected character after line continuation character", row, pos, line)
        text, kind = m.group(), m.lastgroup
        place = (row, pos), (row, m.end())
        if kind == "comment":
            if self._extra:
                yield self._make(_t.COMMENT, text, *place, line)
            return m.end()
        if kind == "op":
            if text in "([{":
                depth.append((text, place[0]))
            elif text in ")]}":
                if not depth:
                    self._error(f"unmatched '{text}'", row, pos, line)
                depth.pop()
        code = {"number": _t.NUMBER, "name": _t.NAME, "op": _t.OP}[kind]
        yield self._make(code, text, *place, line)
        return m.end()

    def _string(self, line, pos, start):
        """A string literal, over several lines if need be; an f-string gives its parts."""
        prefix, quote = (start["prefix"] or "").lower(), start["quote"]
        if "f" in prefix:
            return (yield from self._fstring(line, pos, start))
        row, at, text = self._row, start.end(), line
        while True:
            while at < len(line) and not line.startswith(quote, at):
                at += 2 if line[at] == "\\" else 1
                if len(quote) == 1 and line[at - 1:at] in ("\n",) and line[at - 2:at - 1] != "\\":
                    self._error("unterminated string literal (detected at line %d)" % row, row, pos, line)
            if at < len(line):
                break
            more = self._next_line()
            if not more:
                self._error("unterminated triple-quoted string literal" if len(quote) == 3 else "unterminated string literal", row, pos, line)
            text += more
            line, at = more, max(0, at - len(line))
        end = at + len(quote)
        if self._row == row:
            yield self._make(_t.STRING, line[pos:end], (row, pos), (row, end), line)
        else:
            whole = text[pos:len(text) - len(line) + end]
            yield self._make(_t.STRING, whole, (row, pos), (self._row, end), text)
        return line, end

    def _fstring(self, line, pos, start):
        quote, raw = start["quote"], "r" in (start["prefix"] or "").lower()
        yield self._make(_t.FSTRING_START, start.group(), (self._row, pos), (self._row, start.end()), line)
        line, at = yield from self._fparts(line, start.end(), quote, raw, False)
        yield self._make(_t.FSTRING_END, quote, (self._row, at), (self._row, at + len(quote)), line)
        return line, at + len(quote)

    def _fparts(self, line, at, quote, raw, spec):
        """Literal parts and replacement fields up to the end quote (or, in a format spec, the closing brace)."""
        begin, text, after_field = (self._row, at), "", False
        while True:
            if at >= len(line):
                line, at = self._next_line(), 0
                if not line:
                    self._error("unterminated f-string literal", self._row, 0, "")
                continue
            c = line[at]
            ends = c == "}" if spec else line.startswith(quote, at)
            if ends or (c == "{" and (spec or line[at + 1:at + 2] != "{")):
                if text or (spec and ends and after_field):
                    yield self._make(_t.FSTRING_MIDDLE, text, begin, (self._row, at), line)
                if ends:
                    return line, at
                line, at = yield from self._field(line, at, quote, raw)
                begin, text, after_field = (self._row, at), "", True
            elif c in "{}" and not spec and line[at + 1:at + 2] == c:
                yield self._make(_t.FSTRING_MIDDLE, text + c, begin, (self._row, at + 1), line)
                at += 2
                begin, text = (self._row, at), ""
            else:
                step = 2 if c == "\\" and not raw else 1
                text += line[at:at + step]
                at += step

    def _field(self, line, at, quote, raw):
        yield self._make(_t.OP, "{", (self._row, at), (self._row, at + 1), line)
        at += 1
        depth = []
        while True:
            if at >= len(line):
                line, at = self._next_line(), 0
                if not line:
                    self._error("'{' was never closed", self._row, 0, "")
                continue
            c = line[at]
            if c in " \t\f\r\n":
                at += 1
            elif c == "}" and not depth:
                yield self._make(_t.OP, "}", (self._row, at), (self._row, at + 1), line)
                return line, at + 1
            elif c == ":" and not depth:
                yield self._make(_t.OP, ":", (self._row, at), (self._row, at + 1), line)
                line, at = yield from self._fparts(line, at + 1, quote, raw, True)
            elif (start := _START.match(line, at)) is not None:
                line, at = yield from self._string(line, at, start)
            elif c == "!" and line[at + 1:at + 2] != "=":
                yield self._make(_t.OP, "!", (self._row, at), (self._row, at + 1), line)
                at += 1
            else:
                at = yield from self._simple(line, self._row, at, depth)
