/**
 * The static types, exceptions and interned names that code refers to by field (`rt.types.list`, `rt.exc.TypeError`,
 * `rt.names.__init__`). Part of the object layer. Addresses are reserved before any object exists, so that the first
 * objects (names, tuples, dicts of types) can already point at their types.
 */

/** Built-in types of which the runtime itself must know the address. */
export class Types {
  object = 0;
  type = 0;
  int = 0;
  bool = 0;
  float = 0;
  complex = 0;
  str = 0;
  bytes = 0;
  bytearray = 0;
  memoryview = 0;
  tuple = 0;
  list = 0;
  dict = 0;
  set = 0;
  frozenset = 0;
  range = 0;
  slice = 0;
  NoneType = 0;
  NotImplementedType = 0;
  ellipsis = 0;
  function = 0;
  code = 0;
  cell = 0;
  method = 0;
  builtin_function_or_method = 0;
  builtin_method = 0;
  frame = 0;
  traceback = 0;
  generator = 0;
  coroutine = 0;
  coroutine_wrapper = 0;
  async_generator = 0;
  async_generator_asend = 0;
  async_generator_athrow = 0;
  async_generator_wrapped_value = 0;
  anext_awaitable = 0;
  module = 0;
  property = 0;
  staticmethod = 0;
  classmethod = 0;
  super = 0;
  method_descriptor = 0;
  classmethod_descriptor = 0;
  member_descriptor = 0;
  getset_descriptor = 0;
  wrapper_descriptor = 0;
  method_wrapper = 0;
  mappingproxy = 0;
  SimpleNamespace = 0;
  GenericAlias = 0;
  generic_alias_iterator = 0;
  UnionType = 0;
  /** Defined by modules/_typing when it is first needed. */
  TypeAliasType = 0;
  weakref = 0;
  weakproxy = 0;
  weakcallableproxy = 0;
  enumerate = 0;
  reversed = 0;
  zip = 0;
  map = 0;
  filter = 0;
  list_iterator = 0;
  list_reverseiterator = 0;
  tuple_iterator = 0;
  range_iterator = 0;
  longrange_iterator = 0;
  str_iterator = 0;
  str_ascii_iterator = 0;
  bytes_iterator = 0;
  bytearray_iterator = 0;
  memory_iterator = 0;
  set_iterator = 0;
  dict_keys = 0;
  dict_values = 0;
  dict_items = 0;
  dict_keyiterator = 0;
  dict_valueiterator = 0;
  dict_itemiterator = 0;
  dict_reversekeyiterator = 0;
  dict_reversevalueiterator = 0;
  dict_reverseitemiterator = 0;
  OrderedDict = 0;
  odict_keys = 0;
  odict_values = 0;
  odict_items = 0;
  odict_iterator = 0;
  iterator = 0;
  callable_iterator = 0;
  FrameLocalsProxy = 0;
  capsule = 0;
  managedbuffer = 0;
}

/** Built-in exception types. */
export class ExcTypes {
  BaseException = 0;
  BaseExceptionGroup = 0;
  ExceptionGroup = 0;
  GeneratorExit = 0;
  KeyboardInterrupt = 0;
  SystemExit = 0;
  Exception = 0;
  ArithmeticError = 0;
  FloatingPointError = 0;
  OverflowError = 0;
  ZeroDivisionError = 0;
  AssertionError = 0;
  AttributeError = 0;
  BufferError = 0;
  EOFError = 0;
  ImportError = 0;
  ModuleNotFoundError = 0;
  LookupError = 0;
  IndexError = 0;
  KeyError = 0;
  MemoryError = 0;
  NameError = 0;
  UnboundLocalError = 0;
  OSError = 0;
  BlockingIOError = 0;
  ChildProcessError = 0;
  ConnectionError = 0;
  BrokenPipeError = 0;
  ConnectionAbortedError = 0;
  ConnectionRefusedError = 0;
  ConnectionResetError = 0;
  FileExistsError = 0;
  FileNotFoundError = 0;
  InterruptedError = 0;
  IsADirectoryError = 0;
  NotADirectoryError = 0;
  PermissionError = 0;
  ProcessLookupError = 0;
  TimeoutError = 0;
  ReferenceError = 0;
  RuntimeError = 0;
  NotImplementedError = 0;
  PythonFinalizationError = 0;
  RecursionError = 0;
  StopAsyncIteration = 0;
  StopIteration = 0;
  SyntaxError = 0;
  IndentationError = 0;
  TabError = 0;
  _IncompleteInputError = 0;
  SystemError = 0;
  TypeError = 0;
  ValueError = 0;
  UnicodeError = 0;
  UnicodeDecodeError = 0;
  UnicodeEncodeError = 0;
  UnicodeTranslateError = 0;
  Warning = 0;
  BytesWarning = 0;
  DeprecationWarning = 0;
  EncodingWarning = 0;
  FutureWarning = 0;
  ImportWarning = 0;
  PendingDeprecationWarning = 0;
  ResourceWarning = 0;
  RuntimeWarning = 0;
  SyntaxWarning = 0;
  UnicodeWarning = 0;
  UserWarning = 0;
}

/**
 * Static interned strings for hot paths: each field's name is its text. For cold paths use `internStatic(rt, "text")`.
 * A literal: V8 gives a class of so many fields one after the other, which takes five times as long.
 */
export const newNames = () => ({
  __abs__: 0,
  __add__: 0,
  __aenter__: 0,
  __aexit__: 0,
  __aiter__: 0,
  __all__: 0,
  __and__: 0,
  __anext__: 0,
  __annotations__: 0,
  __args__: 0,
  __await__: 0,
  __bases__: 0,
  __bool__: 0,
  __build_class__: 0,
  __builtins__: 0,
  __bytes__: 0,
  __call__: 0,
  __cause__: 0,
  __class__: 0,
  __class_getitem__: 0,
  __classcell__: 0,
  __classdict__: 0,
  __classdictcell__: 0,
  __complex__: 0,
  __contains__: 0,
  __del__: 0,
  __delattr__: 0,
  __delete__: 0,
  __delitem__: 0,
  __dict__: 0,
  __dir__: 0,
  __divmod__: 0,
  __doc__: 0,
  __enter__: 0,
  __eq__: 0,
  __exit__: 0,
  __file__: 0,
  __firstlineno__: 0,
  __float__: 0,
  __floordiv__: 0,
  __format__: 0,
  __fspath__: 0,
  __ge__: 0,
  __get__: 0,
  __getattr__: 0,
  __getattribute__: 0,
  __getitem__: 0,
  __getnewargs__: 0,
  __getnewargs_ex__: 0,
  __getstate__: 0,
  __gt__: 0,
  __hash__: 0,
  __iadd__: 0,
  __iand__: 0,
  __ifloordiv__: 0,
  __ilshift__: 0,
  __imatmul__: 0,
  __imod__: 0,
  __import__: 0,
  __imul__: 0,
  __index__: 0,
  __init__: 0,
  __init_subclass__: 0,
  __instancecheck__: 0,
  __int__: 0,
  __invert__: 0,
  __ior__: 0,
  __ipow__: 0,
  __irshift__: 0,
  __isabstractmethod__: 0,
  __isub__: 0,
  __iter__: 0,
  __itruediv__: 0,
  __ixor__: 0,
  __le__: 0,
  __len__: 0,
  __length_hint__: 0,
  __loader__: 0,
  __lshift__: 0,
  __lt__: 0,
  __main__: 0,
  __match_args__: 0,
  __matmul__: 0,
  __missing__: 0,
  __mod__: 0,
  __module__: 0,
  __mro_entries__: 0,
  __mul__: 0,
  __name__: 0,
  __ne__: 0,
  __neg__: 0,
  __new__: 0,
  __next__: 0,
  __notes__: 0,
  __objclass__: 0,
  __or__: 0,
  __orig_bases__: 0,
  __orig_class__: 0,
  __origin__: 0,
  __package__: 0,
  __parameters__: 0,
  __path__: 0,
  __pos__: 0,
  __pow__: 0,
  __prepare__: 0,
  __qualname__: 0,
  __radd__: 0,
  __rand__: 0,
  __rdivmod__: 0,
  __reduce__: 0,
  __reduce_ex__: 0,
  __repr__: 0,
  __reversed__: 0,
  __rfloordiv__: 0,
  __rlshift__: 0,
  __rmatmul__: 0,
  __rmod__: 0,
  __rmul__: 0,
  __ror__: 0,
  __round__: 0,
  __rpow__: 0,
  __rrshift__: 0,
  __rshift__: 0,
  __rsub__: 0,
  __rtruediv__: 0,
  __rxor__: 0,
  __set__: 0,
  __set_name__: 0,
  __setattr__: 0,
  __setitem__: 0,
  __setstate__: 0,
  __sizeof__: 0,
  __slots__: 0,
  __spec__: 0,
  __static_attributes__: 0,
  __str__: 0,
  __sub__: 0,
  __subclasscheck__: 0,
  __subclasshook__: 0,
  __truediv__: 0,
  __trunc__: 0,
  __type_params__: 0,
  __typing_subst__: 0,
  __typing_unpacked_tuple_args__: 0,
  __warningregistry__: 0,
  __weakref__: 0,
  __xor__: 0,
  _abc_impl: 0,
  append: 0,
  args: 0,
  builtins: 0,
  clear: 0,
  close: 0,
  copy: 0,
  encoding: 0,
  end: 0,
  errors: 0,
  extend: 0,
  fileno: 0,
  flush: 0,
  get: 0,
  items: 0,
  join: 0,
  key: 0,
  keys: 0,
  metaclass: 0,
  mro: 0,
  name: 0,
  obj: 0,
  pop: 0,
  print: 0,
  read: 0,
  readline: 0,
  reverse: 0,
  self: 0,
  send: 0,
  sep: 0,
  stderr: 0,
  stdin: 0,
  stdout: 0,
  strict: 0,
  sys: 0,
  throw: 0,
  update: 0,
  utf_8: 0,
  values: 0,
  write: 0,
});
export type Names = ReturnType<typeof newNames>;
