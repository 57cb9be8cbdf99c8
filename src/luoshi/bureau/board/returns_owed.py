"""报表 that are due: to a county what its schools have not handed in and what it has not checked, to the section what waits for it.

A school that has an account hears of its own; of all others their county hears. Whoever brought a unit's file and is neither is
told of what is imported or sent back and not handed in. Nothing names a school: a digest goes by mail, and single units stay
inside statistics (教育部令第44号第三十一条).
"""

from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import date

from django.db.models import Count, F, Q

from luoshi.bureau.people.models import City, Person, Succession
from luoshi.bureau.people.units.queries import names as unit_names
from luoshi.bureau.people.units.queries import schools_stood_for
from luoshi.bureau.returns.models import Unit, Window
from luoshi.tracking.dues import Due, DueKind

_TITLE = 30
_State = Unit.State
_NOT_IN = (_State.OWING, _State.IMPORTED, _State.RETURNED)


def returns_owed(city: City, on: date) -> Iterator[Due]:
    """What windows that are not locked still wait for on a day; eight queries, however many windows and schools."""
    going = (Window.Stage.OPEN, Window.Stage.CLOSED)
    windows = {one.pk: one for one in Window.objects.filter(city=city, stage__in=going, opened__lte=on)}
    counted = (
        Unit.objects.filter(window__in=windows, merged_into="").order_by().values_list("window", "county", "state")
    )
    waiting: dict[tuple[int, str], Counter[str]] = {}
    for window, county, state, many in counted.annotate(Count("pk")):
        waiting.setdefault((window, county), Counter())[state] += many
    people = dict(Person.objects.filter(is_active=True, role="county").values_list("username", "division"))
    names = unit_names(city)
    told = frozenset(people.values())
    for pk, window in windows.items():
        mine = {county: states for (of, county), states in waiting.items() if of == pk}
        if window.stage == Window.Stage.OPEN:
            yield from _not_handed_in(window, mine, names, told)
        yield from _not_checked(window, mine, names, told)
        yield from _not_accepted(window, mine)
    still = {pk: one for pk, one in windows.items() if one.stage == Window.Stage.OPEN}
    schools = _schools()
    yield from _of_schools(still, schools)
    yield from _not_finished(still, people, frozenset(login for logins in schools.values() for login in logins))


def _schools() -> dict[str, list[str]]:
    """Accounts by every code that their school answers for; two queries, three where there is one account."""
    rows = Person.objects.filter(is_active=True, role="school").exclude(school="").order_by("username")
    people = list(rows.values_list("school", "username"))
    stood = schools_stood_for({school for school, _ in people}) if people else {}
    told: dict[str, list[str]] = {}
    for school, login in people:
        for code in stood[school]:
            told.setdefault(code, []).append(login)
    return told


def _of_schools(windows: Mapping[int, Window], accounts: Mapping[str, list[str]]) -> Iterator[Due]:
    """本校未报, to each account of a school that has one."""
    if not accounts:
        return
    own = Q(code__in=Person.objects.filter(is_active=True, role="school").exclude(school="").values("school"))
    before = Succession.objects.filter(of_schools=True).exclude(before=F("after"))
    lacking = Unit.objects.filter(own | Q(code__in=before.values("before")) | Q(code__in=before.values("after")))
    lacking = lacking.filter(window__in=windows, merged_into="", state__in=_NOT_IN).order_by("window", "code")
    for pk, code in lacking.values_list("window", "code"):
        for login in accounts.get(code, ()):
            what = _said(windows[pk], "本校还没有报出")
            key, link = f"window/{pk}/school/{code}/{login}", f"/returns/{pk}/units/{code}/"
            yield Due(key, DueKind.ROUND, what, windows[pk].due_school, people=(login,), link=link)


def _not_handed_in(
    window: Window, waiting: Mapping[str, Counter[str]], names: Mapping[str, str], told: frozenset[str]
) -> Iterator[Due]:
    """未报, a due a county; of counties where nobody has an account one for the section."""
    lacking = {county: sum(states[one] for one in _NOT_IN) for county, states in waiting.items()}
    yield from _by_county(window, "owing", "{number}个单位未报", lacking, (names, told, window.due_school))


def _not_checked(
    window: Window, waiting: Mapping[str, Counter[str]], names: Mapping[str, str], told: frozenset[str]
) -> Iterator[Due]:
    """待县级审核."""
    handed = {county: states[_State.HANDED] for county, states in waiting.items()}
    yield from _by_county(window, "check", "{number}个单位待县级审核", handed, (names, told, window.due_county))


def _by_county(
    window: Window,
    key: str,
    words: str,
    counts: Mapping[str, int],
    who: tuple[Mapping[str, str], frozenset[str], date],
) -> Iterator[Due]:
    names, told, on = who
    for county, number in sorted(counts.items()):
        if number and county in told:
            what = _said(window, f"{names.get(county, county)}{words.format(number=number)}")
            link = f"/returns/{window.pk}/counties/{county}/"
            yield Due(f"window/{window.pk}/{key}/{county}", DueKind.ROUND, what, on, divisions=(county,), link=link)
    rest = sum(number for county, number in counts.items() if county not in told)
    if rest:
        yield _of_office(window, key, words.format(number=rest) + "（所在县(市、区)没有账号）", on)


def _not_accepted(window: Window, waiting: Mapping[str, Counter[str]]) -> Iterator[Due]:
    """待市级核定."""
    number = sum(states[_State.COUNTY] for states in waiting.values())
    if number:
        yield _of_office(window, "accept", f"{number}个单位待市级核定", window.due_city)


def _of_office(window: Window, key: str, what: str, on: date) -> Due:
    link = f"/returns/{window.pk}/"
    return Due(f"window/{window.pk}/{key}", DueKind.ROUND, _said(window, what), on, window.office, link=link)


def _not_finished(windows: Mapping[int, Window], people: Mapping[str, str], schools: frozenset[str]) -> Iterator[Due]:
    """已导入 or 退回修改 and not handed in, by whoever brought the file, where that is not county or school who are told anyway."""
    going = Unit.objects.filter(window__in=windows, merged_into="", state__in=(_State.IMPORTED, _State.RETURNED))
    brought = Counter[tuple[int, str]]()
    for pk, county, login in going.order_by().values_list("window", "county", "filing__by_login"):
        if login and login not in schools and people.get(login) != county:
            brought[pk, login] += 1
    for (pk, login), number in sorted(brought.items()):
        window = windows[pk]
        what = _said(window, f"您导入的{number}个单位还没有报出")
        key, link = f"window/{pk}/filler/{login}", f"/returns/{pk}/"
        yield Due(key, DueKind.ROUND, what, window.due_school, people=(login,), link=link)


def _said(window: Window, what: str) -> str:
    title = window.title if len(window.title) <= _TITLE else window.title[: _TITLE - 1] + "…"
    return f"报表：{title}，{what}"
