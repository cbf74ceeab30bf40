/** Exceptions that nobody can catch: in `__del__`, in callbacks, in the collector. Part of the object layer. */
import { clearError } from "./errors.ts";
import type { Runtime } from "./runtime.ts";
import type { OptRef } from "./typeinfo.ts";

/**
 * Reports the current exception to sys.unraisablehook and forgets it. `where` is the object it happened in, or 0;
 * `message` replaces "Exception ignored in" (PyErr_WriteUnraisable, PyErr_FormatUnraisable).
 */
export function PyErr_WriteUnraisable(rt: Runtime, where: OptRef, message: string | null = null): void {
  rt.writeUnraisable(where, message);
  clearError(rt);
}
