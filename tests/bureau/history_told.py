"""What five years leave behind beside the items: figures agreed, texts, the journal, reminders, long work. 演示数据（虚构）."""

from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

from django.utils import timezone

from luoshi.bureau.agreements.models import Answer, Line, Revision, Round, Sheet
from luoshi.bureau.bulletins.actions import draft
from luoshi.bureau.bulletins.gathering import Terms
from luoshi.bureau.bulletins.models import Bulletin
from luoshi.bureau.indicators.actions import _row as figure_row
from luoshi.bureau.jobs import models as jobs
from luoshi.bureau.journal.chain import GENESIS, link
from luoshi.bureau.journal.models import Entry, Head
from luoshi.bureau.ledger import queries as ledger
from luoshi.bureau.ledger.models import Commitment, Quote
from luoshi.bureau.people.models import City
from luoshi.bureau.plans.models import Edition
from luoshi.bureau.reminders.models import Digest, Reminder
from luoshi.bureau.reports.models import Report
from luoshi.spine import Measurement, Standing
from luoshi.words.provenance import Source
from tests.bureau import agreed, xingzhou

INDICATORS = (agreed.LARGE, agreed.PLACES, agreed.SHARE)
_DAY = timedelta(days=1)


def made(rows: Iterable[Any]) -> list[Any]:
    """Rows of one table, written at once."""
    listed = list(rows)
    return list(type(listed[0]).objects.bulk_create(listed, batch_size=500)) if listed else []


def _measured(key: str, code: str, on: date, standing: Standing, at: int) -> Measurement:
    indicator = ledger.KEYED[key]
    rated = bool(indicator.whole)
    whole = Decimal(400 + at)
    return Measurement(
        indicator=key,
        on=on,
        known=on + 5 * _DAY,
        value=(at % 9 + 1) * 100 / whole if rated else Decimal(at % 9),
        unit=indicator.unit,
        definition="部门月报",
        standing=standing,
        source=Source("演示数据（虚构）"),
        division=code,
        numerator=Decimal(at % 9 + 1) if rated else None,
        denominator=whole if rated else None,
    )


def agreed_in(city: City, edition: Edition, ends: Sequence[date]) -> None:
    """Twelve rounds of three figures and 17 units: reported, answered, verified, published; the last one under way."""
    for month, on in enumerate(ends):
        closed = month < 11
        of = Round.objects.create(
            edition=edition, title=f"{on.year}年{on.month}月对数（演示）", on=on, notice=agreed.SILENT, silence=True, days=5,
            opened=on, sent=on, reply_by=on + 7 * _DAY, closed=on + 8 * _DAY if closed else None,
            stage="closed" if closed else "sent", by="督查甲",
        )  # fmt: skip
        cells = [
            (number, key, at, code) for number, key in enumerate(INDICATORS, 1) for at, code in enumerate(agreed.CODES)
        ]
        told = [_measured(key, code, on, Standing.REPORTED, at + month) for number, key, at, code in cells]
        figures = made(figure_row(city, one) for one in told)
        made(figure_row(city, _measured(key, code, on, Standing.VERIFIED, at + month)) for _, key, at, code in cells)
        made(figure_row(city, _measured(key, "", on, Standing.VERIFIED, month)) for key in INDICATORS)
        lines = made(
            _line(of, cell, one, figure, closed=closed) for cell, one, figure in zip(cells, told, figures, strict=True)
        )
        if closed:
            made(
                _line(of, (number, key, 99, ""), _measured(key, "", on, Standing.VERIFIED, month), None, closed=True)
                for number, key in enumerate(INDICATORS, 1)
            )
        made(
            Answer(line=one, state="disputed" if one.pk % 5 == 0 else "agreed", own_value=7, words="演示", by="联络员", on=on)
            for one in lines if one.pk % 3
            for _ in range(2)
        )  # fmt: skip
        made(
            Revision(line=one, was_value=7, becomes_value=8, reason="复核（演示）", by="督查甲", on=on)
            for one in lines if closed and one.pk % 20 == 0
        )  # fmt: skip
        made(
            Sheet(round=of, division=code, code=f"D{of.pk}-{code}", rows={"1": {"reported": "7", "rated": ""}})
            for code in agreed.CODES
        )


def _line(of: Round, cell: tuple[int, str, int, str], one: Measurement, figure: Any, *, closed: bool) -> Line:
    number, key, place, code = cell
    amount = {"value": one.value, "numerator": one.numerator, "denominator": one.denominator}
    names = ("reported", "verified", "published") if closed else ("reported",)
    state = ("agreed", "disputed", "silent")[place % 3] if closed else ("waiting", "agreed", "disputed")[place % 3]
    return Line(
        round=of, number=number, place=place, indicator=key, division=code, lead="JJ", unit=one.unit,
        definition=one.definition, on=one.on, figure=figure, state=state if code else "total", reported_by="月报",
        verified_by="督查甲" if closed else "", published_in="通报（演示）" if closed else "",
        **{f"{name}_{part}": value for name in names for part, value in amount.items()},
    )  # fmt: skip


def bulletins(editions: Sequence[Edition]) -> None:
    """Twelve texts a year: the last plan's own drafted from the ledger, the others with the same words."""
    last = Edition.objects.select_related("city").get(pk=editions[-1].pk)
    on = date(2021, 12, 31)
    items = [one for one in ledger.items(last.city, last, on) if one.row.breakdown.stage == "issued"]
    kept = draft(xingzhou.actor("ducha"), last, items, Terms("serial", on, on))
    made(
        Bulletin(
            edition=edition, kind="serial", stage="settled", on=date(edition.year or 0, month, 28), issue=month,
            title=f"{edition.year}年第{month}期（演示）", document=kept.document, sources=kept.sources, counts=kept.counts,
            drafted_by="督查甲", settled_by="督查甲", settled_on=date(edition.year or 0, month, 28),
        )
        for edition in editions for month in range(1, 13)
    )  # fmt: skip


def entered(heavy: Commitment) -> None:
    """The journal in proportion: an entry for each answer and step, 200 for the item that has everything."""
    subjects = list(Report.objects.values_list("call__commitment_id", flat=True).order_by("pk"))
    proposal = Quote.objects.filter(commitment=heavy).values_list("proposal_id", flat=True)[0]
    told = [("commitment", pk) for pk in subjects for _ in range(4)]
    told += [("commitment", heavy.pk)] * 200 + [("proposal", proposal)] * 4
    head = Head.objects.get(pk=1)
    rows = []
    for number, (kind, pk) in enumerate(told, head.number + 1):
        record = {
            "number": number, "at": datetime(2021, 12, 31, tzinfo=UTC), "actor": "ducha", "actor_name": "督查甲",
            "role": "supervisor", "office": "BGS", "address": "10.0.0.8", "action": "ledger.office", "subject_kind": kind,
            "subject_id": str(pk), "subject": "星州市事项（演示）", "detail": "{}", "outcome": "done",
            "reason": "按序时推进（演示）", "digested_by": "sha256", "previous": head.digest or GENESIS,
        }  # fmt: skip
        head.number, head.digest = number, link(record)
        rows.append(Entry(**record, digest=head.digest))
    made(rows)
    head.save()


def reminded(city: City, last: date, heavy: Commitment) -> None:
    """Everybody told something once a week for five years, ten lines each; and everybody forty lines on the last day."""
    days = [last - 7 * week * _DAY for week in range(52 * 5)]
    digests = made(
        Digest(city=city, day=day, person=one.login, name=one.name, role=one.role, office=one.office,
               division=one.division, subject="提醒：10项（演示）", habits=1)
        for day in days for one in xingzhou.MEMBERS
    )  # fmt: skip
    made(
        Reminder(digest=one, place=at, day=one.day, person=one.person, due=f"item/{at}/{one.day}", step=at % 9 - 5,
                 words=f"{at}.1 推进第{at}项工作（演示）", link=f"/items/{heavy.pk}/")
        for one in digests for at in range(40 if one.day == last else 10)
    )  # fmt: skip
    now = timezone.now()
    made(
        jobs.Message(key=f"{channel}/{one.pk}", channel=channel, to=one.person, subject=one.subject, body="演示" * 100,
                     link="/reminders/", due=now, next_try=now, state="sent" if one.pk % 2 else "read", sent_at=now)
        for one in digests for channel in ("inbox", "mail")
    )  # fmt: skip


def worked() -> None:
    """Jobs and daily rounds."""
    made(
        jobs.Job(kind="journal.verify", title="核验操作日志", state="done", asked_by="ducha", asker={"name": "督查甲"},
                 result={"words": "完整（演示）"}, done=9, total=9)
        for _ in range(500)
    )  # fmt: skip
    made(
        jobs.Round(day=date(2017, 1, 1) + at * _DAY, name=name, state="done", attempts=1)
        for at in range(365 * 5) for name in ("clear_sessions", "digests", "calendar")
    )  # fmt: skip
