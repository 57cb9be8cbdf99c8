"""Lists of divisions and of schools, as offices keep them: read with every finding at once, then held against what is known."""

from luoshi.reading.units.changes import Changes, hold_against
from luoshi.reading.units.rows import Register, read_register

__all__ = ["Changes", "Register", "hold_against", "read_register"]
