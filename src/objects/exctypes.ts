/** The tree of the built-in exception types, those without fields of their own included. Part of the object layer. */
import { defineType } from "./defineType.ts";
import {
  BaseException_clear,
  BaseException_dealloc,
  BaseException_init,
  BaseException_new,
  BaseException_traverse,
  EXC_DICTOFFSET,
  EXC_FLAGS,
  fieldSlots,
  initBaseException,
} from "./exceptions.ts";
import { ImportError_init, initExcFields, NameError_init } from "./excfields.ts";
import { initExceptionGroup } from "./excgroup.ts";
import { Exc } from "./layout.ts";
import { initOSError } from "./oserror.ts";
import type { Runtime } from "./runtime.ts";
import { initSyntaxError } from "./syntaxerror.ts";
import type { ExcTypes } from "./tables.ts";
import { initUnicodeError } from "./unicodeerror.ts";

type Name = keyof ExcTypes;

/** [name, base, doc] of the types that are BaseException in all but name, in order of their making. */
const PLAIN: [Name, Name, string][] = [
  ["Exception", "BaseException", "What ordinary errors derive from."],
  ["GeneratorExit", "BaseException", "A generator is asked to end."],
  ["KeyboardInterrupt", "BaseException", "The user interrupted the program."],
  ["ArithmeticError", "Exception", "What errors of arithmetic derive from."],
  ["AssertionError", "Exception", "An assertion failed."],
  ["BufferError", "Exception", "A buffer cannot be lent or changed."],
  ["EOFError", "Exception", "The input ended too early."],
  ["LookupError", "Exception", "What errors of indexes and keys derive from."],
  ["ReferenceError", "Exception", "The object behind a weak proxy is gone."],
  ["RuntimeError", "Exception", "An error that fits nowhere else."],
  ["StopAsyncIteration", "Exception", "An asynchronous iterator has no more items."],
  ["SystemError", "Exception", "An error inside the interpreter."],
  ["TypeError", "Exception", "An object has the wrong type."],
  ["ValueError", "Exception", "An object has the right type and an unfit value."],
  ["Warning", "Exception", "What warnings derive from."],
  ["FloatingPointError", "ArithmeticError", "A floating-point operation failed."],
  ["OverflowError", "ArithmeticError", "A result is too large."],
  ["ZeroDivisionError", "ArithmeticError", "A division by zero."],
  ["IndexError", "LookupError", "An index is out of range."],
  ["NotImplementedError", "RuntimeError", "A method is left to subclasses."],
  ["PythonFinalizationError", "RuntimeError", "An operation came while the interpreter was ending."],
  ["RecursionError", "RuntimeError", "Calls are nested too deep."],
  ["UnicodeError", "ValueError", "What errors of text encodings derive from."],
  ["BytesWarning", "Warning", "Bytes are mixed with text."],
  ["DeprecationWarning", "Warning", "A feature will go away: for programmers."],
  ["EncodingWarning", "Warning", "An encoding was left to the locale."],
  ["FutureWarning", "Warning", "A feature will change: for users."],
  ["ImportWarning", "Warning", "A likely mistake in an import."],
  ["PendingDeprecationWarning", "Warning", "A feature will be deprecated."],
  ["ResourceWarning", "Warning", "A resource was not closed."],
  ["RuntimeWarning", "Warning", "Doubtful behaviour at run time."],
  ["SyntaxWarning", "Warning", "Doubtful source."],
  ["UnicodeWarning", "Warning", "A doubtful use of text."],
  ["UserWarning", "Warning", "What warnings.warn issues by default."],
];

const COMMON = { dictoffset: EXC_DICTOFFSET, flags: EXC_FLAGS };

function definePlain(rt: Runtime, name: Name, base: Name, doc: string): void {
  const slots = {
    tp_dealloc: BaseException_dealloc,
    tp_traverse: BaseException_traverse,
    tp_clear: BaseException_clear,
    tp_init: BaseException_init,
    tp_new: BaseException_new,
  };
  defineType(rt, { ...COMMON, name, basicsize: Exc.BYTES, base: rt.exc[base], doc, slots }, rt.exc[name]);
}

function defineDerived(rt: Runtime): void {
  defineType(
    rt,
    {
      ...COMMON,
      name: "ModuleNotFoundError",
      basicsize: 104,
      base: rt.exc.ImportError,
      doc: "There is no such module.",
      slots: { ...fieldSlots([18, 20, 22, 24]), tp_init: ImportError_init },
    },
    rt.exc.ModuleNotFoundError,
  );
  defineType(
    rt,
    {
      ...COMMON,
      name: "UnboundLocalError",
      basicsize: 80,
      base: rt.exc.NameError,
      doc: "A local variable has no value yet.",
      slots: { ...fieldSlots([18]), tp_init: NameError_init },
    },
    rt.exc.UnboundLocalError,
  );
}

/** Makes all exception types but ExceptionGroup, which needs `type` to be ready (initExceptionGroupType). */
export function initExceptions(rt: Runtime): void {
  initBaseException(rt);
  for (const [name, base, doc] of PLAIN) definePlain(rt, name, base, doc);
  initExcFields(rt);
  initOSError(rt);
  initSyntaxError(rt);
  initUnicodeError(rt);
  defineDerived(rt);
  initExceptionGroup(rt);
}
