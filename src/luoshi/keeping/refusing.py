"""How this floor refuses."""

from datetime import datetime, timedelta

from luoshi.words.errors import RefusedError
from luoshi.words.findings import Finding

SLACK = timedelta(hours=1)
"""How far the clocks of two processes may lie apart."""


def refused(where: str, what: str, rule: str, remedy: str) -> RefusedError:
    """A refusal in four parts."""
    return RefusedError(Finding(where, what, rule, remedy))


def check_moment(at: datetime, since: datetime | None) -> None:
    """Refuse a moment before that of the last entry.

    Raises:
        RefusedError: it is earlier by more than SLACK.
        ValueError: it has no zone.
    """
    if at.tzinfo is None:
        message = "a moment needs its zone"
        raise ValueError(message)
    if since is not None and at < since - SLACK:
        raise refused(
            f"入库时间 {at:%Y-%m-%d %H:%M}",
            f"早于最近一次入库的 {since.astimezone(at.tzinfo):%Y-%m-%d %H:%M}",
            "入库按时间先后，过去某日所知的数不得事后改变",
            "请核对本机日期和时间，再入库一次",
        )


def lost(path: str) -> RefusedError:
    """A file that an entry tells of is not there."""
    return refused(path, "文件没有了", "入库的文件一个也不能少", "请用 luoshi lake verify 核验，并从备份恢复这个文件")
