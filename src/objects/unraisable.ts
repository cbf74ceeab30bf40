/** Errors nobody can catch. Part of the object layer. */
export { PyErr_WriteUnraisable } from "./errors.ts";
