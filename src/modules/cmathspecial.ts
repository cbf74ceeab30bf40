/** What the functions of cmath give where an argument is infinite or NaN (C99 annex G). Part of the modules; data. */

/**
 * By function, seven rows (real part -inf, negative, -0, 0, positive, inf, nan) of seven columns (imaginary part likewise). A
 * cell is real and imaginary part: 0 zero, I infinity, U one, P pi, H pi/2, Q pi/4, T 3 pi/4, n NaN; o and the small letters
 * are their negatives. "!!" is a domain error, ".." finite.
 */
const CELLS: Record<string, string> = {
  acos: "TI PI PI Pi Pi Ti nI | HI .. .. .. .. Hi nn | HI .. .. .. .. Hi Hn | HI .. .. .. .. Hi Hn | HI .. .. .. .. Hi nn | QI 0I 0I 0i 0i Qi nI | nI nn nn nn nn ni nn",
  acosh:
    "It Ip Ip IP IP IT In | Ih .. .. .. .. IH nn | Ih .. .. .. .. IH nn | Ih .. .. .. .. IH nn | Ih .. .. .. .. IH nn | Iq Io Io I0 I0 IQ In | In nn nn nn nn In nn",
  asinh:
    "iq io io i0 i0 iQ in | ih .. .. .. .. iH nn | ih .. .. .. .. iH nn | Ih .. .. .. .. IH nn | Ih .. .. .. .. IH nn | Iq Io Io I0 I0 IQ In | In nn no n0 nn In nn",
  atanh:
    "oh oh oh oH oH oH on | oh .. .. .. .. oH nn | oh .. .. .. .. oH on | 0h .. .. .. .. 0H 0n | 0h .. .. .. .. 0H nn | 0h 0h 0h 0H 0H 0H 0n | 0h nn nn nn nn 0H nn",
  cosh: "!! II I0 Io Ii !! In | !! .. .. .. .. !! nn | !! .. .. .. .. !! n0 | !! .. .. .. .. !! n0 | !! .. .. .. .. !! nn | !! Ii Io I0 II !! In | nn nn n0 n0 nn nn nn",
  exp: "00 0o 0o 00 00 00 00 | !! .. .. .. .. !! nn | !! .. .. .. .. !! nn | !! .. .. .. .. !! nn | !! .. .. .. .. !! nn | !! Ii Io I0 II !! In | nn nn no n0 nn nn nn",
  log: "It Ip Ip IP IP IT In | Ih .. .. .. .. IH nn | Ih .. .. .. .. IH nn | Ih .. .. .. .. IH nn | Ih .. .. .. .. IH nn | Iq Io Io I0 I0 IQ In | In nn nn nn nn In nn",
  sinh: "!! ii io i0 iI !! In | !! .. .. .. .. !! nn | !! .. .. .. .. !! 0n | !! .. .. .. .. !! 0n | !! .. .. .. .. !! nn | !! Ii Io I0 II !! In | nn nn no n0 nn nn nn",
  sqrt: "Ii 0i 0i 0I 0I II nI | Ii .. .. .. .. II nn | Ii .. .. .. .. II nn | Ii .. .. .. .. II nn | Ii .. .. .. .. II nn | Ii Io Io I0 I0 II In | Ii nn nn nn nn II nn",
  tanh: "u0 uo uo u0 u0 u0 u0 | !! .. .. .. .. !! nn | !! .. .. .. .. !! nn | !! .. .. .. .. !! nn | !! .. .. .. .. !! nn | U0 Uo Uo U0 U0 U0 U0 | nn nn no n0 nn nn nn",
  rect: "!! iI i0 io ii !! In | !! .. .. .. .. !! nn | 00 .. .. .. .. 00 00 | 00 .. .. .. .. 00 00 | !! .. .. .. .. !! nn | !! Ii Io I0 II !! In | nn nn n0 n0 nn nn nn",
};

const VALUES: Record<string, number> = {
  "0": 0,
  o: -0,
  I: Number.POSITIVE_INFINITY,
  i: Number.NEGATIVE_INFINITY,
  U: 1,
  u: -1,
  P: Math.PI,
  p: -Math.PI,
  H: Math.PI / 2,
  h: -Math.PI / 2,
  Q: Math.PI / 4,
  q: -Math.PI / 4,
  T: 0.75 * Math.PI,
  t: -0.75 * Math.PI,
  n: Number.NaN,
};

function kind(x: number): number {
  if (Number.isNaN(x)) return 6;
  if (!Number.isFinite(x)) return x < 0 ? 0 : 5;
  if (x === 0) return Object.is(x, -0) ? 2 : 3;
  return x < 0 ? 1 : 4;
}

/** The value for a special argument, or null for a domain error. */
export function specialValue(name: string, re: number, im: number): { re: number; im: number } | null {
  const cell = CELLS[name].split(" | ")[kind(re)].split(" ")[kind(im)];
  return cell === "!!" ? null : { re: VALUES[cell[0]], im: VALUES[cell[1]] };
}
