"""The classes of syntax tree nodes. What each has as fields stands in the table below."""

PyCF_ONLY_AST = 0x400
PyCF_TYPE_COMMENTS = 0x1000
PyCF_ALLOW_TOP_LEVEL_AWAIT = 0x2000
PyCF_OPTIMIZED_AST = 0x8400


class AST:
    """A node: one attribute for each of its _fields."""

    _fields = ()
    _attributes = ()
    __match_args__ = ()
    _optional = frozenset()
    _lists = frozenset()

    def __init__(self, *args, **kwargs):
        cls = type(self)
        fields = cls._fields
        if len(args) > len(fields):
            few = "at most " if fields else ""
            plural = "" if len(fields) == 1 else "s"
            raise TypeError(f"{cls.__name__} constructor takes {few}{len(fields)} positional argument{plural}")
        missing = set(fields)
        for name, value in zip(fields, args):
            setattr(self, name, value)
            missing.discard(name)
        for name, value in kwargs.items():
            if name in fields:
                if name not in missing:
                    raise TypeError(f"{cls.__name__} got multiple values for argument {name!r}")
                missing.discard(name)
            elif name not in cls._attributes:
                import warnings
                message = (f"{cls.__name__}.__init__ got an unexpected keyword argument {name!r}. "
                           "Support for arbitrary keyword arguments is deprecated and will be removed in Python 3.15.")
                warnings.warn(message, DeprecationWarning, 2)
            setattr(self, name, value)
        for name in fields:
            if name not in missing or name in cls._optional:
                continue
            if name in cls._lists:
                setattr(self, name, [])
            elif name == "ctx":
                self.ctx = Load()
            elif name in cls._required:
                import warnings
                message = (f"{cls.__name__}.__init__ missing 1 required positional argument: {name!r}. "
                           "This will become an error in Python 3.15.")
                warnings.warn(message, DeprecationWarning, 2)

    _required = frozenset()

    def __reduce__(self):
        return type(self), (), self.__dict__

    def __replace__(self, /, **changes):
        names = self._fields + self._attributes
        values = {name: value for name, value in self.__dict__.items() if name in names}
        for name in changes:
            if name not in names:
                raise TypeError(f"{type(self).__name__}.__replace__ got an unexpected keyword argument {name!r}.")
        values.update(changes)
        return type(self)(**values)


AST.__module__ = "ast"

# name base: fields; "?" may be missing (None), "*" is a list; behind "|" the attributes
_NODES = """
alias AST: name asname? | lineno col_offset end_lineno? end_col_offset?
arg AST: arg annotation? type_comment? | lineno col_offset end_lineno? end_col_offset?
arguments AST: posonlyargs* args* vararg? kwonlyargs* kw_defaults* kwarg? defaults*
boolop AST:
cmpop AST:
comprehension AST: target iter ifs* is_async
excepthandler AST:  | lineno col_offset end_lineno? end_col_offset?
expr AST:  | lineno col_offset end_lineno? end_col_offset?
expr_context AST:
keyword AST: arg? value | lineno col_offset end_lineno? end_col_offset?
match_case AST: pattern guard? body*
mod AST:
operator AST:
pattern AST:  | lineno col_offset end_lineno end_col_offset
stmt AST:  | lineno col_offset end_lineno? end_col_offset?
type_ignore AST:
type_param AST:  | lineno col_offset end_lineno end_col_offset
unaryop AST:
withitem AST: context_expr optional_vars?
Add operator:
And boolop:
AnnAssign stmt: target annotation value? simple
Assert stmt: test msg?
Assign stmt: targets* value type_comment?
AsyncFor stmt: target iter body* orelse* type_comment?
AsyncFunctionDef stmt: name args body* decorator_list* returns? type_comment? type_params*
AsyncWith stmt: items* body* type_comment?
Attribute expr: value attr ctx
AugAssign stmt: target op value
Await expr: value
BinOp expr: left op right
BitAnd operator:
BitOr operator:
BitXor operator:
BoolOp expr: op values*
Break stmt:
Call expr: func args* keywords*
ClassDef stmt: name bases* keywords* body* decorator_list* type_params*
Compare expr: left ops* comparators*
Constant expr: value kind?
Continue stmt:
Del expr_context:
Delete stmt: targets*
Dict expr: keys* values*
DictComp expr: key value generators*
Div operator:
Eq cmpop:
ExceptHandler excepthandler: type? name? body*
Expr stmt: value
Expression mod: body
FloorDiv operator:
For stmt: target iter body* orelse* type_comment?
FormattedValue expr: value conversion format_spec?
FunctionDef stmt: name args body* decorator_list* returns? type_comment? type_params*
FunctionType mod: argtypes* returns
GeneratorExp expr: elt generators*
Global stmt: names*
Gt cmpop:
GtE cmpop:
If stmt: test body* orelse*
IfExp expr: test body orelse
Import stmt: names*
ImportFrom stmt: module? names* level?
In cmpop:
Interactive mod: body*
Invert unaryop:
Is cmpop:
IsNot cmpop:
JoinedStr expr: values*
LShift operator:
Lambda expr: args body
List expr: elts* ctx
ListComp expr: elt generators*
Load expr_context:
Lt cmpop:
LtE cmpop:
MatMult operator:
Match stmt: subject cases*
MatchAs pattern: pattern? name?
MatchClass pattern: cls patterns* kwd_attrs* kwd_patterns*
MatchMapping pattern: keys* patterns* rest?
MatchOr pattern: patterns*
MatchSequence pattern: patterns*
MatchSingleton pattern: value
MatchStar pattern: name?
MatchValue pattern: value
Mod operator:
Module mod: body* type_ignores*
Mult operator:
Name expr: id ctx
NamedExpr expr: target value
Nonlocal stmt: names*
Not unaryop:
NotEq cmpop:
NotIn cmpop:
Or boolop:
ParamSpec type_param: name default_value?
Pass stmt:
Pow operator:
RShift operator:
Raise stmt: exc? cause?
Return stmt: value?
Set expr: elts*
SetComp expr: elt generators*
Slice expr: lower? upper? step?
Starred expr: value ctx
Store expr_context:
Sub operator:
Subscript expr: value slice ctx
Try stmt: body* handlers* orelse* finalbody*
TryStar stmt: body* handlers* orelse* finalbody*
Tuple expr: elts* ctx
TypeAlias stmt: name type_params* value
TypeIgnore type_ignore: lineno tag
TypeVar type_param: name bound? default_value?
TypeVarTuple type_param: name default_value?
UAdd unaryop:
USub unaryop:
UnaryOp expr: op operand
While stmt: test body* orelse*
With stmt: items* body* type_comment?
Yield expr: value?
YieldFrom expr: value
"""


def _define(line):
    head, _, rest = line.partition(":")
    name, base = head.split()
    fields, _, attributes = rest.partition("|")
    base = globals()[base]
    words = fields.split()
    names = tuple(word.rstrip("?*") for word in words)
    optional = {word[:-1] for word in words if word.endswith("?")}
    space = {
        "__module__": "ast",
        "_fields": names,
        "__match_args__": names,
        "_optional": frozenset(optional),
        "_lists": frozenset(word[:-1] for word in words if word.endswith("*")),
        "_required": frozenset(word for word in words if word[-1] not in "?*"),
    }
    for field in optional:
        space[field] = None
    if attributes:
        space["_attributes"] = tuple(word.rstrip("?") for word in attributes.split())
        for word in attributes.split():
            if word.endswith("?"):
                space[word[:-1]] = None
    globals()[name] = type(name, (base,), space)


for _line in _NODES.split("\n"):
    if _line:
        _define(_line)
del _line
