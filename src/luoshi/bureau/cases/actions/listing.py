"""Lists changed by a decided case: an entry comes, follows the one that stood, or goes."""

import json
from collections.abc import Mapping
from datetime import date

from luoshi.bureau.cases.known import lists
from luoshi.bureau.cases.listing import same_as
from luoshi.bureau.cases.models import Case, Listing
from luoshi.bureau.cases.queries import unit_name
from luoshi.bureau.journal.actions import Actor
from luoshi.bureau.people.queries import calendar_of
from luoshi.handling.courses import Course, Way
from luoshi.handling.fields import Kind
from luoshi.handling.registers import Register, Span, entered, renewed, warned_from
from luoshi.words.errors import RefusedError
from luoshi.words.findings import Finding

_TITLE = 200


def decide(actor: Actor, row: Case, course: Course, way: Way, held: Mapping[str, str], on: date) -> None:  # noqa: ARG001
    """Change the lists that a step says, what it withdraws first; called inside the act of the step.

    Raises:
        RefusedError: there is nothing to be renewed or withdrawn, or the days of an entry cannot be told.
    """
    if way.withdraws:
        entry = row.entry or _standing(row, lists()[way.withdraws], held)
        entry.withdrawn_on, entry.withdrawn_by = on, row
        entry.save(update_fields=["withdrawn_on", "withdrawn_by"])
    if way.enters:
        register = lists()[way.enters]
        _enter(row, register, held, entered(register, held, on, _spans(row, register, held)), None)
    if way.renews:
        register = lists()[way.renews]
        before = row.entry if row.entry and row.entry.register == register.key else _standing(row, register, held)
        told = {**before.values, **held}
        _enter(row, register, told, renewed(register, told, on, Span(before.since, before.until)), before)


def _spans(row: Case, register: type[Register], held: Mapping[str, str]) -> list[Span]:
    """The days of the entries of the same person or unit that are not withdrawn."""
    same = _same(register, held, row)
    found = Listing.objects.filter(city_id=row.city_id, register=register.key, same=same, withdrawn_on=None)
    return [Span(since, until) for since, until in found.values_list("since", "until")]


def _enter(row: Case, register: type[Register], held: Mapping[str, str], span: Span, follows: Listing | None) -> None:
    calendar = calendar_of(row.city)
    told = {key: held[key] for key in register.fields if held.get(key)}
    private = {key: value for key, value in told.items() if register.fields[key].private}
    Listing.objects.create(
        city_id=row.city_id,
        register=register.key,
        title=_title(row, register, told),
        school=row.school,
        county=row.county,
        values={key: value for key, value in told.items() if key not in private},
        private=json.dumps(private, ensure_ascii=False) if private else "",
        same=_same(register, told, row),
        since=span.since,
        until=span.until,
        warned=warned_from(register.warn, span.until, calendar) if register.warn and span.until else None,
        by=row,
        follows=follows,
    )


def _title(row: Case, register: type[Register], told: Mapping[str, str]) -> str:
    field = register.title
    value = told.get(field.key, "") if field else ""
    if field is None:
        return unit_name(row) or row.title
    if field.private or field.kind is Kind.SCHOOL:
        return row.title
    return (field.options.get(value, value) or row.title)[:_TITLE]


def _same(register: type[Register], told: Mapping[str, str], row: Case) -> str:
    return same_as(register, told, row.school, row.county, row.number)


def _standing(row: Case, register: type[Register], held: Mapping[str, str]) -> Listing:
    """The entry of the same thing that stands.

    Raises:
        RefusedError: there is none.
    """
    same = _same(register, held, row)
    found = Listing.objects.filter(city_id=row.city_id, register=register.key, same=same, withdrawn_on=None)
    entry = found.filter(followed_by=None).order_by("-id").first()
    if entry is None:
        rule = "延续和撤销的须是名单内的一条"
        raise RefusedError(
            Finding(register.label, f"名单里没有“{row.title}”", rule, "请先核对名单；没有列入的按新申请办理")
        )
    return entry
