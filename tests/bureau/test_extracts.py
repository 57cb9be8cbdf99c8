"""TV-21c: what tells of persons leaves the house in bulk only with a purpose and a leader's approval, and says who took it."""

import io
from datetime import date

import openpyxl
import pytest

from luoshi.bureau.cases.actions.extracting import Wanted, ask_extract, decide_extract, take_extract
from luoshi.bureau.cases.models import Case, Extract, Happening
from luoshi.bureau.journal.models import Entry
from luoshi.bureau.people.models import City
from luoshi.words.errors import RefusedError
from tests.bureau.conftest import Enter
from tests.bureau.test_cases import brought, native
from tests.bureau.xingzhou import actor

__all__ = ["native"]
MANY = 1200
ON = date(2020, 12, 1)
WANTED = Wanted("petition", date(2020, 1, 1), date(2020, 12, 31), "报市信访局年度核对（演示）")


def many(city: City, number: int) -> None:
    """So many cases, each with a person in it."""
    row = brought(city).row
    (first,) = row.happenings.all()
    private, answers, course = first.private, first.answers, row.course_id
    told = [
        Case(
            city=city, course_id=course, procedure=row.procedure, number=f"教育信访-2020-{at:04d}", title=row.title,
            state=row.state, since=row.since, opened_on=row.opened_on, last_on=row.last_on, turn="host", office="JJ",
        )
        for at in range(2, number + 1)
    ]  # fmt: skip
    for one in Case.objects.bulk_create(told):
        Happening.objects.create(
            case=one, number=1, did="opened", on=one.opened_on, login="jijiao", name="基教丁", part="host",
            answers=answers, private=private,
        )  # fmt: skip


def test_1200_cases_with_persons_in_them_are_blocked_and_with_approval_marked_and_counted(
    native: City, enter: Enter
) -> None:
    many(native, MANY)
    asked = ask_extract(actor("jijiao"), native, WANTED)
    blocked = enter("jijiao").get(f"/cases/extracts/{asked.pk}/file/?on=2020-12-01")
    assert blocked.status_code == 409
    assert "经分管局领导批准才导出" in blocked.content.decode()
    assert "演示家长" not in blocked.content.decode()
    decide_extract(actor("fenguan"), asked.pk, ON, "同意", agree=True)
    answer = enter("jijiao").get(f"/cases/extracts/{asked.pk}/file/?on=2020-12-01")
    book = openpyxl.load_workbook(io.BytesIO(answer.content))
    rows = [[cell.value for cell in row] for row in book.worksheets[0].iter_rows()]
    assert len(rows) == MANY + 2
    assert rows[2][rows[1].index("来信来访人")] == "演示家长"
    assert "导出：基教丁（jijiao）" in str(book.properties.description)
    assert answer["Cache-Control"] == "no-store"
    taken = Entry.objects.get(action="cases.extract_take", outcome="done")
    assert f'"行数": {MANY}' in taken.detail
    assert taken.reason == WANTED.purpose
    assert Entry.objects.filter(action="cases.extract_take", outcome="refused").count() == 1
    asked.refresh_from_db()
    assert (asked.taken, asked.lines) == (1, MANY)


def test_only_the_office_that_hosts_it_asks_and_says_what_for(native: City) -> None:
    brought(native)
    for login, words in (("xueqian", "不是主办科室"), ("fenguan", "不是主办科室"), ("xianqu", "没有这项权限")):
        with pytest.raises(RefusedError, match=words):
            ask_extract(actor(login), native, WANTED)
    for wanted, words in (
        (Wanted("petition", ON, ON, " "), "没有写用途"),
        (Wanted("petition", ON, date(2020, 1, 1), "x"), "早于"),
        (Wanted("none", ON, ON, "x"), "没有这一流程"),
    ):
        with pytest.raises(RefusedError, match=words):
            ask_extract(actor("jijiao"), native, wanted)
    assert not Extract.objects.exists()


def test_an_approval_is_a_leaders_for_who_asked_and_for_a_week(native: City) -> None:
    asked = ask_extract(actor("jijiao"), native, WANTED)
    with pytest.raises(RefusedError, match="没有这项权限"):
        decide_extract(actor("ducha"), asked.pk, ON, "", agree=True)
    with pytest.raises(RefusedError, match="没有写理由"):
        decide_extract(actor("fenguan"), asked.pk, ON, "", agree=False)
    decide_extract(actor("fenguan"), asked.pk, ON, "", agree=True)
    with pytest.raises(RefusedError, match="一份申请只批一次"):
        decide_extract(actor("fenguan"), asked.pk, ON, "改主意", agree=False)
    with pytest.raises(RefusedError, match="不是本人的申请"):
        take_extract(actor("ducha"), asked.pk, ON)
    assert len(take_extract(actor("jijiao"), asked.pk, date(2020, 12, 8))) == 1
    with pytest.raises(RefusedError, match="已过7天"):
        take_extract(actor("jijiao"), asked.pk, date(2020, 12, 9))


def test_what_was_declined_is_not_taken(native: City) -> None:
    asked = ask_extract(actor("jijiao"), native, WANTED)
    decide_extract(actor("fenguan"), asked.pk, ON, "用汇总数即可", agree=False)
    with pytest.raises(RefusedError, match="不同意"):
        take_extract(actor("jijiao"), asked.pk, ON)


def test_it_is_asked_and_decided_on_the_page(native: City, enter: Enter) -> None:
    brought(native)
    told = {"procedure": "petition", "since": "2020-01-01", "until": "2020-12-31", "purpose": "核对（演示）"}
    assert enter("jijiao").post("/cases/extracts/act/", told).status_code == 302
    assert enter("jijiao").post("/cases/extracts/act/", {**told, "since": "昨天"}).status_code == 409
    assert enter("xianqu").get("/cases/extracts/").status_code == 403
    asked = Extract.objects.get()
    assert "批准" in enter("fenguan").get("/cases/extracts/").content.decode()
    sent = {"act": "approve", "number": str(asked.pk), "said": "同意"}
    assert enter("fenguan").post("/cases/extracts/act/?on=2020-12-01", sent).status_code == 302
    assert f"/cases/extracts/{asked.pk}/file/" in enter("jijiao").get("/cases/extracts/?on=2020-12-02").content.decode()
    assert (
        f"/cases/extracts/{asked.pk}/file/" not in enter("ducha").get("/cases/extracts/?on=2020-12-02").content.decode()
    )
