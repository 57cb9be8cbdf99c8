"""Due days as an iCalendar file (RFC 5545), for Outlook and telephones: one all-day event for each due thing."""

from collections.abc import Iterable
from datetime import UTC, date, datetime, time, timedelta

from icalendar import Calendar as File
from icalendar import Event

from luoshi.tracking.dues import Due, DueKind

_DAY = timedelta(days=1)
KINDS = {
    DueKind.ITEM: "督查事项",
    DueKind.MILESTONE: "时间节点",
    DueKind.REPORT: "进展反馈",
    DueKind.AGREEMENT: "对数",
    DueKind.PAPER: "督办",
    DueKind.ROUND: "填报任务",
    DueKind.CASE: "办件",
}
"""What each sort is called."""


def as_calendar(dues: Iterable[Due], name: str, on: date, house: str, site: str = "") -> bytes:
    """The file.

    Args:
        dues: what is in it.
        name: of the calendar, as the program shows it.
        on: the day it is made for: the stamp of every event, so that the same dues make the same bytes.
        house: key of the city, so that two houses never give the same UID.
        site: address of the pages without its last slash; empty leaves the links out.
    """
    file = File()
    file.add("prodid", "-//Luoshi//Due days//ZH")
    file.add("version", "2.0")
    file.add("calscale", "GREGORIAN")
    file.add("method", "PUBLISH")
    file.add("x-wr-calname", name)
    file.add("x-wr-timezone", "Asia/Shanghai")
    file.add("x-published-ttl", "PT12H")
    stamp = datetime.combine(on, time(), UTC)
    for due in sorted(dues, key=lambda one: (one.on, one.key)):
        file.add_component(_event(due, stamp, house, site))
    return bytes(file.to_ical())


def _event(due: Due, stamp: datetime, house: str, site: str) -> Event:
    """An event of one whole day; its UID outlives a day that is moved."""
    event = Event()
    event.add("uid", f"{due.key.replace('/', '-')}@{house}.luoshi")
    event.add("dtstamp", stamp)
    event.add("dtstart", due.on)
    event.add("dtend", due.on + _DAY)
    event.add("summary", f"{KINDS[due.kind]}：{due.what}")
    event.add("categories", [KINDS[due.kind]])
    event.add("class", "PRIVATE")
    event.add("transp", "TRANSPARENT")
    if site and due.link:
        event.add("url", f"{site}{due.link}")
    return event
