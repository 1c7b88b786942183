"""Build every plugin under plugins/ and that of the guide, docs/plugins.md, and run its tests from its wheel.

The wheel goes into a temporary directory that only the tests see, so that neither this environment nor the
plugin's own source can stand in for what users install. Run from anywhere, with the environment's Python:

    python scripts/test_plugins.py [PLUGIN ...]

It needs the ``dev`` extra (build, hatchling, pytest) and no network.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
PLUGINS = ROOT / "plugins"
GUIDE = ROOT / "docs" / "plugins.md"
TUTORIAL = ROOT / "scripts" / "tutorial" / "test_tutorial.py"
TARGET = "TENDER_EVAL_PLUGIN_TARGET"  # where the wheel is installed; the tests check that they run from there
ISOLATE = "TENDER_EVAL_LOAD_PLUGINS"  # a developer's own setting must not hide the plugin from its tests


def main(named: Sequence[str]) -> int:
    """Test the named plugins, or all; the exit code is 0 when every one of them passes."""
    with tempfile.TemporaryDirectory(prefix="tender-eval-guide-") as scratch:
        found = [*sorted(path.parent for path in PLUGINS.glob("*/pyproject.toml")), of_the_guide(Path(scratch))]
        unknown = set(named) - {plugin.name for plugin in found}
        if unknown:
            say(f"no such plugin under {PLUGINS}: {', '.join(sorted(unknown))}")
            return 2
        chosen = [plugin for plugin in found if not named or plugin.name in named]
        failed = [plugin.name for plugin in chosen if not passes(plugin)]
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


def passes(plugin: Path) -> bool:
    """Build one plugin's wheel, install it apart, and run the plugin's tests with it."""
    began = time.perf_counter()
    with tempfile.TemporaryDirectory(prefix="tender-eval-plugin-") as scratch:
        wheels, target = Path(scratch, "wheels"), Path(scratch, "site")
        say(f"{plugin.name}: building its wheel")
        build = ["build", "--wheel", "--no-isolation", "--outdir", str(wheels), str(plugin)]
        if not quietly(build):
            return False
        (wheel,) = wheels.glob("*.whl")
        say(f"{plugin.name}: installing {wheel.name} into {target}")
        pip = ["pip", "--disable-pip-version-check", "--no-input", "install", "--no-index", "--no-deps"]
        if not quietly([*pip, "--target", str(target), str(wheel)]):
            return False
        say(f"{plugin.name}: running its tests from the wheel")
        tests = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider"]
        done = subprocess.run(tests, cwd=plugin, env=environment(target), check=False)  # noqa: S603
    verdict = "pass" if done.returncode == 0 else f"FAIL (pytest exit code {done.returncode})"
    say(f"{plugin.name}: {verdict} in {time.perf_counter() - began:.1f} s")
    return done.returncode == 0


def quietly(module: Sequence[str]) -> bool:
    """Run a Python module; what it printed is shown only if it fails."""
    done = subprocess.run(  # noqa: S603
        [sys.executable, "-m", *module], capture_output=True, text=True, errors="replace", check=False
    )
    if done.returncode:
        say(f"FAIL: {module[0]} ended with exit code {done.returncode}\n{done.stdout}{done.stderr}")
    return done.returncode == 0


def environment(target: Path, given: Mapping[str, str] = os.environ) -> dict[str, str]:
    """The environment of the tests: this one, with the installed wheel first on the path."""
    path = os.pathsep.join(filter(None, [str(target), given.get("PYTHONPATH", "")]))
    kept = {name: value for name, value in given.items() if name.upper() != ISOLATE}
    return {**kept, "PYTHONPATH": path, TARGET: str(target)}


def say(text: str) -> None:
    """Print at once, so that the lines stand in order with those of the programs that are run."""
    sys.stdout.write(text + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
