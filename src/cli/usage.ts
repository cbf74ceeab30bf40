/** Usage texts and the errors of a wrong command line. Part of the command line. */

/** A command line that cannot be understood: usage and status 2. */
export class UsageError extends Error {}

const UNITS: Record<string, number> = { "": 1, K: 2 ** 10, M: 2 ** 20, G: 2 ** 30 };

/** "512K", "64M", "2G" or plain bytes. */
export function parseSize(option: string, text: string): number {
  const match = /^(\d+(?:\.\d+)?)([KMG]?)(?:i?B)?$/i.exec(text);
  if (!match) throw new UsageError(`${option}: a size such as 512K, 64M or 2G, not '${text}'`);
  return Math.floor(Number(match[1]) * UNITS[match[2].toUpperCase()]);
}

export function usageLine(program: string): string {
  return `usage: ${program} [option] ... [-c cmd | -m mod | file | -] [arg] ...`;
}

/** What stands under the message of a UsageError. */
export function shortUsage(program: string): string {
  return `${usageLine(program)}\nTry \`glassheap -h' for more information.\n`;
}

export function helpText(program: string): string {
  return `${usageLine(program)}
Runs Python 3.13 programs on a heap that can be looked at.

What to run:
  file             a script, or a folder with a __main__.py
  -c cmd           the text cmd
  -m mod           a module or package, as a script
  -                standard input

Memory:
  --memory         after the program: what it used, by type and by part of the heap
  --audit          after the program: count every reference again; status 97 if one is wrong
  --max-heap=SIZE  a hard limit; beyond it MemoryError (K, M, G; default 2G)
  --fail-alloc=N   the program's N-th allocation fails, once
  --gc-stress      collect at every opportunity
  --arena-size=SIZE, --pool-size=SIZE
                   pymalloc's arenas (1M) and pools (16K)

As CPython has them:
  -b, -bb          warn of, or refuse, mixing bytes with str
  -E               take no notice of PYTHON* variables
  -i               go on interactively after the program
  -I               isolated: -E, -P and -s
  -O, -OO          leave assert statements out; and docstrings
  -P               do not put the script's folder on sys.path
  -q               no greeting
  -u               write output at once
  -V, --version    the version
  -W arg           a warnings filter
  -X opt           dev, int_max_str_digits=N, tracemalloc[=N], utf8
  -B -d -s -S -v -x  accepted

Variables: PYTHONHASHSEED, PYTHONINSPECT, PYTHONINTMAXSTRDIGITS, PYTHONMALLOC
(pymalloc, malloc, debug, malloc_debug), PYTHONMALLOCSTATS, PYTHONOPTIMIZE,
PYTHONPATH, PYTHONTRACEMALLOC, PYTHONUNBUFFERED, PYTHONWARNINGS.
`;
}
