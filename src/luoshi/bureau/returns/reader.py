"""The process that reads an archive of workbooks which came with a form and is kept nowhere."""

from functools import partial


def main() -> None:
    """Read it, check it, keep its rows: the job's number is the argument, the archive comes through the pipe."""
    import django  # noqa: PLC0415 -- a process of its own begins here

    django.setup()
    from luoshi.bureau.jobs.handing import do, handed  # noqa: PLC0415
    from luoshi.bureau.returns.importing import import_archive  # noqa: PLC0415

    number, content = handed()
    do(number, partial(import_archive, content))
