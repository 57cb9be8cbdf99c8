"""Where a process finds modules that were compiled already, though it is given an environment of its own: it starts in half the time."""

import os

COMPILED = {name: os.environ[name] for name in ("PYTHONPYCACHEPREFIX",) if name in os.environ}
