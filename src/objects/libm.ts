/** Mathematical functions whose results must equal glibc's where V8's differ. Part of the object layer; pure functions. */

/** x ** y as C's pow has it for finite arguments (the special cases are the caller's). */
export function pow(x: number, y: number): number {
  return x ** y;
}
