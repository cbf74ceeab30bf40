"""Child processes, made by the host: each runs from its beginning to its end as soon as all its input is there."""
import posix as _posix


def fork_exec(args, executable_list, close_fds, pass_fds, cwd, env, p2cread, p2cwrite, c2pread, c2pwrite, errread, errwrite,
              errpipe_read, errpipe_write, restore_signals, call_setsid, pgid_to_set, gid, extra_groups, uid, child_umask,
              preexec_fn, allow_vfork, /):
    if preexec_fn is not None:
        raise RuntimeError("preexec_fn cannot be called: child processes do not run this program")
    if gid is not None or extra_groups is not None or uid is not None:
        raise RuntimeError("a child process has the user and groups of this one")
    fds = [own if given == -1 else given for own, given in enumerate((p2cread, c2pwrite, errwrite))]
    try:
        return _posix._spawn(args, executable_list, cwd, env, *fds)
    except OSError as e:
        where = "noexec:chdir" if cwd is not None and not _is_folder(cwd) else ""
        _posix.write(errpipe_write, f"OSError:{e.errno:x}:{where}".encode())
        return _posix.getpid()


def _is_folder(path):
    try:
        return _posix.stat(path).st_mode & 0o170000 == 0o040000
    except OSError:
        return False
