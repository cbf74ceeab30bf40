"""An XML parser with expat's interface: not validating, with namespaces and internal entities; external ones go to a handler."""
import re as _re
import sys as _sys
from types import ModuleType as _ModuleType

EXPAT_VERSION = "expat_2.6.3"
version_info = (2, 6, 3)
native_encoding = "UTF-8"
features = [("sizeof(XML_Char)", 1), ("sizeof(XML_LChar)", 1), ("XML_DTD", 0), ("XML_NS", 0)]
XML_PARAM_ENTITY_PARSING_NEVER, XML_PARAM_ENTITY_PARSING_UNLESS_STANDALONE, XML_PARAM_ENTITY_PARSING_ALWAYS = 0, 1, 2

_MESSAGES = {
    1: ("NO_MEMORY", "out of memory"), 2: ("SYNTAX", "syntax error"), 3: ("NO_ELEMENTS", "no element found"),
    4: ("INVALID_TOKEN", "not well-formed (invalid token)"), 5: ("UNCLOSED_TOKEN", "unclosed token"),
    6: ("PARTIAL_CHAR", "partial character"), 7: ("TAG_MISMATCH", "mismatched tag"),
    8: ("DUPLICATE_ATTRIBUTE", "duplicate attribute"), 9: ("JUNK_AFTER_DOC_ELEMENT", "junk after document element"),
    10: ("PARAM_ENTITY_REF", "illegal parameter entity reference"), 11: ("UNDEFINED_ENTITY", "undefined entity"),
    12: ("RECURSIVE_ENTITY_REF", "recursive entity reference"), 13: ("ASYNC_ENTITY", "asynchronous entity"),
    14: ("BAD_CHAR_REF", "reference to invalid character number"),
    15: ("BINARY_ENTITY_REF", "reference to binary entity"),
    16: ("ATTRIBUTE_EXTERNAL_ENTITY_REF", "reference to external entity in attribute"),
    17: ("MISPLACED_XML_PI", "XML or text declaration not at start of entity"), 18: ("UNKNOWN_ENCODING", "unknown encoding"),
    19: ("INCORRECT_ENCODING", "encoding specified in XML declaration is incorrect"),
    20: ("UNCLOSED_CDATA_SECTION", "unclosed CDATA section"),
    21: ("EXTERNAL_ENTITY_HANDLING", "error in processing external entity reference"),
    22: ("NOT_STANDALONE", "document is not standalone"),
    23: ("UNEXPECTED_STATE", "unexpected parser state - please send a bug report"),
    24: ("ENTITY_DECLARED_IN_PE", "entity declared in parameter entity"),
    25: ("FEATURE_REQUIRES_XML_DTD", "requested feature requires XML_DTD support in Expat"),
    26: ("CANT_CHANGE_FEATURE_ONCE_PARSING", "cannot change setting once parsing has begun"),
    27: ("UNBOUND_PREFIX", "unbound prefix"), 28: ("UNDECLARING_PREFIX", "must not undeclare prefix"),
    29: ("INCOMPLETE_PE", "incomplete markup in parameter entity"), 30: ("XML_DECL", "XML declaration not well-formed"),
    31: ("TEXT_DECL", "text declaration not well-formed"), 32: ("PUBLICID", "illegal character(s) in public id"),
    33: ("SUSPENDED", "parser suspended"), 34: ("NOT_SUSPENDED", "parser not suspended"), 35: ("ABORTED", "parsing aborted"),
    36: ("FINISHED", "parsing finished"), 37: ("SUSPEND_PE", "cannot suspend in external parameter entity"),
    38: ("RESERVED_PREFIX_XML", "reserved prefix (xml) must not be undeclared or bound to another namespace name"),
    39: ("RESERVED_PREFIX_XMLNS", "reserved prefix (xmlns) must not be declared or undeclared"),
    40: ("RESERVED_NAMESPACE_URI", "prefix must not be bound to one of the reserved namespace names"),
}


class ExpatError(Exception):
    pass


ExpatError.__module__ = "xml.parsers.expat"
error = ExpatError


def ErrorString(code, /):
    return _MESSAGES[code][1] if code in _MESSAGES else None


errors = _ModuleType("pyexpat.errors", "Names, numbers and texts of errors.")
errors.codes = {text: code for code, (_, text) in _MESSAGES.items()}
errors.messages = {code: text for code, (_, text) in _MESSAGES.items()}
for _code, (_name, _text) in _MESSAGES.items():
    setattr(errors, "XML_ERROR_" + _name, _text)
model = _ModuleType("pyexpat.model", "Numbers in content models.")
for _code, _name in enumerate("CTYPE_EMPTY CTYPE_ANY CTYPE_MIXED CTYPE_NAME CTYPE_CHOICE CTYPE_SEQ".split(), 1):
    setattr(model, "XML_" + _name, _code)
for _code, _name in enumerate("NONE OPT REP PLUS".split()):
    setattr(model, "XML_CQUANT_" + _name, _code)
_sys.modules["pyexpat.errors"] = errors
_sys.modules["pyexpat.model"] = model
del _code, _name, _text

_NAME = r"[^\W\d][\w.\-:·]*|:[\w.\-:·]*"
_S = r"[ \t\r\n]"
_name = _re.compile(_NAME)
_space = _re.compile(_S + "*")
_attribute = _re.compile(rf"({_NAME}){_S}*={_S}*(\"[^<\"]*\"|'[^<']*')")
_endtag = _re.compile(rf"</({_NAME}){_S}*>")
_reference = _re.compile(rf"&(?:#(\d+)|#x([0-9a-fA-F]+)|({_NAME}));")
_xmldecl = _re.compile(
    rf"<\?xml{_S}+version{_S}*={_S}*(?:\"([\d.]+)\"|'([\d.]+)')(?:{_S}+encoding{_S}*={_S}*(?:\"([A-Za-z][\w.\-]*)\"|'([A-Za-z][\w.\-]*)'))?"
    rf"(?:{_S}+standalone{_S}*={_S}*(?:\"(yes|no)\"|'(yes|no)'))?{_S}*\?>")
_bad = _re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_text = _re.compile(r"[^<&]+")
_PREDEFINED = {"lt": "<", "gt": ">", "amp": "&", "quot": '"', "apos": "'"}
_HANDLERS = (
    "StartElementHandler EndElementHandler ProcessingInstructionHandler CharacterDataHandler UnparsedEntityDeclHandler "
    "NotationDeclHandler StartNamespaceDeclHandler EndNamespaceDeclHandler CommentHandler StartCdataSectionHandler "
    "EndCdataSectionHandler DefaultHandler DefaultHandlerExpand NotStandaloneHandler ExternalEntityRefHandler "
    "StartDoctypeDeclHandler EndDoctypeDeclHandler EntityDeclHandler XmlDeclHandler ElementDeclHandler AttlistDeclHandler "
    "SkippedEntityHandler").split()
_XML_URI = "http://www.w3.org/XML/1998/namespace"


class _Wait(Exception):
    """The token is not complete yet."""


class xmlparser:
    """A parser: Parse() is given the document in pieces and calls the handlers."""

    __slots__ = tuple(_HANDLERS) + (
        "buffer_text", "buffer_size", "ordered_attributes", "specified_attributes", "namespace_prefixes", "intern",
        "ErrorCode", "ErrorLineNumber", "ErrorColumnNumber", "ErrorByteIndex",
        "_separator", "_decoder", "_encoding", "_data", "_at", "_line", "_column", "_bytes", "_stack", "_scopes", "_pending",
        "_entities", "_defaults", "_done", "_started", "_root", "_base", "_expanding", "_doctype", "_fragment", "_deferral")

    def __init__(self, encoding, separator, intern):
        for name in _HANDLERS:
            setattr(self, name, None)
        self.buffer_text = self.ordered_attributes = self.specified_attributes = self.namespace_prefixes = False
        self.buffer_size = 8192
        self.intern = {} if intern is None else intern
        self.ErrorCode = 0
        self.ErrorLineNumber = 1
        self.ErrorColumnNumber = self.ErrorByteIndex = 0
        self._separator, self._encoding = separator, encoding
        self._decoder = None
        self._data, self._at = "", 0
        self._line, self._column, self._bytes = 1, 0, 0
        self._stack, self._scopes, self._pending = [], [{"xml": _XML_URI}], []
        self._entities, self._defaults = {}, {}
        self._done = self._started = self._root = self._doctype = self._fragment = False
        self._base, self._expanding, self._deferral = None, [], True

    CurrentLineNumber = property(lambda self: self._line)
    CurrentColumnNumber = property(lambda self: self._column)
    CurrentByteIndex = property(lambda self: self._bytes)

    def SetBase(self, base, /):
        self._base = base

    def GetBase(self):
        return self._base

    def GetInputContext(self):
        return None

    def SetParamEntityParsing(self, flag, /):
        return 1

    def UseForeignDTD(self, flag=True, /):
        pass

    def SetReparseDeferralEnabled(self, enabled, /):
        self._deferral = bool(enabled)

    def GetReparseDeferralEnabled(self):
        return self._deferral

    def ExternalEntityParserCreate(self, context, encoding=None, /):
        twin = xmlparser(encoding, self._separator, self.intern)
        for name in _HANDLERS + ["buffer_text", "ordered_attributes", "specified_attributes", "namespace_prefixes"]:
            setattr(twin, name, getattr(self, name))
        twin._entities, twin._scopes, twin._fragment = self._entities, list(self._scopes), True
        return twin

    def ParseFile(self, file, /):
        while True:
            data = file.read(2048)
            if not isinstance(data, (bytes, bytearray, str)):
                raise TypeError(f"read() did not return a bytes object (type={type(data).__name__})")
            if not data:
                return self.Parse(b"", True)
            self.Parse(data)

    def Parse(self, data, isfinal=False, /):
        if self._done:
            self._fail(36)
        if isinstance(data, str):
            if self._encoding is None:
                self._encoding = "utf-8"
            text = data
        else:
            text = self._decode(bytes(data), isfinal)
        self._data = self._data[self._at:] + text
        self._at = 0
        if not isfinal and self._data.endswith("\r"):
            keep, self._data = "\r", self._data[:-1]
        else:
            keep = ""
        if "\r" in self._data:
            self._data = self._data.replace("\r\n", "\n").replace("\r", "\n")
        self._run(isfinal)
        self._data += keep
        if isfinal:
            self._done = True
        return 1

    def _decode(self, data, final):
        if self._decoder is None:
            import codecs
            name = self._encoding
            if name is None:
                if data.startswith((b"\xff\xfe", b"\xfe\xff")):
                    name = "utf-16"
                elif data.startswith(b"<\0"):
                    name = "utf-16-le"
                elif data.startswith(b"\0<"):
                    name = "utf-16-be"
                else:
                    found = _re.match(rb"(?:\xef\xbb\xbf)?<\?xml[^>]*?encoding\s*=\s*[\"']([A-Za-z][\w.\-]*)", data)
                    name = found[1].decode() if found else "utf-8"
            if name.lower().replace("_", "-") in ("utf-8", "utf8"):
                name = "utf-8-sig"
            try:
                self._decoder = codecs.getincrementaldecoder(name)()
            except LookupError:
                self._fail(18)
        try:
            return self._decoder.decode(data, final)
        except UnicodeDecodeError as e:
            self._data = self._data[self._at:] + data[:e.start].decode("utf-8", "replace")
            self._at = 0
            try:
                self._run(False)
            except ExpatError:
                raise
            self._move(len(self._data))
            self._fail(4)

    # ---- positions and errors

    def _move(self, to):
        """What stands before index `to` has been read."""
        text = self._data[self._at:to]
        lines = text.count("\n")
        if lines:
            self._line += lines
            self._column = len(text) - text.rfind("\n") - 1
        else:
            self._column += len(text)
        self._bytes += len(text) if text.isascii() else len(text.encode("utf-8", "surrogatepass"))
        self._at = to

    def _fail(self, code, at=None):
        if at is not None and not self._expanding:
            self._move(at)
        self.ErrorCode = code
        self.ErrorLineNumber, self.ErrorColumnNumber, self.ErrorByteIndex = self._line, self._column, self._bytes
        e = ExpatError(f"{_MESSAGES[code][1]}: line {self._line}, column {self._column}")
        e.code, e.lineno, e.offset = code, self._line, self._column
        raise e

    # ---- the document

    def _run(self, final):
        try:
            while self._at < len(self._data):
                before = self._at
                try:
                    end = self._token(final)
                except _Wait:
                    self._at = before
                    break
                self._move(end)
        finally:
            if not self.buffer_text or final:
                self._flush()
        if not final:
            return
        if self._at < len(self._data):
            self._fail(20 if self._data.startswith("<![CDATA[", self._at) else 5)
        if self._stack or not (self._root or self._fragment):
            self._fail(3)

    def _find(self, text, start):
        end = self._data.find(text, start)
        if end < 0:
            raise _Wait
        return end

    def _token(self, final):
        data, at = self._data, self._at
        if not self._started:
            self._started = True
            if data.startswith("<?xml") and data[5:6] in (" ", "\t", "\n"):
                try:
                    return self._declaration()
                except _Wait:
                    self._started = False
                    raise
            if not final and "<?xml ".startswith(data[:6]) and len(data) < 6:
                self._started = False
                raise _Wait
        if data[at] == "<":
            following = data[at + 1:at + 2]
            if following == "/":
                return self._end(at)
            if following == "!":
                return self._bang(at)
            if following == "?":
                return self._instruction(at)
            if not following:
                raise _Wait
            return self._start(at)
        if data[at] == "&" and (self._stack or self._fragment):
            return self._reference(at)
        return self._characters(at, final)

    def _declaration(self):
        end = self._find("?>", 0) + 2
        found = _xmldecl.match(self._data)
        if found is None:
            self._fail(30)
        if self.XmlDeclHandler:
            standalone = {None: -1, "yes": 1, "no": 0}[found[5] or found[6]]
            self.XmlDeclHandler(found[1] or found[2], found[3] or found[4], standalone)
        else:
            self._default(self._data[:end])
        return end

    def _characters(self, at, final):
        data = self._data
        found = _text.match(data, at)
        end = found.end() if found else at + 1
        text = data[at:end]
        wrong = _bad.search(text)
        if wrong:
            self._fail(4, at + wrong.start())
        if not self._stack and not self._fragment:
            rest = text.lstrip(" \t\n")
            if rest:
                where = at + len(text) - len(rest)
                self._fail(9 if self._root else 2, where)
            self._default(text)
            return end
        if "]]>" in text:
            self._fail(4, at + text.index("]]>") + 2)
        if not final and end == len(data) and text.endswith(("]", "]]")):
            keep = 2 if text.endswith("]]") else 1
            if len(text) == keep:
                raise _Wait
            end -= keep
            text = text[:-keep]
        self._emit(text)
        return end

    def _emit(self, text):
        if self.CharacterDataHandler is None:
            self._default(text)
        elif self.buffer_text:
            self._pending.append(text)
        else:
            # Line ends come on their own, as expat gives them.
            for part in _re.split("(\n)", text):
                if part:
                    self.CharacterDataHandler(part)

    def _flush(self):
        if self._pending:
            text = "".join(self._pending)
            self._pending.clear()
            if self.CharacterDataHandler:
                for at in range(0, len(text), self.buffer_size):
                    self.CharacterDataHandler(text[at:at + self.buffer_size])

    def _default(self, text):
        handler = self.DefaultHandlerExpand or self.DefaultHandler
        if handler:
            self._flush()
            handler(text)

    def _reference(self, at):
        found = _reference.match(self._data, at)
        if found is None:
            if ";" not in self._data[at:] and _re.fullmatch(r"&#?[\w.\-:]*", self._data[at:]):
                raise _Wait
            bad = _re.compile(r"&#?[\w.\-:]*").match(self._data, at).end()
            self._fail(4, bad)
        self._expand(found, at)
        return found.end()

    def _expand(self, found, at):
        if found[3] is None:
            return self._emit(self._character(found, at))
        name = found[3]
        if name in _PREDEFINED:
            return self._emit(_PREDEFINED[name])
        if name not in self._entities:
            if self._doctype == "external":
                if self.SkippedEntityHandler:
                    self.SkippedEntityHandler(name, False)
                else:
                    self._default(found[0])
                return
            self._fail(11)
        value, system, public, notation = self._entities[name]
        if notation:
            self._fail(15)
        if value is None:
            self._flush()
            if self.ExternalEntityRefHandler:
                if not self.ExternalEntityRefHandler(name, self._base, system, public):
                    self._fail(21)
            else:
                self._default(found[0])
            return
        if name in self._expanding:
            self._fail(12)
        if self.DefaultHandler and not self.DefaultHandlerExpand:
            self._flush()
            self.DefaultHandler(found[0])
            return
        self._expanding.append(name)
        saved = self._data, self._at, self._line, self._column, self._bytes
        depth = len(self._stack)
        self._data, self._at = value, 0
        try:
            while self._at < len(self._data):
                self._at = self._token(True)
        except _Wait:
            self._fail(5)
        finally:
            self._data, self._at, self._line, self._column, self._bytes = saved
            self._expanding.pop()
        if len(self._stack) != depth:
            self._fail(13)

    def _character(self, found, at):
        number = int(found[1]) if found[1] else int(found[2], 16)
        if number in (9, 10, 13) or 32 <= number < 0xD800 or 0xE000 <= number < 0xFFFE or 0x10000 <= number <= 0x10FFFF:
            return chr(number)
        self._fail(14, at)

    # ---- elements

    def _start(self, at):
        data = self._data
        if self._root and not self._stack and not self._fragment:
            self._fail(9, at)
        found = _name.match(data, at + 1)
        if found is None:
            self._fail(4, at + 1)
        self._find(">", at)
        tag, here = found[0], found.end()
        attributes, seen = [], set()
        while True:
            after = _space.match(data, here).end()
            if data.startswith("/>", after) or data.startswith(">", after):
                break
            if after == here:
                if here >= len(data):
                    raise _Wait
                self._fail(4, here)
            pair = _attribute.match(data, after)
            if pair is None:
                self._bad_attribute(after)
            if pair[1] in seen:
                self._fail(8, after)
            seen.add(pair[1])
            attributes.append((pair[1], self._value(pair[2][1:-1], after)))
            here = pair.end()
        empty = data[after] == "/"
        specified = len(attributes)
        for name, value, cdata in self._defaults.get(tag, ()):
            if name not in seen and value is not None:
                attributes.append((name, value))
        for i, (name, value) in enumerate(attributes):
            if any(known == name and not cdata for known, _, cdata in self._defaults.get(tag, ())):
                attributes[i] = name, " ".join(value.split(" ")).strip() if "  " not in value else " ".join(value.split())
        self._flush()
        if not self._expanding:
            self._move(at)
        if self.specified_attributes:
            attributes_given = attributes[:specified]
        else:
            attributes_given = attributes
        full = self._open(tag, attributes_given, at)
        if empty:
            self._close(False)
            return after + 2
        return after + 1

    def _bad_attribute(self, at):
        data = self._data
        name = _name.match(data, at)
        if name is None:
            self._fail(4, at)
        equals = _space.match(data, name.end()).end()
        if equals >= len(data):
            raise _Wait
        if data[equals] != "=":
            self._fail(4, equals)
        quote = _space.match(data, equals + 1).end()
        if quote >= len(data):
            raise _Wait
        if data[quote] not in "\"'":
            self._fail(4, quote)
        close = data.find(data[quote], quote + 1)
        less = data.find("<", quote + 1)
        if less >= 0 and (close < 0 or less < close):
            self._fail(4, less)
        raise _Wait

    def _value(self, text, at):
        if "\n" in text or "\t" in text:
            text = text.replace("\n", " ").replace("\t", " ")
        wrong = _bad.search(text)
        if wrong:
            self._fail(4, at)
        if "&" not in text:
            return text
        out, here = [], 0
        while (amp := text.find("&", here)) >= 0:
            out.append(text[here:amp])
            found = _reference.match(text, amp)
            if found is None:
                self._fail(4, at)
            if found[3] is None:
                out.append(self._character(found, at))
            elif found[3] in _PREDEFINED:
                out.append(_PREDEFINED[found[3]])
            elif found[3] in self._entities:
                value, system, _, notation = self._entities[found[3]]
                if value is None:
                    self._fail(15 if notation else 16, at)
                if found[3] in self._expanding:
                    self._fail(12, at)
                if "<" in value:
                    self._fail(4, at)
                self._expanding.append(found[3])
                out.append(self._value(value, at))
                self._expanding.pop()
            else:
                self._fail(11, at)
            here = found.end()
        out.append(text[here:])
        return "".join(out)

    def _open(self, tag, attributes, at):
        declared = []
        if self._separator is not None:
            scope = self._scopes[-1]
            for name, value in attributes:
                if name == "xmlns" or name.startswith("xmlns:"):
                    prefix = name[6:] or None
                    if prefix and not value:
                        self._fail(28, at)
                    declared.append((prefix, value or None))
            if declared:
                scope = {**scope, **dict(declared)}
                attributes = [pair for pair in attributes if pair[0] != "xmlns" and not pair[0].startswith("xmlns:")]
            self._scopes.append(scope)
            if self.StartNamespaceDeclHandler:
                for prefix, uri in declared:
                    self.StartNamespaceDeclHandler(prefix, uri)
            full = self._expanded(tag, True, at)
            attributes = [(self._expanded(name, False, at), value) for name, value in attributes]
            if len({name for name, _ in attributes}) < len(attributes):
                self._fail(8, at)
        else:
            full = tag
        self._stack.append((tag, full, [prefix for prefix, _ in declared]))
        self._root = True
        if self.StartElementHandler:
            if self.ordered_attributes:
                given = [part for pair in attributes for part in pair]
            else:
                given = dict(attributes)
            self.StartElementHandler(self.intern.setdefault(full, full), given)
        elif self.DefaultHandler or self.DefaultHandlerExpand:
            self._default(self._data[at:self._data.index(">", at) + 1])
        return full

    def _expanded(self, name, element, at):
        prefix, colon, local = name.partition(":")
        if not colon:
            uri = self._scopes[-1].get(None) if element else None
            return f"{uri}{self._separator}{name}" if uri else name
        uri = self._scopes[-1].get(prefix)
        if uri is None:
            self._fail(27, at)
        if not self._separator:
            return uri + local
        full = f"{uri}{self._separator}{local}"
        return f"{full}{self._separator}{prefix}" if self.namespace_prefixes else full

    def _end(self, at):
        data = self._data
        found = _endtag.match(data, at)
        if found is None:
            name = _name.match(data, at + 2)
            after = _space.match(data, name.end() if name else at + 2).end()
            if after >= len(data):
                raise _Wait
            self._fail(4, after)
        if not self._stack:
            self._fail(9 if self._root else 4, at if self._root else at + 1)
        if self._stack[-1][0] != found[1]:
            self._fail(7, at + 2)
        self._flush()
        if not self._expanding:
            self._move(at)
        self._close()
        return found.end()

    def _close(self, shown=True):
        tag, full, prefixes = self._stack.pop()
        if self.EndElementHandler:
            self.EndElementHandler(self.intern.setdefault(full, full))
        elif shown:
            self._default(f"</{tag}>")
        if self._separator is not None:
            self._scopes.pop()
            if self.EndNamespaceDeclHandler:
                for prefix in reversed(prefixes):
                    self.EndNamespaceDeclHandler(prefix)

    # ---- comments, instructions, sections, document type

    def _bang(self, at):
        data = self._data
        if data.startswith("<!--", at):
            end = self._find("--", at + 4)
            if end + 2 >= len(data):
                raise _Wait
            if data[end + 2] != ">":
                self._fail(4, end + 2)
            self._flush()
            if self.CommentHandler:
                self.CommentHandler(data[at + 4:end])
            else:
                self._default(data[at:end + 3])
            return end + 3
        if data.startswith("<![CDATA[", at) and self._stack:
            end = self._find("]]>", at + 9)
            self._flush()
            if self.StartCdataSectionHandler:
                self.StartCdataSectionHandler()
            if end > at + 9:
                self._emit(data[at + 9:end])
            if self.EndCdataSectionHandler:
                self._flush()
                self.EndCdataSectionHandler()
            return end + 3
        if data.startswith("<!DOCTYPE", at):
            if self._root or self._doctype:
                self._fail(4 if self._stack else 9, at)
            return self._document_type(at)
        if any(word.startswith(data[at:]) for word in ("<!--", "<![CDATA[", "<!DOCTYPE")):
            raise _Wait
        self._fail(4, at + 2)

    def _instruction(self, at):
        end = self._find("?>", at + 2)
        found = _name.match(self._data, at + 2)
        if found is None:
            self._fail(4, at + 2)
        if found[0].lower() == "xml":
            self._fail(17, at)
        self._flush()
        if self.ProcessingInstructionHandler:
            self.ProcessingInstructionHandler(found[0], self._data[found.end():end].lstrip(" \t\n"))
        else:
            self._default(self._data[at:end + 2])
        return end + 2

    def _document_type(self, at):
        end, inner = self._type_end(at)
        data = self._data
        head = _re.compile(rf"<!DOCTYPE{_S}+({_NAME}){_S}*(?:(SYSTEM){_S}*(\"[^\"]*\"|'[^']*')|PUBLIC{_S}*(\"[^\"]*\"|'[^']*'){_S}*(\"[^\"]*\"|'[^']*'))?")
        found = head.match(data, at)
        if found is None:
            self._fail(4, at + 9)
        system = (found[3] or found[5] or "")[1:-1] or None
        public = found[4][1:-1] if found[4] else None
        self._doctype = "external" if system else "internal"
        self._flush()
        if self.StartDoctypeDeclHandler:
            self.StartDoctypeDeclHandler(found[1], system, public, inner is not None)
        if inner is not None:
            self._subset(inner)
        if self.EndDoctypeDeclHandler:
            self.EndDoctypeDeclHandler()
        return end

    def _type_end(self, at):
        """(where the declaration ends, its internal subset or None)"""
        data, i, quote = self._data, at + 9, None
        start = None
        depth = 0
        while i < len(data):
            c = data[i]
            if quote:
                if c == quote:
                    quote = None
            elif data.startswith("<!--", i):
                i = self._find("-->", i + 4) + 2
            elif data.startswith("<?", i):
                i = self._find("?>", i + 2) + 1
            elif c in "\"'":
                quote = c
            elif c == "[" and start is None:
                start = i + 1
            elif c == "<":
                depth += 1
            elif c == ">" and depth:
                depth -= 1
            elif c == "]" and start is not None and not depth:
                inner = data[start:i]
                close = self._find(">", i)
                return close + 1, inner
            elif c == ">" and start is None:
                return i + 1, None
            i += 1
        raise _Wait

    def _subset(self, text):
        literal = "\"[^\"]*\"|'[^']*'"
        entity = _re.compile(
            rf"<!ENTITY{_S}+(%{_S}+)?({_NAME}){_S}+(?:({literal})|SYSTEM{_S}+({literal})|PUBLIC{_S}+({literal}){_S}+({literal}))"
            rf"(?:{_S}+NDATA{_S}+({_NAME}))?{_S}*>")
        notation = _re.compile(rf"<!NOTATION{_S}+({_NAME}){_S}+(?:SYSTEM{_S}+({literal})|PUBLIC{_S}+({literal})(?:{_S}+({literal}))?){_S}*>")
        element = _re.compile(rf"<!ELEMENT{_S}+({_NAME}){_S}+([^>]*?){_S}*>")
        attlist = _re.compile(rf"<!ATTLIST{_S}+({_NAME})((?:[^>\"']|{literal})*)>")
        at = 0
        while at < len(text):
            at = _space.match(text, at).end()
            if at >= len(text):
                break
            if text.startswith("<!--", at):
                end = text.index("-->", at)
                if self.CommentHandler:
                    self.CommentHandler(text[at + 4:end])
                at = end + 3
            elif text.startswith("<?", at):
                end = text.index("?>", at)
                target, _, rest = text[at + 2:end].partition(" ")
                if self.ProcessingInstructionHandler:
                    self.ProcessingInstructionHandler(target, rest)
                at = end + 2
            elif text[at] == "%":
                self._doctype = "external"
                at = text.index(";", at) + 1
            elif found := entity.match(text, at):
                self._entity(found)
                at = found.end()
            elif found := notation.match(text, at):
                if self.NotationDeclHandler:
                    system = found[2] or found[4]
                    self.NotationDeclHandler(found[1], self._base, system and system[1:-1], found[3] and found[3][1:-1])
                at = found.end()
            elif found := attlist.match(text, at):
                self._attlist(found[1], found[2])
                at = found.end()
            elif found := element.match(text, at):
                if self.ElementDeclHandler:
                    self.ElementDeclHandler(found[1], _content(found[2]))
                at = found.end()
            else:
                self._fail(4)

    def _entity(self, found):
        parameter, name = bool(found[1]), found[2]
        value = found[3][1:-1] if found[3] else None
        system = (found[4] or found[6] or "")[1:-1] or None
        public = found[5][1:-1] if found[5] else None
        if value is not None:
            value = _re.sub(r"&#(\d+);", lambda m: chr(int(m[1])), value)
            value = _re.sub(r"&#x([0-9a-fA-F]+);", lambda m: chr(int(m[1], 16)), value)
        if not parameter:
            self._entities.setdefault(name, (value, system, public, found[7]))
        if found[7] and self.UnparsedEntityDeclHandler:
            self.UnparsedEntityDeclHandler(name, self._base, system, public, found[7])
        elif self.EntityDeclHandler:
            self.EntityDeclHandler(name, parameter, value, self._base, system, public, found[7])

    def _attlist(self, element, text):
        one = _re.compile(rf"{_S}*({_NAME}){_S}+(NOTATION{_S}*\([^)]*\)|\([^)]*\)|\w+){_S}+(#REQUIRED|#IMPLIED|(?:#FIXED{_S}+)?(?:\"[^\"]*\"|'[^']*'))")
        for name, kind, default in one.findall(text):
            value = self._value(default[default.index(default[-1]) + 1:-1], 0) if default[-1] in "\"'" else None
            required = default == "#REQUIRED" or default.startswith("#FIXED")
            self._defaults.setdefault(element, []).append((name, value, kind == "CDATA"))
            if self.AttlistDeclHandler:
                self.AttlistDeclHandler(element, name, "".join(kind.split()), value, required)


def _content(text):
    """A content model as nested tuples: type, quantifier, name, children."""
    text = "".join(text.split())
    if text == "EMPTY":
        return (1, 0, None, ())
    if text == "ANY":
        return (2, 0, None, ())
    quantity = {"?": 1, "*": 2, "+": 3}
    at = 0

    def particle():
        nonlocal at
        if text[at] != "(":
            end = at
            while end < len(text) and text[end] not in ",|)?*+":
                end += 1
            name, at = text[at:end], end
            return (4, suffix(), name, ())
        at += 1
        if text.startswith("#PCDATA", at):
            at += 7
            children = []
            while text[at] == "|":
                at += 1
                children.append(particle())
            at += 1
            return (3, suffix(), None, tuple(children))
        children, kind = [particle()], 6
        while text[at] in ",|":
            kind = 5 if text[at] == "|" else 6
            at += 1
            children.append(particle())
        at += 1
        return (kind, suffix(), None, tuple(children))

    def suffix():
        nonlocal at
        if at < len(text) and text[at] in quantity:
            at += 1
            return quantity[text[at - 1]]
        return 0

    return particle()


XMLParserType = xmlparser
xmlparser.__module__ = "pyexpat"


def ParserCreate(encoding=None, namespace_separator=None, intern=None):
    if encoding is not None and not isinstance(encoding, str):
        raise TypeError(f"ParserCreate() argument 'encoding' must be str or None, not {type(encoding).__name__}")
    if namespace_separator is not None and not isinstance(namespace_separator, str):
        raise TypeError(f"ParserCreate() argument 'namespace_separator' must be str or None, not {type(namespace_separator).__name__}")
    if namespace_separator is not None and len(namespace_separator) > 1:
        raise ValueError("namespace_separator must be at most one character, omitted, or None")
    return xmlparser(encoding, namespace_separator, intern)
