/** The format mini-language in one place: what other files import. Part of the object layer. */
export { formatComplexObject, formatDouble, formatFloat, formatFloatObject } from "./formatfloat.ts";
export { formatInt } from "./formatint.ts";
export { type FormatSpec, layOutNumber, padText, parseFormatSpec, unknownType } from "./formatspec.ts";
export { formatStrObject, unicodeFormatAdvanced } from "./formatstr.ts";
