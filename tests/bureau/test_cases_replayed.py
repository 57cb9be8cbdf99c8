"""Whatever happens to a case: what happened gives its row again, the journal tells the same way, and the counts are a count of all.

Random walks in the database, by the procedures that are declared, with hands of every part.
"""

import json
import os
import random
from collections import Counter
from datetime import date, timedelta

from django.db import transaction
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from luoshi.bureau.cases import queries
from luoshi.bureau.cases.actions import Bringing, Shown, lapse_due, open_case, open_timed, set_conduct, take
from luoshi.bureau.cases.actions.conducting import Setting
from luoshi.bureau.cases.known import conducted, known
from luoshi.bureau.cases.models import Case, Tally
from luoshi.bureau.cases.telling import turn
from luoshi.bureau.jobs.worker import WORKER
from luoshi.bureau.journal.actions import Actor
from luoshi.bureau.journal.models import Entry
from luoshi.bureau.people.models import City, Institution
from luoshi.bureau.people.queries import calendar_of
from luoshi.bureau.rubrics.queries import scheme
from luoshi.handling import cases, permitting
from luoshi.handling.courses import Asked, Course
from luoshi.handling.fields import Kind
from luoshi.handling.parts import Hand
from luoshi.words.errors import RefusedError
from tests.bureau.xingzhou import actor
from tests.rubrics import any_sheet
from tests.walks import HANDS, answered

STEPS = 30
WALKS = 300 if os.environ.get("LUOSHI_PROVE") else 6
DAYS = (0, 0, 1, 2, 5, 14, 40)
SCHOOL = "3690000001"
UNITS = ("RS", "JJ", "990102", "990121")


def brought(course: Course, asks: tuple[Asked, ...], chance: random.Random, on: date, others: list[str]) -> Bringing:
    """Answers to all that is asked, units and schools among them that there are."""
    told = answered(course, asks, chance, on)
    for key in told:
        kind = course.fields[key].kind if key in course.fields else None
        if kind is Kind.UNIT:
            told[key] = chance.choice(UNITS)
        elif kind is Kind.SCHOOL:
            told[key] = SCHOOL
        elif kind is Kind.SHEET:
            told[key] = any_sheet(scheme(course.rubric), chance)
        elif key == "into":
            told[key] = chance.choice(others or ["——"])
    return Bringing(told, county=chance.choice(("", "990121")))


def somebody(hand: Hand) -> Actor:
    return Actor(hand.login, hand.name, "supervisor")


def begin(city: City, course: Course, chance: random.Random, on: date) -> Case | None:
    openers = [one for one in HANDS if permitting.opening(course, one) is None]
    if not openers:
        open_timed(WORKER, city, on)
        return Case.objects.filter(procedure=course.key).order_by("?").first()
    hand = chance.choice(openers)
    for _ in range(6):
        try:
            return open_case(
                somebody(hand), city, course.key, brought(course, course.asks, chance, on, []), on, hand
            ).row
        except RefusedError:
            continue
    return None


def go_on(row: Case, chance: random.Random, on: date) -> bool:
    """One thing that is permitted to somebody; False where nothing was."""
    course, calendar = queries.course_of(row), calendar_of(row.city)
    stands = queries.followed(row, calendar)
    permitted = [
        (one, hand)
        for hand in HANDS
        for one in permitting.permits(course, stands, hand, on, calendar)
        if one.why is None
    ]
    chance.shuffle(permitted)
    others = list(Case.objects.filter(procedure=row.procedure).exclude(pk=row.pk).values_list("number", flat=True))
    for permit, hand in permitted[:12]:
        told = brought(course, permit.asks, chance, on, others)
        try:
            take(somebody(hand), Shown(row.pk, row.version), permit.act, told, on, hand)
        except RefusedError:
            row.refresh_from_db()
        else:
            return True
    return False


def walked(city: City, key: str, seed: int) -> list[Case]:
    """Two cases of a procedure, thirty things that happen to them, the clock at work between."""
    chance, on = random.Random(seed), date(2020, 1, 20)
    course = conducted(city)[key].course
    rows = [one for one in (begin(city, course, chance, on), begin(city, course, chance, on)) if one]
    for _ in range(STEPS):
        on += timedelta(days=chance.choice(DAYS))
        if chance.random() < 0.3:
            lapse_due(WORKER, city, on)
        for row in rows[:1] if chance.random() < 0.8 else rows:
            row.refresh_from_db()
            go_on(row, chance, on)
    return list(Case.objects.filter(procedure=key).select_related("course", "city"))


def wrongs(row: Case) -> list[str]:
    """What of a row or of the journal is not what happened."""
    course, calendar = queries.course_of(row), calendar_of(row.city)
    told = [queries.plain(one) for one in row.happenings.all()]
    stands, late = None, False
    for one in told:
        until = cases.due(course, stands, calendar) if stands else None
        if one.did in {cases.Did.TOOK, cases.Did.ASKED, cases.Did.SIGNED}:
            late = late or (until is not None and one.on > until.last)
        stands = cases.after(course, stands, one, calendar)
    assert stands is not None
    until, ended = cases.due(course, stands, calendar), course.ended(stands.state)
    replayed = {
        "state": stands.state, "since": stands.since, "last_on": stands.on, "ended_on": stands.on if ended else None,
        "decided": ended and course.places[stands.state].decided, "due": until.last if until else None,
        "warned": until.warned if until else None, "late": late, "turn": "" if ended else turn(course, stands, row),
        "handler": stands.held.get(course.handler, "") if course.handler else "", "version": len(told),
        "opened_on": told[0].on,
    }  # fmt: skip
    wrong = [
        f"{key}: {getattr(row, key)} instead of {value}"
        for key, value in replayed.items()
        if getattr(row, key) != value
    ]
    return wrong + journaled(row, course, told)


def journaled(row: Case, course: Course, told: list[cases.Happening]) -> list[str]:
    """What the journal tells otherwise: the states it went through, and each thing that happened once."""
    entries = Entry.objects.filter(subject_kind="case", subject_id=str(row.pk), outcome="done").order_by("number")
    wrong, state = [], course.places[course.begin].label
    acts = Counter(entries.values_list("action", flat=True))
    by_hand = [one for one in told if one.did is not cases.Did.LAPSED]
    if acts["cases.open"] != 1 or acts["cases.take"] != len(by_hand) - 1:
        wrong.append(f"{acts} for {len(by_hand)} acts")
    steps = [
        (detail["经过"], detail["办理日"])
        for one in entries
        if one.action != "cases.lapse" and (detail := json.loads(one.detail))
    ]
    if steps != [(str(one.did), one.on.isoformat()) for one in by_hand]:
        wrong.append("the journal tells of other acts")
    for one in entries:
        moved = json.loads(one.detail).get("状态")
        if moved:
            before, state_now = moved["前"], moved["后"]
            if before != state:
                wrong.append(f"{one.number}: from {before}, and it was in {state}")
            state = state_now
    if state != course.places[row.state].label:
        wrong.append(f"the journal ends in {state}")
    return wrong


def counted() -> Counter[str]:
    """What the tallies say of all cases together."""
    return Counter(
        {key: sum(Tally.objects.values_list(key, flat=True)) for key in ("opened", "persons", "ended", "reopened")}
    )


@given(st.sampled_from(sorted(known())), st.integers(0, 2**32))
@example("petition", 7)
@settings(max_examples=WALKS, deadline=None, suppress_health_check=list(HealthCheck))
def test_what_happened_and_the_journal_give_every_row_again(city: City, key: str, seed: int) -> None:
    with transaction.atomic():
        Institution.objects.create(city=city, code=SCHOOL, name="演示学校（虚构）", county="990121", kind="211")
        set_conduct(actor("ducha"), city, key, Setting("native", "演示（虚构）", "JJ"))
        rows = walked(city, key, seed)
        for row in rows:
            assert wrongs(row) == [], f"{row} of seed {seed}"
        tallies = counted()
        assert tallies["opened"] == len(rows)
        assert tallies["persons"] == sum(one.weight for one in rows)
        assert tallies["ended"] - tallies["reopened"] == sum(one.ended_on is not None for one in rows)
        transaction.set_rollback(True)  # each walk has the house for itself
