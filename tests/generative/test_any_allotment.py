"""Any few people and sessions: nobody would swap, nothing stands idle, the order of entry is nothing, and each reason is true."""

from collections import Counter
from datetime import datetime, timedelta
from decimal import Decimal
from itertools import permutations, product

from hypothesis import given, settings
from hypothesis import strategies as st

from luoshi.learning import Applicant, Cause, Offer, Reserve, Sent, allot, lot, rota
from luoshi.learning.person_times import Attended, Doubt, count
from luoshi.learning.rotation import Left

GROUPS = ("county:1", "rural")
KINDS = ("subject", "ethics")
START = datetime(2020, 10, 10, 9)  # noqa: DTZ001 (a wall clock in one town)


def _meets(at: int) -> tuple[tuple[datetime, datetime], ...]:
    begun = START + timedelta(hours=at)
    return ((begun, begun + timedelta(hours=2)),)


@st.composite
def offers(draw: st.DrawFn) -> list[Offer]:
    made = []
    for at in range(draw(st.integers(1, 4))):
        seats = draw(st.integers(0, 3))
        kept = draw(st.integers(0, seats))
        first = draw(st.integers(0, kept))
        told = (Reserve(GROUPS[0], first), Reserve(GROUPS[1], kept - first)) if kept else ()
        only = draw(st.sampled_from([frozenset(), frozenset(GROUPS[:1])]))
        made.append(
            Offer(
                f"s{at}",
                seats,
                draw(st.frozensets(st.sampled_from(KINDS))),
                Decimal(4),
                _meets(draw(st.integers(0, 5))),
                only,
                told,
            )
        )
    return made


@st.composite
def applicants(draw: st.DrawFn, sessions: list[Offer]) -> list[Applicant]:
    keys = [one.key for one in sessions]
    return [
        Applicant(
            f"T{at}",
            tuple(draw(st.permutations(keys)))[: draw(st.integers(0, len(keys)))],
            {kind: Decimal(draw(st.sampled_from([0, 4, 8]))) for kind in KINDS},
            frozenset(draw(st.sets(st.sampled_from(GROUPS)))),
        )
        for at in range(draw(st.integers(1, 6)))
    ]


@st.composite
def cases(draw: st.DrawFn) -> tuple[list[Applicant], list[Offer], int]:
    sessions = draw(offers())
    return draw(applicants(sessions)), sessions, draw(st.integers(1, 3))


def _clash(one: Offer, other: Offer) -> bool:
    return one.key != other.key and one.times[0][0] < other.times[0][1] and other.times[0][0] < one.times[0][1]


def _may(who: Applicant, offer: Offer) -> bool:
    return not offer.only or bool(offer.only & who.groups)


def _fits(who: Applicant, held: set[str], offer: Offer, of: dict[str, Offer]) -> bool:
    return _may(who, offer) and not any(_clash(of[key], offer) for key in held)


def _prefers(who: Applicant, one: str, other: str) -> bool:
    return one in who.choices and (other not in who.choices or who.choices.index(one) < who.choices.index(other))


def _seatable(offer: Offer, seated: list[Applicant], kept: dict[tuple[str, str], int]) -> bool:
    """Whether all these fit into one session, each reserved seat that is kept used by its group: every way is tried."""
    seats = [one.group for one in offer.reserves for _ in range(kept.get((offer.key, one.group), 0))]
    seats += [""] * (offer.seats - len(seats))
    return len(seated) <= len(seats) and any(
        all(not seat or seat in who.groups for who, seat in zip(seated, way, strict=True))
        and Counter(seat for seat in way if seat) == Counter(seat for seat in seats if seat)
        for way in permutations(seats, len(seated))
    )


@settings(max_examples=400, deadline=None)
@given(cases())
def test_nobody_would_swap_and_nothing_stands_idle(case: tuple[list[Applicant], list[Offer], int]) -> None:
    people, sessions, most = case
    of, who = {one.key: one for one in sessions}, {one.code: one for one in people}
    given_ = allot(people, sessions, seed="演示", most=most)
    held = {code: set(given_.places.get(code, ())) for code in who}
    seated = {key: [who[code] for code in who if key in held[code]] for key in of}
    for key, rows in seated.items():
        assert _seatable(of[key], rows, dict(given_.kept)), "seats and reserved seats hold"
    for code, places in held.items():
        assert len(places) <= most
        assert all(_may(who[code], of[key]) for key in places)
        assert not any(_clash(of[one], of[other]) for one in places for other in places)
        for key in who[code].choices:
            if key in places or len(seated[key]) >= of[key].seats:
                continue
            free = {one for one in places if not _prefers(who[code], key, one)}
            assert not (len(places) < most and _fits(who[code], places, of[key], of)), (
                "no seat idle that somebody could take"
            )
            assert not any(
                _fits(who[code], {*free, *(places - {less})} - {less}, of[key], of)
                for less in places
                if _prefers(who[code], key, less)
            ), "nor one that somebody would rather have than what they got"
    for one, other in product(who, who):
        for mine, theirs in product(held[one] - held[other], held[other] - held[one]):
            glad = _prefers(who[one], theirs, mine) and _prefers(who[other], mine, theirs)
            fits = _fits(who[one], held[one] - {mine}, of[theirs], of) and _fits(
                who[other], held[other] - {theirs}, of[mine], of
            )
            if not (glad and fits and one != other):
                continue
            there = [who[one] if each.code == other else each for each in seated[theirs]]
            here = [who[other] if each.code == one else each for each in seated[mine]]
            kept = dict(given_.kept)
            assert not (_seatable(of[theirs], there, kept) and _seatable(of[mine], here, kept)), "two would gladly swap"


@settings(max_examples=100, deadline=None)
@given(cases(), st.randoms())
def test_the_order_of_entry_is_nothing(case, random) -> None:
    people, sessions, most = case
    told = allot(people, sessions, seed="演示", most=most)
    random.shuffle(people)
    random.shuffle(sessions)
    assert allot(people, sessions, seed="演示", most=most) == told


def _slow(people: list[Applicant], sessions: list[Offer], most: int, kept: dict[tuple[str, str], int]):
    """Who takes what, step by step as a clerk would do it with paper, reserved seats as they were kept in the end."""
    of, taken, owes = {one.key: one for one in sessions}, {one.code: [] for one in people}, {}
    free = {one.key: one.seats - sum(kept.get((one.key, each.group), 0) for each in one.reserves) for one in sessions}
    left, denied, seated = dict(kept), {}, {one.key: [] for one in sessions}
    for one in people:
        owes[one.code] = {
            kind: owed for kind, owed in one.owes.items() if any(kind in each.towards for each in sessions)
        }
    for turn in range(1, most + 1):
        still = [
            one
            for one in people
            if any(key not in taken[one.code] and (one.code, key) not in denied for key in one.choices)
        ]
        still.sort(key=lambda one: (-sum(owes[one.code].values()), lot("演示", one.code)))
        for rank, one in enumerate(still, 1):
            for key in one.choices:
                if key in taken[one.code] or (one.code, key) in denied:
                    continue
                own = next(
                    (g.group for g in of[key].reserves if g.group in one.groups and left.get((key, g.group))), ""
                )
                if not _may(one, of[key]):
                    denied[one.code, key] = (Cause.CLOSED, turn, rank, 0)
                elif any(_clash(of[key], of[mine]) for mine in taken[one.code]):
                    denied[one.code, key] = (Cause.CLASH, turn, rank, 0)
                elif own or free[key]:
                    left[key, own] = left.get((key, own), 0) - 1
                    free[key] -= 0 if own else 1
                    taken[one.code].append(key)
                    seated[key].append((turn, rank, sum(owes[one.code].values())))
                    for kind in of[key].towards:
                        owes[one.code][kind] = max(Decimal(0), owes[one.code].get(kind, Decimal(0)) - of[key].hours)
                    break
                else:
                    owed = sum(owes[one.code].values())
                    more = sum(1 for at, _, theirs in seated[key] if at == turn and theirs > owed)
                    other = any(many for (place, group), many in left.items() if place == key and group)
                    denied[one.code, key] = (Cause.RESERVED if other else Cause.FULL, turn, rank, more)
    return taken, denied, seated


@settings(max_examples=300, deadline=None)
@given(cases())
def test_each_reason_is_what_a_clerk_with_paper_finds(case: tuple[list[Applicant], list[Offer], int]) -> None:
    people, sessions, most = case
    told = allot(people, sessions, seed="演示", most=most)
    taken, denied, seated = _slow(people, sessions, most, dict(told.kept))
    assert {code: tuple(keys) for code, keys in taken.items() if keys} == told.places
    for one in people:
        for key in one.choices:
            said = told.told[one.code, key]
            if key in taken[one.code]:
                assert said.cause is Cause.GIVEN
                continue
            cause, turn, rank, _ = denied.get((one.code, key), (Cause.LIMIT, 0, 0, 0))
            assert (said.cause, said.round, said.rank) == (cause, turn, rank)
            if cause in {Cause.FULL, Cause.RESERVED}:
                assert said.waiting == told.waiting[key].index(one.code) + 1
                before = [at[:2] for at in seated[key] if at[:2] < (turn, rank)]
                assert said.cause is Cause.RESERVED or len(before) == said.seats
                assert said.last == max((at[:2] for at in seated[key]), default=(0, 0))


teachers = st.lists(
    st.tuples(st.sampled_from("AB"), st.integers(0, 6), st.integers(0, 2), st.integers(0, 3)), min_size=1, max_size=6
)


@settings(max_examples=300, deadline=None)
@given(teachers, st.tuples(*[st.integers(0, 2)] * 3), st.sampled_from([1, 34, 50, 100]))
def test_as_many_are_sent_as_any_roster_could_send_and_who_has_fewest_months_stands_first(
    rows, capacity, share
) -> None:
    years = dict(zip((1, 2, 3), capacity, strict=True))
    people = [Sent(f"T{at}", school, months, 0, first, until) for at, (school, months, first, until) in enumerate(rows)]
    told = rota(people, years, share=share)

    def holds(way) -> bool:
        many, of_school = (
            Counter(year for year in way if year),
            Counter((one.school, year) for one, year in zip(people, way, strict=True) if year),
        )
        return (
            all(many[year] <= years[year] for year in many)
            and all(count_ <= told.most[school] for (school, _), count_ in of_school.items())
            and all(not year or one.can(year) for one, year in zip(people, way, strict=True))
        )

    assert holds([told.years.get(one.code, 0) for one in people])
    ways = [way for way in product((0, 1, 2, 3), repeat=len(people)) if holds(way)]
    assert len(told.years) == max(sum(1 for year in way if year) for way in ways)
    order = sorted(people, key=lambda one: (one.months, one.last, one.code))
    best = max(tuple(bool(way[people.index(one)]) for one in order) for way in ways)
    assert tuple(one.code in told.years for one in order) == best
    assert set(told.left) == {one.code for one in people} - set(told.years)
    for one in people:
        if told.left.get(one.code) is Left.NEVER:
            assert not any(one.can(year) for year in years)


def test_one_person_twice_in_one_session_counts_once_and_is_told() -> None:
    day = START.date()
    week, later = day + timedelta(days=6), day + timedelta(days=20)
    rows = [
        Attended("甲班", "p1", day, week, "焊工", "财政"), Attended("甲班", "p1", day, week, "焊工", "财政"),
        Attended("甲班", "p2", day, week, "焊工", "财政"), Attended("乙班", "p1", week, later, "电工", "企业"),
        Attended("丙班", "p2", later, later, "焊工", "财政"),
    ]  # fmt: skip
    told = count(rows)
    assert (told.person_times, told.persons, told.by_session) == (4, 2, {"甲班": 2, "乙班": 1, "丙班": 1})
    assert [(one.doubt, one.person) for one in told.doubts] == [
        (Doubt.AT_ONCE, "p1"), (Doubt.TWICE, "p1"), (Doubt.PAID_TWICE, "p2"),
    ]  # fmt: skip
    assert count(rows[::-1]) == told
