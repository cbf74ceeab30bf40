/**
 * "Did you mean": the closest of several names, by CPython's measure (Python/suggestions.c: a move costs 2, a change of
 * case 1). Part of the object layer.
 */
const MAX_CANDIDATES = 750;
const MAX_LENGTH = 40;
const MOVE_COST = 2;
const CASE_COST = 1;

function lower(c: number): number {
  return c >= 65 && c <= 90 ? c + 32 : c;
}

function substitutionCost(a: number, b: number): number {
  if (a === b) return 0;
  return lower(a) === lower(b) ? CASE_COST : MOVE_COST;
}

/** Distance of two names in bytes of UTF-8; something above `max` if it is above `max`. */
export function levenshtein(a: Uint8Array, b: Uint8Array, max: number): number {
  let start = 0;
  while (start < a.length && start < b.length && a[start] === b[start]) start++;
  let endA = a.length;
  let endB = b.length;
  while (endA > start && endB > start && a[endA - 1] === b[endB - 1]) {
    endA--;
    endB--;
  }
  const x = a.subarray(start, endA);
  const y = b.subarray(start, endB);
  if (x.length === 0 || y.length === 0) return (x.length + y.length) * MOVE_COST;
  if (x.length > MAX_LENGTH || y.length > MAX_LENGTH) return max + 1;
  return x.length <= y.length ? rowByRow(x, y, max) : rowByRow(y, x, max);
}

/** One row of the matrix at a time, updated in place; `a` is the shorter name. */
function rowByRow(a: Uint8Array, b: Uint8Array, max: number): number {
  if ((b.length - a.length) * MOVE_COST > max) return max + 1;
  const row = Array.from(a, (_, k) => (k + 1) * MOVE_COST);
  let result = 0;
  for (let k = 0; k < b.length; k++) {
    let previous = k * MOVE_COST;
    let least = Number.POSITIVE_INFINITY;
    result = previous;
    for (let j = 0; j < a.length; j++) {
      const substituted = previous + substitutionCost(b[k], a[j]);
      previous = row[j];
      const moved = Math.min(result, previous) + MOVE_COST;
      result = Math.min(moved, substituted);
      row[j] = result;
      if (result < least) least = result;
    }
    if (least > max) return max + 1;
  }
  return result;
}

/** The candidate closest to `name` among those close enough, or null. */
export function closestName(candidates: string[], name: string): string | null {
  if (candidates.length >= MAX_CANDIDATES) return null;
  const encoder = new TextEncoder();
  const wanted = encoder.encode(name);
  let best: string | null = null;
  let bestDistance = Number.MAX_SAFE_INTEGER;
  for (const candidate of candidates) {
    if (candidate === name) continue;
    const item = encoder.encode(candidate);
    // No more than a third of the characters may differ.
    const third = Math.floor(((wanted.length + item.length + 3) * MOVE_COST) / 6);
    const max = Math.min(third, bestDistance - 1);
    const distance = levenshtein(wanted, item, max);
    if (distance <= max && distance < bestDistance) {
      best = candidate;
      bestDistance = distance;
    }
  }
  return best;
}
