"""A finding becomes a case, at most once a child and school year. The names go from the kept list into the case, nowhere else."""

import unicodedata
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from luoshi.bureau.cases.actions import Bringing, open_case
from luoshi.bureau.cases.known import conducted, course_on
from luoshi.bureau.cases.queries import running, schools_of
from luoshi.bureau.comparisons.actions.bringing import held
from luoshi.bureau.comparisons.models import Finding as Found
from luoshi.bureau.comparisons.models import Run
from luoshi.bureau.comparisons.queries import opened_in
from luoshi.bureau.comparisons.reading import LABELS, lines_of
from luoshi.bureau.journal.actions import Actor, act
from luoshi.bureau.people.rights import answers, require
from luoshi.bureau.people.units.queries import name_of
from luoshi.words.errors import RefusedError
from luoshi.words.findings import Finding

MOST = 50
"""Cases that are opened at once."""
UNSAID = "名单未载明"
_EIGHTEEN = 18


@dataclass(frozen=True, slots=True)
class Opened:
    """What came of it."""

    new: int
    there: int
    """Children of whom a case was there already, however it came; the finding points to it."""


def open_found(actor: Actor, number: int, picks: Sequence[int], told: Mapping[str, str], today: date) -> Opened:
    """Open the cases of these findings, all or none.

    Args:
        actor: somebody of their county.
        number: of the run.
        picks: ids of findings.
        told: what the lists do not say, by key of the procedure's field: the same for all.
        today: today.

    Raises:
        RefusedError: who may not, none picked or too many, it becomes no case, and whatever `open_case` refuses.
    """
    with act(actor, "comparisons.open", "comparison", number, "名单比对") as note:
        require(actor, "cases")
        run = held(actor, number)
        note.title = f"名单比对 {run.on}"
        rows = _picked(actor, run, picks)
        cases, new = opened_in(run.city_id, rows[0].year), 0
        waiting = [one for one in rows if (one.procedure, one.code) not in cases]
        wanted = defaultdict[str, set[int]](set)
        for one in waiting:
            wanted[one.key].add(one.line)
        how = conducted(run.city)
        lines, schools = lines_of(run, wanted), _schools(run, waiting, today)
        for one in rows:
            if (one.procedure, one.code) not in cases:
                said = _answers(run, one, lines[one.key, one.line]) | dict(told)
                if there := running(run.city, course_on(run.city, how[one.procedure], today), said, one.county):
                    cases[one.procedure, one.code] = one.case_id = there.pk
                    one.save(update_fields=["case"])
                    continue
                brought = Bringing(said, county=one.county, school=schools.get((one.county, one.school), ""))
                case = open_case(actor, run.city, one.procedure, brought, today).row
                cases[one.procedure, one.code], one.opened, new = case.pk, True, new + 1
            one.case_id = cases[one.procedure, one.code]
            one.save(update_fields=["case", "opened"])
        note.detail = {"立案": new, "已有办件": len(rows) - new}
    return Opened(new, len(rows) - new)


def _picked(actor: Actor, run: Run, picks: Sequence[int]) -> list[Found]:
    if not 0 < len(set(picks)) <= MOST:
        what = f"选了 {len(set(picks))} 人"
        raise RefusedError(Finding("立案", what, f"一次 1 至 {MOST} 人", "请勾选要立案的人"))
    rows = list(Found.objects.select_for_update(of=("self",)).filter(run=run, pk__in=picks).order_by("place"))
    if len(rows) != len(set(picks)) or not all(one.procedure and answers(actor, one.county) for one in rows):
        rule = "疑似失学、疑似辍学和未安置的，由本县(市、区)立案"
        raise RefusedError(Finding("立案", "有的不在本县(市、区)的结果里，或不立案", rule, "请从页面上勾选"))
    new = [one for one in rows if one.case_id is None]
    if not new:
        raise RefusedError(Finding("立案", "所选的都已立案", "一人一学年立案一次", "请打开已有的办件"))
    return new


def _schools(run: Run, rows: Sequence[Found], today: date) -> dict[tuple[str, str], str]:
    """By county and what the list calls it: the code of a school that stands there."""
    if not any(one.school for one in rows):
        return {}
    counties = {one.county for one in rows}
    found = schools_of(run.city_id, today).filter(county__in=counties).values_list("county", "name", "code")
    return {(county, word): code for county, name, code in found for word in (name, code)}


def _answers(run: Run, one: Found, row: Mapping[str, str]) -> dict[str, str]:
    """What a line of the list answers of what the procedure asks."""
    name, number = row.get("name") or UNSAID, _plain(row.get("number", "")) or UNSAID
    if one.procedure == "dropout":
        return {
            "pupil": name, "roll_no": number, "home": name_of(run.city, one.county), "grade": UNSAID, "found_by": "compared",
            "poverty": "yes" if one.poor == "yes" else "no", "absent_since": run.on.isoformat(), "cause": "other",
        }  # fmt: skip
    return {
        "child": name, "born": _born(one, row), "id_number": number, "degree": "none", "guardian": row.get("guardian") or UNSAID,
        "phone": UNSAID, "found_by": "federation",
    }  # fmt: skip


def _plain(number: str) -> str:
    return "".join(unicodedata.normalize("NFKC", number).split()).strip("'\"`‘’“”").upper()


def _born(one: Found, row: Mapping[str, str]) -> str:
    number = _plain(row.get("number", ""))
    digits = (
        number[6:14]
        if len(number) == _EIGHTEEN
        else "".join(each for each in row.get("born", "")[:10] if each.isdigit())
    )
    try:
        return date(int(digits[:4]), int(digits[4:6]), int(digits[6:8])).isoformat()
    except ValueError as error:
        where = f"{LABELS[one.key]} 第{one.line}行"
        rule = "立案须有出生日期，写成 2012-04-01"
        raise RefusedError(Finding(where, "没有可用的出生日期", rule, "请补上名单再比，或在“我的办件”登记")) from error
