"""Holds the lock of a file until it is ended, and says when it has it. Its argument: the file."""

from __future__ import annotations

import os
import sys
import time

from tender_eval.base.lock import locked

if __name__ == "__main__":
    with locked(os.open(sys.argv[1], os.O_RDWR)):
        print("held", flush=True)
        time.sleep(60)
