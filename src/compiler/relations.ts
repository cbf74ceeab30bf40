/** The relations of comparisons, as helpers name them and as JavaScript writes them. Part of the compiler. */

export const COMPARE: Record<string, string> = {
  Lt: "lt",
  LtE: "le",
  Eq: "eq",
  NotEq: "ne",
  Gt: "gt",
  GtE: "ge",
};

export const RELATION: Record<string, string> = {
  lt: "<",
  le: "<=",
  eq: "===",
  ne: "!==",
  gt: ">",
  ge: ">=",
};

/** By the operator of the syntax tree. */
export const RELATION_OF: Record<string, string> = Object.fromEntries(
  Object.entries(COMPARE).map(([op, name]) => [op, RELATION[name]]),
);
