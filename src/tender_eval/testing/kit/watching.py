"""What a plugin does beside what it returns: files, network, clock, chance, environment, frames, threads, printing.

While a plugin is watched, Python tells of every call that it makes and of every file and socket that is opened. What
modules do while they are first imported is left out, and so are files of the plugin's own package that are read.
Nothing is kept from happening but the end of this process: watching finds mistakes, and is no wall.
"""

from __future__ import annotations

import os
import random
import sys
from collections.abc import Iterator
from contextlib import contextmanager, redirect_stdout
from io import StringIO
from pathlib import Path
from types import CodeType, FrameType
from typing import Any

_CLOCK = {
    *("time", "time_ns", "monotonic", "monotonic_ns", "perf_counter", "perf_counter_ns", "process_time"),
    *("process_time_ns", "thread_time", "thread_time_ns", "localtime", "gmtime", "ctime", "asctime", "strftime"),
    "clock_gettime",
    "clock_gettime_ns",
}
_CALENDAR = {"date.today", "datetime.now", "datetime.utcnow", "datetime.today"}
_MACHINE = {"getpid", "getppid", "getcwd", "getlogin", "getuid", "uname", "cpu_count", "getloadavg", "times"}
_FILES = {"stat", "lstat", "access", "statvfs", "readlink"}
_ENDS = {"_exit", "abort", "kill", "killpg"}
_THREADS = {"start_new_thread", "start_new", "start_joinable_thread"}
_PEEKS = {"_getframe", "_current_frames", "_getframemodulename"}
_ENVIRONMENT: dict[CodeType, str] = {
    getattr(type(os.environ), name).__code__: name for name in ("__getitem__", "__iter__", "__setitem__", "__delitem__")
}
_EVENTS = {
    "socket.": "uses the network",
    "urllib.": "uses the network",
    "http.client.": "uses the network",
    "ftplib.": "uses the network",
    "smtplib.": "uses the network",
    "subprocess.": "starts another program",
    "os.system": "starts another program",
    "os.exec": "starts another program",
    "os.fork": "starts another program",
    "os.posix_spawn": "starts another program",
    "os.spawn": "starts another program",
    "ctypes.": "calls into the machine by ctypes",
}
_OF_FOLDERS = ("os.listdir", "os.scandir", "os.remove", "os.rename", "os.mkdir", "os.rmdir", "os.truncate", "os.chmod",
               "os.link", "os.symlink", "os.utime", "shutil.", "tempfile.", "glob.")  # fmt: skip

PRINTS = "prints"
WRITING = ("w", "a", "x", "+")

_watchers: list[Watch] = []
_hooked = False


class EndsTheProcess(BaseException):
    """A plugin would have ended this process."""


class Watch:
    """What was seen, in the order in which it was seen first.

    Args:
        own: the folder whose files may be read: that of the plugin's package.
    """

    def __init__(self, own: Path | None = None) -> None:
        self._own = own
        self._seen: dict[str, None] = {}
        self._hearing = False

    @property
    def seen(self) -> tuple[str, ...]:
        """What was seen, each told once, as what the plugin does."""
        return tuple(self._seen)

    def note(self, what: str) -> None:
        """Note something that the plugin does."""
        if not _importing(sys._getframe(2)):
            self._seen[what] = None

    def heard(self, event: str, arguments: tuple[Any, ...]) -> None:
        """What an audit event tells; see PEP 578."""
        self._hearing = True  # what is called here is not the plugin's doing
        try:
            if event == "open":
                self.opened(*arguments[:3])
            elif event.startswith(_OF_FOLDERS):
                self.note(f"looks at or changes files ({event})")
            else:
                for beginning, what in _EVENTS.items():
                    if event.startswith(beginning):
                        self.note(f"{what} ({event})")
        finally:
            self._hearing = False

    def opened(self, path: object, mode: object, flags: object) -> None:
        """Note a file that is opened, unless it is one of the plugin's own that is read."""
        writes = any(sign in str(mode or "") for sign in WRITING)
        if mode is None and isinstance(flags, int):
            writes = bool(flags & (os.O_WRONLY | os.O_RDWR | os.O_CREAT))
        if not isinstance(path, str | bytes | os.PathLike) or (not writes and self._is_own(path)):
            return
        self.note(f"{'writes' if writes else 'reads'} the file {os.fsdecode(path)}")

    def _is_own(self, path: str | bytes | os.PathLike[Any]) -> bool:
        return self._own is not None and self._own in Path(os.fsdecode(path)).resolve().parents

    def called(self, frame: FrameType, event: str, function: Any) -> None:
        """What Python tells of a call; see `sys.setprofile`.

        Raises:
            EndsTheProcess: in place of a call that would end this process.
        """
        if self._hearing:
            return
        if event == "call" and frame.f_code in _ENVIRONMENT:
            self.note("looks into the environment (os.environ)")
        elif event == "c_call" and (what := _of_call(function)):
            self.note(what)
            if what.startswith("would end"):
                raise EndsTheProcess


def _of_call(function: Any) -> str:
    """What a call of a built-in function is, where it is more than working something out."""
    name, module = getattr(function, "__name__", ""), getattr(function, "__module__", None) or ""
    qualified = getattr(function, "__qualname__", name)
    if module == "time":
        return f"asks the clock (time.{name})" if name in _CLOCK else "waits (time.sleep)" if name == "sleep" else ""
    if qualified in _CALENDAR:
        return f"asks the clock (datetime.{qualified})"
    of = getattr(function, "__self__", None)
    if isinstance(of, random.Random) or type(of).__module__.startswith("numpy.random") or name == "urandom":
        return f"asks chance ({'os' if name == 'urandom' else 'random'}.{name})"
    if module in ("posix", "nt"):
        if name in _ENDS:
            return f"would end the process (os.{name})"
        if name in _MACHINE:
            return f"asks what machine or process it runs in (os.{name})"
        return f"looks at files (os.{name})" if name in _FILES else ""
    if module == "_thread" and name in _THREADS:
        return "starts a thread"
    if (module == "sys" and name in _PEEKS) or (module == "gc" and name.startswith("get_")):
        return f"looks at what called it ({module}.{name})"
    return {"input": "asks the person at the keyboard", "print": PRINTS}.get(name, "") if module == "builtins" else ""


def _importing(frame: FrameType | None) -> bool:
    """Whether somebody further up imports a module."""
    while frame is not None:
        if frame.f_code.co_filename.startswith("<frozen importlib"):
            return True
        frame = frame.f_back
    return False


def _heard(event: str, arguments: tuple[Any, ...]) -> None:
    if _watchers:
        _watchers[-1].heard(event, arguments)


@contextmanager
def watching(own: Path | None = None) -> Iterator[Watch]:
    """Watch what is done meanwhile. What is printed is noted, and printed nowhere."""
    global _hooked  # noqa: PLW0603 - an audit hook stays for good, so there is one
    if not _hooked:
        sys.addaudithook(_heard)
        _hooked = True
    watch, before, printed = Watch(own), sys.getprofile(), StringIO()
    with redirect_stdout(printed):
        _watchers.append(watch)
        sys.setprofile(watch.called)
        try:
            yield watch
        finally:
            sys.setprofile(before)
            _watchers.pop()
    if text := printed.getvalue():
        watch._seen.pop(PRINTS, None)
        watch._seen[f"{PRINTS} {text!r}"] = None
