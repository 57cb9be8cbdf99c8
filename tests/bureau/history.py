"""Five years of an office's work over five plans of 300 commitments, all made up. 演示数据（虚构）.

Rows are written at once, as they would stand had people acted one by one: what is timed is the reading of them.
"""

import calendar
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from itertools import count
from typing import Any

from luoshi.bureau.agreements import models as agreements
from luoshi.bureau.bulletins.models import Bulletin
from luoshi.bureau.escalations import models as escalations
from luoshi.bureau.evidence import models as evidence
from luoshi.bureau.files.models import File
from luoshi.bureau.journal.chain import GENESIS
from luoshi.bureau.ledger.models import Change, Commitment, Judgement, Milestone, Pause, Share, Target
from luoshi.bureau.people.models import City, Person
from luoshi.bureau.plans.models import Edition
from luoshi.bureau.reports import models as reports
from luoshi.words.provenance import digest
from tests.bureau import agreed, history_told, many, xingzhou
from tests.bureau.history_told import made as _made

YEARS = range(2017, 2022)
ASKED, OF_COUNTIES = 48, 12
"""Calls a month: of sections, and of counties besides."""
_DAY = timedelta(days=1)
_number = count(1)
_WORDS = "已完成前期手续，正在组织实施，按月调度（演示）。" * 4


@dataclass(frozen=True, slots=True)
class House:
    """What the pages are asked for."""

    edition: Edition
    heavy: Commitment
    """The item with years' worth of everything on it."""
    call: reports.Call
    round: agreements.Round
    bulletin: Bulletin


def fill(city: City, years: Sequence[int] = YEARS) -> House:
    """Plans, ledger and years of work on them, up to the last of YEARS."""
    agreed.grown(city)
    escalations.Switch.objects.create(
        city=city, what="scores", on=True, approver="甲副局长", reason="演示", begun=date(2017, 1, 1),
        until=date(2999, 12, 31), by="督查甲",
    )  # fmt: skip
    Person.objects.filter(role="county").update(division=agreed.CODES[5])
    editions = many.fill(city, years)
    for edition in editions:
        _led(edition)
        rows = list(Commitment.objects.filter(edition=edition).prefetch_related("targets"))
        heavy = next(row for row in rows if any(one.indicator == agreed.PLACES for one in row.targets.all()))
        _worked(edition, rows, heavy)
        _reported(edition, rows, heavy)
        _judged(rows, heavy)
        _shown(rows, heavy)
        _escalated(edition, rows, heavy)
        _closed(rows, heavy)
        history_told.agreed_in(city, edition, _ends(edition.year or 0))
    history_told.bulletins(editions)
    history_told.entered(heavy)
    history_told.reminded(city, date(2021, 12, 31), heavy)
    history_told.worked()
    many.analyse()
    last = Edition.objects.select_related("city").get(pk=editions[-1].pk)
    of = agreements.Round.objects.filter(edition=last, stage="closed").first()
    call = reports.Call.objects.filter(commitment=heavy, period__closed_at=None, division="").get()
    bulletin = Bulletin.objects.filter(edition=last, stage="draft").latest("pk")
    assert of is not None
    return House(last, heavy, call, of, bulletin)


def _files(number: int) -> list[File]:
    told = (next(_number) for _ in range(number))
    return _made(
        File(digest=digest(f"演示{one}".encode()), name=f"佐证{one}（演示）.pdf", size=9, form="application/pdf")
        for one in told
    )


def _ends(year: int) -> list[date]:
    return [date(year, month, calendar.monthrange(year, month)[1]) for month in range(1, 13)]


def _led(edition: Edition) -> None:
    """Every item has a section; every seventh names a county of its own."""
    rows = list(Commitment.objects.filter(edition=edition))
    for at, row in enumerate(rows):
        office = xingzhou.OFFICES[at % 3]
        row.lead, row.leader, row.partners = office.code, office.leader, [xingzhou.OFFICES[(at + 1) % 3].code]
        row.divisions = [agreed.CODES[at % 17]] if at % 7 == 0 else []
    Commitment.objects.bulk_update(rows, ["lead", "leader", "partners", "divisions"], batch_size=200)


def _worked(edition: Edition, rows: Sequence[Commitment], heavy: Commitment) -> None:
    """Milestones, shares of 17 units, pauses, decisions of meetings, changes."""
    year = edition.year or 0
    _made(
        Milestone(
            commitment=row, name=f"第{at}步（演示）", due=date(year, 3 * at, 25), percent=33 * at, place=at,
            done=date(year, 3 * at, 20) if (row.place + at) % 3 else None,
        )
        for row in rows for at in (1, 2, 3)
    )  # fmt: skip
    _made(
        Milestone(commitment=heavy, name=f"逐月（演示{at}）", due=date(year, at, 5), done=date(year, at, 5), place=at)
        for at in range(1, 13)
    )
    divided = [(row, one) for row in [heavy, *rows[::8]] for one in row.targets.all() if one.value]
    for row, target in dict(divided).items():
        _divide(row, target)
    for row in [heavy, *rows[5::15]]:
        _pause(row, year)
    _made(
        Change(commitment=row, column="due", was="2021-06-30", becomes="2021-12-31", reason="演示", state="approved",
               asked_by="学前丙", decided_by="甲副局长", decided_on=date(year, 6, 1), words="同意")
        for row in [heavy] * 12 + list(rows[::10])
    )  # fmt: skip
    Commitment.objects.bulk_update(rows, ["agreed"], batch_size=200)


def _divide(row: Commitment, target: Target) -> None:
    units = [(one.code, one.name) for one in agreed.UNITS]
    _made(
        Share(target=target, division=code, value=at + 1, place=at, by="学前丙") for at, (code, _) in enumerate(units)
    )
    told = [
        {"division": code, "name": name, "value": str(at + 1), "due": None, "words": "演示"}
        for at, (code, name) in enumerate(units)
    ]
    row.agreed.setdefault("shares", {})[str(target.pk)] = told


def _pause(row: Commitment, year: int) -> None:
    days = [(date(year, month, 3), date(year, month, 9)) for month in (4, 6, 8)]
    kept = _made(
        Pause(commitment=row, begun=begun, until=until, extends=True, reason="等待批复（演示）", state="approved",
              asked_by="学前丙", decided_by="甲副局长", decided_on=begun, words="同意")
        for begun, until in days
    )  # fmt: skip
    row.agreed["pauses"] = [
        {"id": one.pk, "begun": f"{one.begun}", "until": f"{one.until}", "extends": True, "reason": one.reason,
         "state": "approved", "asked_by": one.asked_by, "asked_on": f"{one.begun}", "decided_by": one.decided_by,
         "decided_on": f"{one.begun}", "words": one.words}
        for one in kept
    ]  # fmt: skip
    row.agreed["decisions"] = [
        {"on": f"{year}-0{month}-10", "meeting": "局务会（演示）", "number": "", "what": "抓紧办理", "words": "演示",
         "audience": "bureau"}
        for month in (3, 5, 7)
    ]  # fmt: skip


_STAGES = ("filed", "reviewed", "signed", "verified", "verified", "noted", "returned", "replaced", "", "adopted")
_PASSED = {"reviewed": 1, "signed": 2, "verified": 3, "adopted": 3, "returned": 1}


def _reported(edition: Edition, rows: Sequence[Commitment], heavy: Commitment) -> None:
    """Twelve periods of 60 answers at all stages; the item that has everything is asked of five units each time."""
    for month, on in enumerate(_ends(edition.year or 0)):
        last = edition.year == YEARS[-1] and month == 11
        closed = None if last else datetime(on.year, on.month, 28, tzinfo=UTC)
        period = reports.Period.objects.create(
            edition=edition, on=on, reply_by=on + 5 * _DAY, opened_by="督查甲", closed_at=closed
        )
        asked = [rows[(month * 31 + at * 5) % len(rows)] for at in range(ASKED)]
        calls = [
            reports.Call(period=period, commitment=row, office=row.lead, why="due") for row in set(asked) - {heavy}
        ]
        calls += [
            reports.Call(period=period, commitment=row, division=agreed.CODES[(at + 5) % 17], why="half_year")
            for at, row in enumerate(rows[month :: len(rows) // OF_COUNTIES])
        ]
        calls += [reports.Call(period=period, commitment=heavy, office=heavy.lead, why="due")]
        calls += [
            reports.Call(period=period, commitment=heavy, division=f"9901{at:02}", why="due") for at in (14, 15, 11, 12)
        ]
        calls = list({(one.commitment_id, one.office, one.division): one for one in calls}.values())
        _answered(_made(calls), on)
        if month == 11:
            _came(period, rows)


def _answered(calls: Sequence[reports.Call], on: date) -> None:
    told = [(call, _STAGES[(call.pk + on.month) % len(_STAGES)]) for call in calls]
    told += [(call, "filed") for call, stage in told if stage == "replaced"]
    kept = _made(
        reports.Report(call=call, words=_WORDS, trouble="演示", next_step="演示", claimed="on_course", stage=stage,
                       by="基教丁", by_login="jijiao")
        for call, stage in told if stage
    )  # fmt: skip
    targets: dict[int, list[Target]] = {}
    for one in Target.objects.filter(commitment__in={call.commitment_id for call in calls}):
        targets.setdefault(one.commitment_id, []).append(one)
    _made(
        reports.Amount(report=one, target=target, on=on, definition="部门月报", unit=target.unit, reported=7,
                       verified=7 if one.stage == "verified" else None, verified_by="督查甲")
        for one in kept for target in targets.get(one.call.commitment_id, ())
    )  # fmt: skip
    steps = ("review", "sign", "verify")
    _made(
        reports.Passing(report=one, step="back" if one.stage == "returned" else steps[at], words="同意（演示）",
                        by="分管戊", by_login="fenguan")
        for one in kept for at in range(_PASSED.get(one.stage, 0))
    )  # fmt: skip


def _came(period: reports.Period, rows: Sequence[Commitment]) -> None:
    """Twenty replies with three pieces each: 10 to be looked at, 20 that are sure, the rest landed."""
    replies = _made(reports.Reply(period=period, file=file, sender="基础教育科", by="督查甲") for file in _files(20))
    for at, reply in enumerate(replies):
        row = rows[at * 11]
        figures = [{"target": one.pk, "value": "7", "unit": one.unit, "about": False, "on": f"{period.on}",
                    "definition": "", "numerator": "", "denominator": ""} for one in rows[at * 7].targets.all()]  # fmt: skip
        _made(
            reports.Found(reply=reply, place=place, where=f"第{place}段", text=_WORDS, commitment=row, sure=place == 2,
                          candidates=[row.pk, rows[0].pk], words=_WORDS, figures=figures,
                          decision="open" if place == 2 or (place == 1 and at % 2) else "landed")
            for place in (1, 2, 3)
        )  # fmt: skip


def _judged(rows: Sequence[Commitment], heavy: Commitment) -> None:
    """Twenty items a month through all three steps."""
    year = heavy.edition.year or 0
    told = [(row, on) for month, on in enumerate(_ends(year)) for row in [heavy, *rows[month::14]]]
    _made(
        Judgement(commitment=row, step=step, state="on_course", on=on, reason="按序时推进（演示）", shown="演示",
                  by="督查甲", by_login="ducha")
        for row, on in told for step in ("self", "leader", "office")
    )  # fmt: skip
    for at, row in enumerate(rows):
        row.judged, row.judged_on = ("done" if at % 3 == 0 else "on_course"), date(year, 12, 31)
    heavy.judged, heavy.judged_on = "done", date(year, 12, 31)
    Commitment.objects.bulk_update([*rows, heavy], ["judged", "judged_on"], batch_size=200)


def _shown(rows: Sequence[Commitment], heavy: Commitment) -> None:
    """Three hundred pieces a plan, most looked at, some withdrawn; twenty on one item."""
    of = [heavy] * 20 + [row for row in rows if row.pk != heavy.pk]
    numbers: dict[int, count[int]] = {}
    at = datetime(heavy.edition.year or 0, 9, 1, tzinfo=UTC)

    def signed(row: Commitment) -> dict[str, Any]:
        number = next(numbers.setdefault(row.pk, count(1)))
        end = digest(f"{row.pk}/{number}".encode())
        return {"number": number, "by": "基教丁", "by_login": "jijiao", "at": at, "previous": GENESIS, "digest": end}

    pieces = _made(
        evidence.Piece(commitment=row, file=file, name=file.name, kind="notice", shows="演示", document_number="演示1号",
                       office=row.lead, **signed(row))
        for row, file in zip(of, _files(len(of)), strict=True)
    )  # fmt: skip
    _made(
        evidence.Verdict(piece=one, outcome="returned" if one.pk % 4 == 0 else "accepted", reason="演示", on=at.date(),
                         **signed(one.commitment))
        for one in pieces if one.pk % 5
    )  # fmt: skip
    _made(evidence.Withdrawal(piece=one, reason="重报", **signed(one.commitment)) for one in pieces if one.pk % 10 == 0)


def _escalated(edition: Edition, rows: Sequence[Commitment], heavy: Commitment) -> None:
    """Fifteen papers a month, and a problem to be mended from every fourth."""
    stages, steps = ("answered", "answered", "sent", "withdrawn", "draft"), ("reminder", "urging", "notice")
    told = [
        (row, steps[(at + month) % 3], on, stages[(at + month) % 5])
        for month, on in enumerate(_ends(edition.year or 0)) for at, row in enumerate(rows[month::20])
        if row.pk != heavy.pk
    ]  # fmt: skip
    told += [(heavy, steps[at % 3], on, stages[at % 5]) for on in _ends(edition.year or 0) for at in (0, 1)][:20]
    gone = {"sent", "answered"}
    papers = _made(
        escalations.Paper(commitment=row, step=step, name="督办单", month=on.replace(day=1), because="进度滞后（演示）",
                          rule="督办规则", title=f"关于{row.number}的督办单（演示）", to="基础教育科", words=_WORDS,
                          answer_days=5, answer_by=on + 7 * _DAY, stage=stage, drafted_on=on, drafted_by="督查甲",
                          sent_on=on if stage in gone else None,
                          document_number=f"星教督〔2021〕{row.pk}号" if stage in gone else "", answer=_WORDS if stage == "answered" else "",
                          answered_on=on + 3 * _DAY if stage == "answered" else None)
        for row, step, on, stage in told
    )  # fmt: skip
    mended = _made(
        escalations.Rectification(edition=edition, commitment=one.commitment, paper=one, problem="材料不全（演示）",
                                  measure="补齐", lead=one.commitment.lead, due=one.month + 40 * _DAY, by="督查甲",
                                  state=("open", "claimed", "mended")[one.pk % 3])
        for one in papers[::4]
    )  # fmt: skip
    _made(
        escalations.LookBack(rectification=one, on=one.due, who="督查甲", found="已到位", kept=True, by="督查甲")
        for one in mended for _ in range(2)
    )  # fmt: skip


def _closed(rows: Sequence[Commitment], heavy: Commitment) -> None:
    """A third of the items closed by three signatures; the item that has everything declined twice and asked anew."""
    on = date(heavy.edition.year or 0, 12, 20)
    done = [row for row in rows if row.judged == "done" and row.pk != heavy.pk]
    closings = _made(escalations.Closing(commitment=row, shown="演示", closed_on=on) for row in done)
    closings += _made(
        escalations.Closing(commitment=heavy, shown="演示", ended=at < 2, declined_because="材料不足" if at < 2 else "")
        for at in range(3)
    )
    _made(
        escalations.Signature(closing=one, step=step, name="演示", on=on, words="同意", by="演示", by_login="ducha")
        for one in closings for step in ("section", "leader", "office")[: 3 if one.closed_on else 2]
    )  # fmt: skip
    for row in done:
        row.closed_on = on
    Commitment.objects.bulk_update(done, ["closed_on"], batch_size=200)
