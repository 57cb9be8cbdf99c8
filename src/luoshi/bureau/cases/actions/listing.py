"""Lists changed by a decided case: an entry comes, follows the one that stood, or goes."""

import json
from collections.abc import Mapping
from datetime import date

from django.utils.crypto import salted_hmac

from luoshi.bureau.cases.known import lists
from luoshi.bureau.cases.models import Case, Listing
from luoshi.bureau.journal.actions import Actor
from luoshi.bureau.people.queries import calendar_of
from luoshi.handling.courses import Course, Way
from luoshi.handling.fields import Kind
from luoshi.handling.registers import Register, last_day, warned_from
from luoshi.words.errors import RefusedError
from luoshi.words.findings import Finding

_TITLE = 200


def decide(actor: Actor, row: Case, course: Course, way: Way, held: Mapping[str, str], on: date) -> None:  # noqa: ARG001
    """Change the lists that a step says; called inside the act of the step.

    Raises:
        RefusedError: there is nothing to be renewed or withdrawn.
    """
    if way.enters:
        _enter(row, lists()[way.enters], held, on, None)
    if way.renews:
        register = lists()[way.renews]
        _enter(row, register, held, on, _standing(row, register, held))
    if way.withdraws:
        entry = row.entry or _standing(row, lists()[way.withdraws], held)
        entry.withdrawn_on, entry.withdrawn_by = on, row
        entry.save(update_fields=["withdrawn_on", "withdrawn_by"])


def _enter(row: Case, register: type[Register], held: Mapping[str, str], on: date, follows: Listing | None) -> None:
    calendar = calendar_of(row.city)
    told = {key: held[key] for key in register.fields if held.get(key)}
    private = {key: value for key, value in told.items() if register.fields[key].private}
    until = _until(register, told, on)
    Listing.objects.create(
        city_id=row.city_id,
        register=register.key,
        title=_title(row, register, told),
        subject=row.school or row.county,
        county=row.county,
        values={key: value for key, value in told.items() if key not in private},
        private=json.dumps(private, ensure_ascii=False) if private else "",
        same=_same(register, told, row),
        since=on,
        until=until,
        warned=warned_from(register.warn, until, calendar) if register.warn and until else None,
        by=row,
        follows=follows,
    )


def _until(register: type[Register], told: Mapping[str, str], on: date) -> date | None:
    if register.until is not None and told.get(register.until.key):
        return date.fromisoformat(told[register.until.key])
    return last_day(register.valid, on) if register.valid else None


def _title(row: Case, register: type[Register], told: Mapping[str, str]) -> str:
    field = register.title
    value = told.get(field.key, "")
    if field.private or field.kind is Kind.SCHOOL:
        return row.title
    return (field.options.get(value, value) or row.title)[:_TITLE]


def _same(register: type[Register], told: Mapping[str, str], row: Case) -> str:
    said = [told.get(one.key, "") for one in register.same] or [row.school or row.county or row.number]
    return salted_hmac("luoshi.cases.listing", json.dumps([register.key, *said], ensure_ascii=False)).hexdigest()[:32]


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
