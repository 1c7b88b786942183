"""What is freed is kept, where the C library can be had to."""

from __future__ import annotations

import platform
import subprocess
import sys

import pytest
from other_processes import script


@pytest.mark.slow
@pytest.mark.skipif(platform.libc_ver()[0] != "glibc", reason="only glibc adapts")
def test_memory_is_not_asked_for_again_and_again() -> None:
    result = subprocess.run([sys.executable, script("page_faults")], capture_output=True, text=True, check=True)
    before, after = map(int, result.stdout.split())
    if before < 20 * 10 * 100:  # pages of 4 KiB; each array has 293
        pytest.skip("this machine keeps it anyway")
    assert after < before / 20
