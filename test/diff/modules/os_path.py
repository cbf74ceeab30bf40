# os and os.path: paths, folders, environment, listing, errors.
import os
import os.path as p
import shutil
import tempfile

print(p.join("a", "b", "/c", "d"), p.join("a/", "b"), p.join("", "x"), p.split("/a/b/c"), p.split("a/"), p.splitext("f.tar.gz"), p.splitext(".bashrc"), p.basename("/x/y.z"), p.dirname("/x/y"), p.normpath("a//b/../c/./d"), p.normpath(""), p.isabs("/a"), p.isabs("a"), p.commonpath(["/a/b/c", "/a/b/d"]), p.commonprefix(["abc", "abd"]), p.relpath("/a/b/c", "/a/d"), p.expanduser("plain"), p.abspath("/a/../b"), os.sep, os.pathsep, os.linesep == "\n", os.curdir, os.pardir, os.extsep, os.name, p.splitdrive("/a"), p.normcase("A"), p.splitroot("/a/b"))
root = tempfile.mkdtemp()
os.chdir(root)
os.mkdir("one")
os.makedirs("two/three/four")
os.makedirs("two/three", exist_ok=True)
for name in ("one/a.txt", "two/b.py", "two/three/c.txt"):
    with open(name, "w") as f:
        f.write(name)
print(sorted(os.listdir()), sorted(os.listdir("two")), p.exists("one"), p.isdir("one"), p.isfile("one/a.txt"), p.getsize("two/b.py"), p.islink("one"), os.access("one", os.R_OK))
for base, folders, files in sorted(os.walk(".")):
    print(base, sorted(folders), sorted(files))
print(sorted((e.name, e.is_dir(), e.is_file()) for e in os.scandir(".")))
os.rename("one/a.txt", "one/renamed.txt")
os.replace("two/b.py", "one/b.py")
print(sorted(os.listdir("one")))
os.remove("one/b.py")
for bad in (lambda: os.mkdir("one"), lambda: os.remove("none"), lambda: os.rmdir("two"), lambda: os.listdir("none"), lambda: os.rename("none", "x"), lambda: os.stat("none"), lambda: os.chdir("none"), lambda: os.makedirs("one"), lambda: os.environ["NO_SUCH_VARIABLE"], lambda: os.rmdir("one/renamed.txt"), lambda: p.join("a", 5), lambda: p.join(b"a", "b"), lambda: os.listdir(1.5), lambda: os.environ.__setitem__("x", 5)):
    try:
        print(bad())
    except Exception as e:
        print(type(e).__name__, e)
st = os.stat("one/renamed.txt")
print(st.st_size, st.st_mtime > 0, oct(st.st_mode & 0o170000))
os.environ["GLASS_TEST"] = "value"
print(os.environ["GLASS_TEST"], os.getenv("GLASS_TEST"), os.getenv("NOPE", "default"), "GLASS_TEST" in os.environ, os.environ.pop("GLASS_TEST"), os.environ.get("GLASS_TEST"))
print(os.getcwd() == p.realpath(root), type(os.getpid()).__name__, os.fspath("x"), os.strerror(2), os.fsencode("\xe9"), os.fsdecode(b"a"))
import glob
import fnmatch
print(sorted(glob.glob("**/*.txt", recursive=True)), glob.glob("one/*"), fnmatch.filter(["a.py", "b.txt"], "*.py"), fnmatch.fnmatch("abc", "a?c"), fnmatch.translate("*.x"))
from pathlib import Path, PurePosixPath
q = Path("two") / "three" / "c.txt"
print(q, q.name, q.stem, q.suffix, q.parent, q.parts, q.exists(), q.read_text(), q.with_suffix(".md"), q.with_name("z"), q.is_file(), sorted(x.as_posix() for x in Path(".").rglob("*.txt")), PurePosixPath("/a/b").relative_to("/a"), Path("a") == Path("a"), q.parents[1], PurePosixPath("a/../b"), Path("x/y").joinpath("z", "w"), PurePosixPath("/a/b.tar.gz").suffixes, repr(Path("p")), q.match("*.txt"))
Path("new.txt").write_text("text")
print(Path("new.txt").stat().st_size, Path("new.txt").read_bytes())
shutil.copy("new.txt", "copy.txt")
shutil.rmtree("two")
print(sorted(os.listdir(".")))
os.chdir("/")
shutil.rmtree(root)
print(p.exists(root))
