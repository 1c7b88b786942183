"""A plugin that needs what is not installed."""

import tender_eval_cycle_lanes_of_the_future  # noqa: F401
