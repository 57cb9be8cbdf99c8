"""Commands that go on with this program in a process of their own."""

import sys


def program(statements: str, *words: str) -> list[str]:
    """A command that runs Python with the very folders of this process: a portable Python reads no PYTHONPATH.

    Args:
        statements: what it runs; `sys` is there.
        words: its arguments.
    """
    here = f"import sys; sys.path[:] = sys.argv.pop(1).split(chr(31)); {statements}"
    return [sys.executable, "-c", here, "\x1f".join(sys.path), *words]
