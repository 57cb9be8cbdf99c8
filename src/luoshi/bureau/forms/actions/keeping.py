"""What schools answered goes into the lake: rows of a kind of its own, a county an edition, never changed and read for good.

    a deposit that has no edition yet  ── commit
    the rows into the lake             ── forced to the disk
    the edition into the deposit       ── commit

Whoever comes after a crash does the last two steps once more; the lake knows the same rows from the same list again.
"""

import re
from collections.abc import Sequence
from datetime import UTC, datetime

from luoshi.bureau.files.actions import keep
from luoshi.bureau.forms.answers import rows_of
from luoshi.bureau.forms.models import Deposit, Filing, Request
from luoshi.bureau.forms.returns import DEFINITION, kind_of
from luoshi.bureau.journal.actions import Actor, act
from luoshi.bureau.lakes import lake
from luoshi.bureau.people.rights import require
from luoshi.words.chains import canonical
from luoshi.words.errors import RefusedError
from luoshi.words.findings import Finding

_PERIOD = re.compile(r"\d{4}(-[A-Za-z0-9]{1,12})?")
"""As the lake writes a period."""


def deposit(actor: Actor, request_id: int, period: str) -> list[Deposit]:
    """入库: of every sheet of a period the newest filing that has nothing to be mended; counties whose filings did not change are left.

    Raises:
        RefusedError: no right, no such form, or nothing that may be kept.
    """
    settle(actor, request_id)
    if not _PERIOD.fullmatch(period):
        with act(actor, "forms.deposit", "form", request_id):
            raise RefusedError(Finding("期次", f"“{period[:20]}”", "写成 2020 或 2020-1 才能入库", "请从期次里选"))
    with act(actor, "forms.deposit", "form", request_id) as note:
        row = Request.objects.select_for_update(of=("self",)).select_related("city").filter(pk=request_id).first()
        if row is None:
            raise RefusedError(Finding("报表", "没有这张报表", "只入库已发出的报表", "请刷新页面"))
        note.title = row.title
        require(actor, "send_form", lead=row.office)
        by_county = _answered(row, period)
        if not by_county:
            rule, remedy = "收到、没有逻辑校验要改的才入库", "请先收回填报表，退回有问题的"
            raise RefusedError(Finding(row.title, f"{period} 没有可入库的填报表", rule, remedy))
        made = [one for county, some in by_county.items() if (one := _intended(actor, row, period, county, some))]
        note.detail = {"期次": period, "县区": [one.county for one in made], "未变": len(by_county) - len(made)}
    return [settle_one(actor, one.pk) for one in made]


def _answered(row: Request, period: str) -> dict[str, list[Filing]]:
    """By county the newest filing of each school, where it is in order."""
    found = (
        Filing.objects.filter(sheet__request=row, sheet__period=period).order_by("id").select_related("sheet", "file")
    )
    newest = {one.sheet_id: one for one in found}
    told: dict[str, list[Filing]] = {}
    for one in sorted(newest.values(), key=lambda each: each.sheet.unit):
        if not one.stops:
            told.setdefault(one.sheet.county, []).append(one)
    return told


def _intended(actor: Actor, row: Request, period: str, county: str, some: Sequence[Filing]) -> Deposit | None:
    """The deposit with its list kept; None where the last one of the county has the same."""
    listing = canonical(
        {
            "form": row.number,
            "title": row.title,
            "period": period,
            "county": county,
            "columns": [[one.place, one.label, one.unit] for one in row.columns.all() if not one.blocked],
            "filings": [{"filing": one.pk, "unit": one.sheet.unit, "file": one.file.digest} for one in some],
        }
    )
    kept = keep(actor, listing, f"入库清单-{kind_of(row)}-{county}.json", "application/json")
    last = Deposit.objects.filter(request=row, period=period, county=county).last()
    if last is not None and last.listing_id == kept.pk:
        return None
    made = Deposit(request=row, period=period, county=county, listing=kept, by=actor.name)
    rows_of(made)  # refuses what the lake would refuse, before anything is promised
    made.save()
    return made


def settle(actor: Actor, request_id: int | None = None) -> list[Deposit]:
    """Finish every deposit that has no edition yet, of one form or of all; also after a crash."""
    waiting = Deposit.objects.filter(edition=None)
    if request_id is not None:
        waiting = waiting.filter(request=request_id)
    return [settle_one(actor, pk) for pk in waiting.values_list("pk", flat=True)]


def settle_one(actor: Actor, number: int) -> Deposit:
    """The rows into the lake, then the edition into the deposit."""
    one = Deposit.objects.select_related("request__city", "listing").get(pk=number)
    made = lake().deposit(
        rows_of(one),
        kind=kind_of(one.request),
        period=one.period,
        division=one.county,
        definition=DEFINITION,
        source=one.listing.digest,
        key=("school",),
        at=datetime.now(UTC),
        by=one.by,
    )
    with act(actor, "forms.deposited", "form", one.request_id, one.request.title) as note:
        note.detail = {"期次": one.period, "县区": one.county, "版次": made.number, "行数": made.rows}
        Deposit.objects.filter(pk=number, edition=None).update(edition=made.number, rows=made.rows)
    one.refresh_from_db()
    return one
