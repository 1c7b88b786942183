"""Other Pythons that a test starts: with which environment, and what they run."""

import os
from pathlib import Path

SUPPORT = Path(__file__).resolve().parent


def script(name: str) -> str:
    """The path of a script of ``tests/processes``."""
    found = SUPPORT.parent / "processes" / f"{name}.py"
    assert found.is_file(), found
    return str(found)


def finding(*folders: Path, **more: str) -> dict[str, str]:
    """This environment, where modules are looked for in some folders first, and then where this Python was told to."""
    path = os.pathsep.join([*map(str, folders), *filter(None, [os.environ.get("PYTHONPATH")])])
    return os.environ | {"PYTHONPATH": path} | more
