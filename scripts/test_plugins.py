"""Build every plugin under plugins/ and that of the guide, docs/plugins.md, and run their tests from their wheels.

All wheels, and that of tender-eval itself, are installed into one new environment, which holds nothing else but what
their metadata ask for: the files of the distributions that are installed where this runs, so in the versions of the
lock. Neither a source nor what a developer happens to have can stand in for what users install; and since all plugins
are there together, none may stand in another's way. Run from anywhere, with the environment's Python:

    python scripts/test_plugins.py [PLUGIN ...]

It needs the ``dev`` extra (hatchling, pytest) and no network.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import sysconfig
import tempfile
import time
import venv
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from importlib.metadata import Distribution, PathDistribution, distribution
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parents[1]
PLUGINS = ROOT / "plugins"
GUIDE = ROOT / "docs" / "plugins.md"
TUTORIAL = ROOT / "scripts" / "tutorial" / "test_tutorial.py"
TARGET = "TENDER_EVAL_PLUGIN_TARGET"  # where the wheels are installed; the tests check that they run from there
ISOLATE = "TENDER_EVAL_LOAD_PLUGINS"  # a developer's own setting must not hide the plugin from its tests
ASKED = ("tender-eval[kit,report]", "hypothesis", "openpyxl")  # what the tests of plugins may use


def main(named: Sequence[str]) -> int:
    """Test the named plugins, or all; the exit code is 0 when every one of them passes."""
    with tempfile.TemporaryDirectory(prefix="tender-eval-plugins-") as scratch:
        found = [*sorted(path.parent for path in PLUGINS.glob("*/pyproject.toml")), of_the_guide(Path(scratch))]
        unknown = set(named) - {plugin.name for plugin in found}
        if unknown:
            say(f"no such plugin under {PLUGINS}: {', '.join(sorted(unknown))}")
            return 2
        began = time.perf_counter()
        python = environment_with([ROOT, *found], Path(scratch))
        if python is None:
            return 1
        say(f"{len(found)} plugins and tender-eval, from their wheels in {time.perf_counter() - began:.1f} s: {python}")
        chosen = [plugin for plugin in found if not named or plugin.name in named]
        with ThreadPoolExecutor(os.cpu_count()) as pool:
            passed = list(pool.map(lambda plugin: passes(plugin, python), chosen))
        failed = [plugin.name for plugin, well in zip(chosen, passed, strict=True) if not well]
        say(f"plugins: {len(chosen) - len(failed)} of {len(chosen)} pass" + (f"; failed: {failed}" if failed else ""))
        return 1 if failed else 0


def of_the_guide(folder: Path) -> Path:
    """The plugin that the guide shows in under thirty lines, written into a folder as its blocks say."""
    made = folder / "tender-eval-home-visits"
    (made / "tests").mkdir(parents=True)
    blocks = re.findall(r"```\w+\n# (\S+)\n(.*?)```", GUIDE.read_text(encoding="utf-8"), flags=re.DOTALL)
    for name, content in blocks:
        (made / name).write_text(content, encoding="utf-8")
    (made / "tests" / TUTORIAL.name).write_text(TUTORIAL.read_text(encoding="utf-8"), encoding="utf-8")
    return made


def environment_with(projects: Iterable[Path], scratch: Path) -> Path | None:
    """The Python of a new environment that holds the wheels of these projects, and what they need; None if it fails."""
    folder, wheels = scratch / "environment", scratch / "wheels"
    venv.create(folder, with_pip=False)
    python = folder / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    scheme = {"base": str(folder), "platbase": str(folder)}
    site = Path(sysconfig.get_path("purelib", "venv", scheme))
    for project in projects:
        if not quietly(["hatchling", "build", "--target", "wheel", "--directory", str(wheels)], project):
            return None
    built = [str(wheel) for wheel in wheels.glob("*.whl")]
    (own,) = (built_as(wheel) for wheel in wheels.glob("tender_eval-*.whl"))
    for one in needed(ASKED, {"tender-eval": own}):
        put(one, site)
    pip = ["pip", "--python", str(python), "--disable-pip-version-check", "--no-input", "install", "--no-index"]
    return python if quietly([*pip, *built], ROOT) else None  # with its dependencies: one that is missing is told


def built_as(wheel: Path) -> Distribution:
    """A distribution as its wheel says."""
    name = "-".join(wheel.name.split("-")[:2])
    return PathDistribution(zipfile.Path(wheel, f"{name}.dist-info/"))


def needed(asked: Iterable[str], built: Mapping[str, Distribution]) -> Iterable[Distribution]:
    """The installed distributions that these requirements ask for, with all that those ask for in turn.

    Args:
        built: those that are installed from their wheels, whatever else is installed of them.
    """
    found: dict[str, Distribution] = {}
    seen: set[tuple[str, ...]] = set()
    rest = [Requirement(text) for text in asked]
    while rest:
        one = rest.pop()
        name = canonicalize_name(one.name)
        if (name, *sorted(one.extras)) in seen:
            continue
        seen.add((name, *sorted(one.extras)))
        found[name] = built.get(name) or distribution(name)
        for text in found[name].requires or ():
            inner = Requirement(text)
            if inner.marker is None or any(inner.marker.evaluate({"extra": extra}) for extra in ("", *one.extras)):
                rest.append(inner)
    return [one for name, one in found.items() if name not in built]


def put(one: Distribution, site: Path) -> None:
    """The files of a distribution in another environment: linked where that can be, else copied."""
    for file in one.files or ():
        source, target = Path(str(one.locate_file(file))), site / file
        if ".." in file.parts or not source.is_file():
            continue  # programs for the shell, which name the Python of their own environment
        target.parent.mkdir(parents=True, exist_ok=True)
        try:
            os.link(source, target)
        except FileExistsError:
            continue  # numpy 2.1 lists some of its files twice
        except OSError:
            shutil.copy2(source, target)


def passes(plugin: Path, python: Path) -> bool:
    """Run the tests of one plugin with what is installed."""
    began = time.perf_counter()
    tests = [str(python), "-m", "pytest", "-q", "-p", "no:cacheprovider"]
    done = subprocess.run(  # noqa: S603
        tests, cwd=plugin, env=environment(python), capture_output=True, text=True, errors="replace", check=False
    )
    verdict = "pass" if done.returncode == 0 else f"FAIL (pytest exit code {done.returncode})"
    shown = done.stdout.rstrip().rpartition("\n")[2] if done.returncode == 0 else f"\n{done.stdout}{done.stderr}"
    say(f"{plugin.name}: {verdict} in {time.perf_counter() - began:.1f} s: {shown}")
    return done.returncode == 0


def quietly(module: Sequence[str], folder: Path) -> bool:
    """Run a Python module in a folder; what it printed is shown only if it fails."""
    done = subprocess.run(  # noqa: S603
        [sys.executable, "-m", *module], cwd=folder, capture_output=True, text=True, errors="replace", check=False
    )
    if done.returncode:
        say(f"FAIL: {module[0]} in {folder} ended with exit code {done.returncode}\n{done.stdout}{done.stderr}")
    return done.returncode == 0


def environment(python: Path, given: Mapping[str, str] = os.environ) -> dict[str, str]:
    """The environment of the tests: this one, without what would lead Python elsewhere."""
    kept = {name: value for name, value in given.items() if name.upper() not in (ISOLATE, "PYTHONPATH", "VIRTUAL_ENV")}
    return {**kept, TARGET: str(python.parents[1])}


def say(text: str) -> None:
    """Print at once, so that the lines stand in order with those of the programs that are run."""
    sys.stdout.write(text + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
