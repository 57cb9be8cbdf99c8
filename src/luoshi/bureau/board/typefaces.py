"""Whether this machine has the typefaces of official texts: asked of fontconfig once, said on the page, never in a text."""

import shutil
import subprocess
from functools import cache

from luoshi.reporting.official.typefaces import missing

_PATIENCE = 10
"""Seconds fontconfig may take; the first time it looks through every file."""


@cache
def families() -> tuple[str, ...] | None:
    """Families installed on this machine, or None where nobody can be asked: there nothing is said of them."""
    program = shutil.which("fc-list")
    if program is None:
        return None
    try:
        told = subprocess.run(  # noqa: S603 (the program is the one found on PATH, and is given nothing from outside)
            [program, ":", "family"], capture_output=True, check=True, timeout=_PATIENCE, stdin=subprocess.DEVNULL
        )
    except (subprocess.SubprocessError, OSError):
        return None
    lines = told.stdout.decode("utf-8", "replace").splitlines()
    return tuple(dict.fromkeys(name.strip().replace("\\-", "-") for line in lines for name in line.split(",")))


def lacking() -> str:
    """The typefaces official texts name and this machine lacks, as a list in words; "" for none, or where it is not known."""
    installed = families()
    return "" if installed is None else "、".join(missing(installed))
