/**
 * The module _statistics: the inverse of the normal distribution, by the rational approximations of Wichura's algorithm AS241
 * (Applied Statistics 37, 1988). Part of the modules.
 */
import { checkArgs } from "../objects/argparse.ts";
import { valueError } from "../objects/errors.ts";
import { PyFloat_AsDouble, PyFloat_FromDouble } from "../objects/float.ts";
import { log } from "../objects/libm.ts";
import type { Runtime } from "../objects/runtime.ts";
import { METH, type NewRef, type Ref } from "../objects/typeinfo.ts";
import { createModule } from "./native.ts";

/** Coefficients, the highest power first: near the middle, in the tails, far out. */
const CENTRAL_NUM = [
  2509.0809287301227, 33430.57558358813, 67265.7709270087, 45921.95393154987, 13731.69376550946,
  1971.5909503065513, 133.14166789178438, 3.3871328727963665,
];
const CENTRAL_DEN = [
  5226.495278852854, 28729.085735721943, 39307.89580009271, 21213.794301586597, 5394.196021424751,
  687.1870074920579, 42.31333070160091, 1,
];
const TAIL_NUM = [
  0.0007745450142783414, 0.022723844989269184, 0.2417807251774506, 1.2704582524523684, 3.6478483247632045,
  5.769497221460691, 4.630337846156546, 1.4234371107496835,
];
const TAIL_DEN = [
  1.0507500716444169e-9, 0.0005475938084995345, 0.015198666563616457, 0.14810397642748008, 0.6897673349851,
  1.6763848301838038, 2.053191626637759, 1,
];
const FAR_NUM = [
  2.0103343992922881e-7, 2.7115555687434876e-5, 0.0012426609473880784, 0.026532189526576124,
  0.29656057182850487, 1.7848265399172913, 5.463784911164114, 6.657904643501103,
];
const FAR_DEN = [
  2.0442631033899397e-15, 1.421511758316446e-7, 1.8463183175100548e-5, 0.0007868691311456133,
  0.014875361290850615, 0.1369298809227358, 0.599832206555888, 1,
];

function polynomial(coefficients: number[], r: number): number {
  let v = coefficients[0];
  for (let i = 1; i < coefficients.length; i++) v = v * r + coefficients[i];
  return v;
}

/** The standard normal quantile of p, or null where there is none. */
function quantile(p: number): number | null {
  const q = p - 0.5;
  if (Math.abs(q) <= 0.425) {
    const r = 0.180625 - q * q;
    return (polynomial(CENTRAL_NUM, r) * q) / polynomial(CENTRAL_DEN, r);
  }
  let r = q <= 0 ? p : 1 - p;
  if (r <= 0 || r >= 1) return null;
  r = Math.sqrt(-log(r));
  const far = r > 5;
  r -= far ? 5 : 1.6;
  const x = polynomial(far ? FAR_NUM : TAIL_NUM, r) / polynomial(far ? FAR_DEN : TAIL_DEN, r);
  return q < 0 ? -x : x;
}

function _normal_dist_inv_cdf(rt: Runtime, _m: Ref, args: number, nargs: number): NewRef {
  checkArgs(rt, "_normal_dist_inv_cdf", nargs, 3, 3);
  const [p, mu, sigma] = [0, 2, 4].map((at) => PyFloat_AsDouble(rt, rt.i32[args + at]));
  const x = quantile(p);
  if (x === null) throw valueError(rt, "inv_cdf undefined for these parameters");
  return PyFloat_FromDouble(rt, mu + x * sigma);
}

export function initModule__statistics(rt: Runtime): NewRef {
  return createModule(
    rt,
    "_statistics",
    [
      {
        name: "_normal_dist_inv_cdf",
        flags: METH.FASTCALL,
        fn: _normal_dist_inv_cdf,
        sig: "($module, p, mu, sigma, /)",
      },
    ],
    "What statistics does natively.",
  );
}
