"""Facts about CPython 3.13's instructions, for dis and opcode. Code objects here hold JavaScript, not these."""

_ARG = {*range(45, 119), 149, *range(162, 207), 208, 211, *range(220, 223), 236, *range(240, 246), *range(248, 254), *range(256, 263), *range(264, 268)}
_CONST = {83, 103, 240}
_NAME = {63, *range(66, 68), *range(74, 76), 82, *range(90, 94), 108, *range(113, 115), 192, 202, *range(205, 207), 211, *range(259, 263)}
_JUMP = {72, *range(77, 80), *range(97, 101), 104, *range(188, 191), *range(256, 258)}
_FREE = {64, 84, 89, 94, 109}
_LOCAL = {3, 65, *range(85, 89), *range(110, 113), 258, 267}
_EXC = {*range(264, 267)}
_NB_OPS =  [('NB_ADD', '+'), ('NB_AND', '&'), ('NB_FLOOR_DIVIDE', '//'), ('NB_LSHIFT', '<<'), ('NB_MATRIX_MULTIPLY', '@'), ('NB_MULTIPLY', '*'), ('NB_REMAINDER', '%'), ('NB_OR', '|'), ('NB_POWER', '**'), ('NB_RSHIFT', '>>'), ('NB_SUBTRACT', '-'), ('NB_TRUE_DIVIDE', '/'), ('NB_XOR', '^'), ('NB_INPLACE_ADD', '+='), ('NB_INPLACE_AND', '&='), ('NB_INPLACE_FLOOR_DIVIDE', '//='), ('NB_INPLACE_LSHIFT', '<<='), ('NB_INPLACE_MATRIX_MULTIPLY', '@='), ('NB_INPLACE_MULTIPLY', '*='), ('NB_INPLACE_REMAINDER', '%='), ('NB_INPLACE_OR', '|='), ('NB_INPLACE_POWER', '**='), ('NB_INPLACE_RSHIFT', '>>='), ('NB_INPLACE_SUBTRACT', '-='), ('NB_INPLACE_TRUE_DIVIDE', '/='), ('NB_INPLACE_XOR', '^=')]
_INTRINSIC1 =  ['INTRINSIC_1_INVALID', 'INTRINSIC_PRINT', 'INTRINSIC_IMPORT_STAR', 'INTRINSIC_STOPITERATION_ERROR', 'INTRINSIC_ASYNC_GEN_WRAP', 'INTRINSIC_UNARY_POSITIVE', 'INTRINSIC_LIST_TO_TUPLE', 'INTRINSIC_TYPEVAR', 'INTRINSIC_PARAMSPEC', 'INTRINSIC_TYPEVARTUPLE', 'INTRINSIC_SUBSCRIPT_GENERIC', 'INTRINSIC_TYPEALIAS']
_INTRINSIC2 =  ['INTRINSIC_2_INVALID', 'INTRINSIC_PREP_RERAISE_STAR', 'INTRINSIC_TYPEVAR_WITH_BOUND', 'INTRINSIC_TYPEVAR_WITH_CONSTRAINTS', 'INTRINSIC_SET_FUNCTION_TYPE_PARAMS', 'INTRINSIC_SET_TYPEPARAM_DEFAULT']


def is_valid(opcode):
    import _opcode_metadata
    return opcode in _opcode_metadata.opmap.values() or opcode in _opcode_metadata._specialized_opmap.values()


def has_arg(opcode):
    return opcode in _ARG


def has_const(opcode):
    return opcode in _CONST


def has_name(opcode):
    return opcode in _NAME


def has_jump(opcode):
    return opcode in _JUMP


def has_free(opcode):
    return opcode in _FREE


def has_local(opcode):
    return opcode in _LOCAL


def has_exc(opcode):
    return opcode in _EXC


def get_nb_ops():
    return list(_NB_OPS)


def get_intrinsic1_descs():
    return list(_INTRINSIC1)


def get_intrinsic2_descs():
    return list(_INTRINSIC2)


def get_executor(*, code, offset):
    raise ValueError("no executor exists at the given offset")


def get_specialization_stats():
    return None


def stack_effect(opcode, oparg=None, /, *, jump=None):
    raise NotImplementedError("Glassheap compiles to JavaScript: instructions have no effect on a stack")
