"""How the generative tests look for trouble: the same texts every time here, new ones in the long proofs."""

import os

from hypothesis import settings

settings.register_profile("steady", derandomize=True, database=None)
settings.register_profile("searching", print_blob=True)
settings.load_profile("searching" if os.environ.get("LUOSHI_PROVE") else "steady")
