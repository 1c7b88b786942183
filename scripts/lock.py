"""Write the locks: what is installed, to the version and the hash, on every Python and system that is supported.

``locks/run.txt`` is what ``make demo`` installs, ``dev.txt`` what the tests and checks need, ``bench.txt`` what the
benchmarks need beside that, ``lowest.txt`` the lowest versions that pyproject.toml declares. ``build.txt`` has what
builds, and is installed before the others: this project, and what is published as source alone, are built with
that and not with what is newest on the day. The locks name no index and no path.

    python scripts/lock.py [--upgrade]

Versions that pyproject.toml still allows stay as they are, unless --upgrade is given. It needs uv and the network.
"""

from __future__ import annotations

import subprocess
import sys
import tomllib
from collections.abc import Iterator, Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
HEAD = """\
# {what}
# Written by scripts/lock.py (make lock), not by hand.
"""
SAME = ["--constraints", "locks/dev.txt"]  # one environment can then be brought from one lock to another
LOCKS = {
    "dev": ("What the tests and checks run with.", ["pyproject.toml", "-", "--extra", "dev"]),
    "build": ("What builds.", ["-", *SAME]),
    "run": ("What tender-eval runs with.", ["pyproject.toml", *SAME]),
    "bench": ("What the benchmarks run with.", ["pyproject.toml", "-", "--extra", "dev", "--extra", "bench", *SAME]),
    "docs": ("What the site of the docs is built with.", ["pyproject.toml", "--extra", "docs", *SAME]),
    "lowest": ("The lowest versions that pyproject.toml declares, and what they need.",
               ["pyproject.toml", "--extra", "test", "--extra", "build", "--resolution", "lowest-direct"]),
}  # fmt: skip
BUILDERS = ["editables", "setuptools"]  # what hatchling installs in place with; what builds others' sources
NEVER = ["backports-datetime-fromisoformat"]  # flattentool asks for it on every Python, and imports it before 3.11


def main(arguments: Sequence[str]) -> int:
    """Write every lock; the exit code is that of uv where it finds none."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    least = project["project"]["requires-python"].removeprefix(">=")
    builders = "\n".join(
        [*project["build-system"]["requires"], "editables", "setuptools"]
    )  # hatchling asks for editables
    common = ["--universal", "--python-version", least, "--generate-hashes", "--no-header", "--no-emit-index-url",
              "--no-emit-find-links", "--no-config", "--annotation-style", "line", "--quiet", *arguments]  # fmt: skip
    common += [option for name in NEVER for option in ("--no-emit-package", name)]
    for name, (what, options) in LOCKS.items():
        target = ROOT / "locks" / f"{name}.txt"
        command = [
            sys.executable,
            "-m",
            "uv",
            "pip",
            "compile",
            *options,
            *common,
            "--output-file",
            f"locks/{name}.txt",
        ]
        done = subprocess.run(command, cwd=ROOT, input=builders, text=True, stdout=subprocess.DEVNULL, check=False)  # noqa: S603
        if done.returncode:
            return done.returncode
        target.write_text(HEAD.format(what=what) + "".join(told(target)), encoding="utf-8", newline="\n")
    return 0


def told(lock: Path) -> Iterator[str]:
    """The lines of a lock, of what needs a version but not of which other lock it was taken from."""
    for line in lock.read_text(encoding="utf-8").splitlines(keepends=True):
        head, via, needs = line.partition("# via ")
        kept = [need for need in needs.rstrip().split(", ") if not need.startswith("-c ")]
        if via and kept:
            yield f"{head}{via}{', '.join(kept)}\n"
        elif not via and not line.startswith("#"):
            yield line


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
