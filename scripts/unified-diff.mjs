/** A short unified diff of two texts, for people who read a failing test. */

/** The longest common subsequence by the plain table; texts here are a few hundred lines at most. */
function lineTable(a, b) {
  const width = b.length + 1;
  const table = new Uint32Array((a.length + 1) * width);
  for (let i = a.length - 1; i >= 0; i--) {
    for (let j = b.length - 1; j >= 0; j--) {
      const down = table[(i + 1) * width + j];
      const right = table[i * width + j + 1];
      table[i * width + j] = a[i] === b[j] ? table[(i + 1) * width + j + 1] + 1 : Math.max(down, right);
    }
  }
  return (i, j) => table[i * width + j];
}

function editScript(a, b) {
  const common = lineTable(a, b);
  const script = [];
  let i = 0;
  let j = 0;
  while (i < a.length || j < b.length) {
    if (i < a.length && j < b.length && a[i] === b[j]) script.push({ sign: " ", line: a[i++], at: j++ });
    else if (j >= b.length || (i < a.length && common(i + 1, j) >= common(i, j + 1)))
      script.push({ sign: "-", line: a[i++], at: j });
    else script.push({ sign: "+", line: b[j], at: j++ });
  }
  return script;
}

/** Lines that differ ("-" expected, "+" got) with `context` lines around, cut after `most` lines. */
export function unifiedDiff(expected, got, { context = 2, most = 40 } = {}) {
  const a = expected.split("\n").slice(0, 2000);
  const b = got.split("\n").slice(0, 2000);
  const script = editScript(a, b);
  const near = new Set();
  script.forEach((step, at) => {
    if (step.sign === " ") return;
    for (let k = at - context; k <= at + context; k++) near.add(k);
  });
  const lines = [];
  script.forEach((step, at) => {
    if (!near.has(at)) return;
    if (!near.has(at - 1)) lines.push(`@@ line ${step.at + 1}`);
    lines.push(`${step.sign}${step.line.length > 240 ? `${step.line.slice(0, 240)}...` : step.line}`);
  });
  if (lines.length > most)
    return [...lines.slice(0, most), `... ${lines.length - most} more lines`].join("\n");
  return lines.join("\n");
}
