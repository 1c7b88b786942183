"""Make a virtual environment of the Python that runs this, where there is none of it yet.

One of another Python, or one that was left half made, is made anew, so that ``make test PYTHON=python3.13`` tests
on 3.13 whatever was there before. The file ``made`` in it is written last, and stands for the whole.

    python scripts/make_venv.py FOLDER
"""

import sys
import venv
from pathlib import Path

LEAST = (3, 11)  # as requires-python in pyproject.toml


def main(folder: str) -> int:
    """The exit code is 0 when the environment is there."""
    if sys.version_info < LEAST:
        least, found = ".".join(map(str, LEAST)), ".".join(map(str, sys.version_info[:3]))
        sys.stderr.write(
            f"Python {least} or later is needed, and {sys.executable} is {found}: make PYTHON=python{least}\n"
        )
        return 1
    made, is_ = Path(folder, "made"), f"{sys.version}\n{sys.base_prefix}\n"
    if not made.exists() or made.read_text(encoding="utf-8") != is_:
        venv.create(folder, clear=True, with_pip=True)
        made.write_text(is_, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
