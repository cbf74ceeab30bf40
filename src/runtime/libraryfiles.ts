/**
 * The standard library's sources as files: a host that shows, under the library's directory, what the pack holds. So tracebacks,
 * linecache, inspect and open() find them as they find any file. Part of the runtime.
 */
import type { Host, Stat } from "../host/host.ts";
import { LIBRARY_PATH, type Library } from "./library.ts";

interface OpenText {
  bytes: Uint8Array;
  at: number;
}

/** Descriptors of library files stand apart from all others. */
const FIRST_FD = 100_000;

function fault(code: string, errno: number): Error {
  return Object.assign(new Error(code), { code, errno: -errno });
}

function statOf(mode: number, size: number): Stat {
  const times = { atimeMs: 0, mtimeMs: 0, ctimeMs: 0 };
  return {
    mode,
    ino: 0,
    dev: 0,
    nlink: 1,
    uid: 0,
    gid: 0,
    size,
    blksize: 4096,
    blocks: 0,
    rdev: 0,
    ...times,
  };
}

/** The directories that hold modules: path to names. */
function foldersOf(library: Library): Map<string, Set<string>> {
  const folders = new Map<string, Set<string>>([[LIBRARY_PATH, new Set()]]);
  for (const name of library.names()) {
    const path = library.find(name)!.filename;
    for (
      let at = path.lastIndexOf("/"), child = path;
      at >= LIBRARY_PATH.length;
      at = child.lastIndexOf("/")
    ) {
      const folder = path.slice(0, at);
      const names = folders.get(folder) ?? new Set();
      folders.set(folder, names.add(child.slice(at + 1)));
      child = folder;
    }
  }
  return folders;
}

/** `host` with the library's files. */
export function withLibraryFiles(host: Host, library: Library): Host {
  const opened = new Map<number, OpenText>();
  let folders: Map<string, Set<string>> | null = null;
  const own = (path: string): boolean => path.startsWith(LIBRARY_PATH);
  const folder = (path: string): Set<string> | undefined => {
    folders ??= foldersOf(library);
    return folders.get(path.replace(/\/$/, ""));
  };
  const text = (path: string): Uint8Array | null => {
    const source = library.source(path);
    return source === null ? null : new TextEncoder().encode(source);
  };
  const shown: Host = Object.create(host);
  return Object.assign(shown, {
    stat(path: string, follow: boolean): Stat {
      if (!own(path)) return host.stat(path, follow);
      if (folder(path) !== undefined) return statOf(0o40555, 4096);
      const bytes = text(path);
      if (bytes === null) throw fault("ENOENT", 2);
      return statOf(0o100444, bytes.length);
    },
    access(path: string, mode: number): boolean {
      if (!own(path)) return host.access(path, mode);
      return (mode & 2) === 0 && (folder(path) !== undefined || text(path) !== null);
    },
    readdir(path: string): string[] {
      if (!own(path)) return host.readdir(path);
      const names = folder(path);
      if (names === undefined) throw fault("ENOENT", 2);
      return [...names].sort();
    },
    realpath: (path: string): string => (own(path) ? path : host.realpath(path)),
    open(path: string, flags: number, mode: number): number {
      if (!own(path)) return host.open(path, flags, mode);
      if (folder(path) !== undefined) throw fault("EISDIR", 21);
      if ((flags & 3) !== 0) throw fault("EROFS", 30);
      const bytes = text(path);
      if (bytes === null) throw fault("ENOENT", 2);
      let fd = FIRST_FD;
      while (opened.has(fd)) fd++;
      opened.set(fd, { bytes, at: 0 });
      return fd;
    },
    read(fd: number, n: number): Uint8Array {
      const file = opened.get(fd);
      if (file === undefined) return host.read(fd, n);
      const part = file.bytes.slice(file.at, file.at + n);
      file.at += part.length;
      return part;
    },
    seek(fd: number, offset: number, whence: number): number {
      const file = opened.get(fd);
      if (file === undefined) return host.seek(fd, offset, whence);
      file.at = Math.max(0, offset + [0, file.at, file.bytes.length][whence]);
      return file.at;
    },
    fstat(fd: number): Stat {
      const file = opened.get(fd);
      return file === undefined ? host.fstat(fd) : statOf(0o100444, file.bytes.length);
    },
    close(fd: number): void {
      if (!opened.delete(fd)) host.close(fd);
    },
    isatty: (fd: number): boolean => !opened.has(fd) && host.isatty(fd),
  });
}
