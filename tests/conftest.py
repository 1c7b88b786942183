"""Settings for all tests: repeatable, without time limits, and whatever plugins are installed."""

import os

from hypothesis import settings

settings.register_profile("repeatable", deadline=None, derandomize=True)
settings.load_profile("repeatable")

os.environ["TENDER_EVAL_LOAD_PLUGINS"] = ""  # those of plugins say otherwise
