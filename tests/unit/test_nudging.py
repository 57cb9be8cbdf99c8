"""What a person copies into a message, and what a telephone subscribes to."""

from datetime import date, timedelta

from icalendar import Calendar

from luoshi.tracking.calendar_files import as_calendar
from luoshi.tracking.dues import Due, DueKind
from luoshi.tracking.nudging import nudge, roll_call
from luoshi.words.calendars import national

ON = date(2020, 9, 29)
DUES = (
    Due("item/2", DueKind.ITEM, "2.1 培训教师", date(2020, 9, 29), "RS", link="/items/2/"),
    Due("item/1", DueKind.ITEM, "1.1 新建幼儿园；含26所,新增", date(2020, 9, 25), "RS", link="/items/1/"),
)


def test_a_message_says_who_what_by_when_and_whom_to_ask() -> None:
    told = nudge("人事科", DUES, ON, national(), "督查室 甲 0379-00000000")
    assert told.splitlines()[:4] == [
        "人事科：",
        "您好！截至9月29日，以下2项尚未收到进展反馈：",
        "1. 1.1 新建幼儿园；含26所,新增（时限9月25日，已过3个工作日）",
        "2. 2.1 培训教师（时限9月29日）",
    ]
    assert "请于10月9日下班前反馈" in told
    assert told.endswith("联系人：督查室 甲 0379-00000000")
    assert nudge("人事科", (), ON, national()) == ""
    many = [Due(f"item/{at}", DueKind.ITEM, f"第{at}项", ON) for at in range(35)]
    assert "\n另有5项" in nudge("人事科", many, ON, national())


def test_the_list_of_those_who_owe_leaves_out_who_owes_nothing() -> None:
    assert roll_call({"人事科": DUES, "安全科": (), "财务科": DUES[:1]}, ON).startswith(
        "截至9月29日，尚未反馈的共2个单位：人事科（2项）、财务科（1项）。"
    )
    assert roll_call({"安全科": ()}, ON) == ""


def test_the_calendar_is_read_back_as_whole_days_with_names_that_stay() -> None:
    made = as_calendar(DUES, "人事科到期事项", ON, "xingzhou", "http://127.0.0.1:8000")
    events = Calendar.from_ical(made).walk("VEVENT")
    assert [str(one["uid"]) for one in events] == ["item-1@xingzhou.luoshi", "item-2@xingzhou.luoshi"]
    first = events[0]
    assert first.decoded("dtstart") == date(2020, 9, 25)
    assert first.decoded("dtend") == date(2020, 9, 25) + timedelta(days=1)
    assert str(first["summary"]) == "督查事项：1.1 新建幼儿园；含26所,新增"
    assert str(first["url"]) == "http://127.0.0.1:8000/items/1/"
    assert made == as_calendar(reversed(DUES), "人事科到期事项", ON, "xingzhou", "http://127.0.0.1:8000")


def test_the_bytes_are_as_outlook_and_telephones_want_them() -> None:
    long = Due("item/3", DueKind.MILESTONE, "很长的一项" * 40, ON, "RS")
    made = as_calendar([*DUES, long], "到期", ON, "xingzhou")
    lines = made.split(b"\r\n")
    assert b"DTSTART;VALUE=DATE:20200925" in lines
    assert b"METHOD:PUBLISH" in lines
    assert max(len(line) for line in lines) <= 75
    assert b"\n" not in made.replace(b"\r\n", b"")
    assert made.decode().startswith("BEGIN:VCALENDAR")
    assert str(Calendar.from_ical(made).walk("VEVENT")[2]["summary"]).endswith("很长的一项")
