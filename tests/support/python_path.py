"""The environment of another Python that a test starts."""

import os
from pathlib import Path


def finding(*folders: Path, **more: str) -> dict[str, str]:
    """This environment, where modules are looked for in some folders first, and then where this Python was told to."""
    path = os.pathsep.join([*map(str, folders), *filter(None, [os.environ.get("PYTHONPATH")])])
    return os.environ | {"PYTHONPATH": path} | more
