"""Statistics of procedures as figures: both counts beside the rate, by county and for the city, known when they became known."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

from luoshi.bureau.board.working import count_cases
from luoshi.bureau.cases.actions import Bringing, bring_counts, file_figures, lapse_due, open_case, set_conduct
from luoshi.bureau.cases.actions.conducting import Counts, Setting
from luoshi.bureau.cases.known import known
from luoshi.bureau.cases.models import Case, CourseText
from luoshi.bureau.indicators.models import Figure
from luoshi.bureau.indicators.queries import measurements
from luoshi.bureau.jobs.worker import WORKER
from luoshi.bureau.people.models import City, Institution
from luoshi.declared import INDICATORS
from luoshi.declared.case_figures import CASE_FIGURES
from luoshi.handling.courses import course, version, written
from luoshi.handling.figures import Share
from luoshi.spine import Comparator, Standing, State
from luoshi.tracking import judge
from tests.bureau.test_cases import brought, native, replied, step
from tests.bureau.xingzhou import actor
from tests.xingzhou import figure, matter, target

__all__ = ["native"]
KEY = "petitions_answered_on_time"
SAID = ("division", "on", "numerator", "denominator", "value")


def kept() -> list[tuple[object, ...]]:
    return list(Figure.objects.filter(indicator=KEY).order_by("on", "division", "pk").values_list(*SAID))


def test_every_figure_answers_a_declared_rate_of_a_declared_procedure() -> None:
    rates, there = {one.key for one in INDICATORS if one.unit == "%" and one.part and one.whole}, known()
    assert {one.indicator for one in CASE_FIGURES} <= rates
    assert len({one.indicator for one in CASE_FIGURES}) == len(CASE_FIGURES), "a question has one answer"
    for one in CASE_FIGURES:
        made = course(there[one.procedure])
        asked = {each.key for way in made.ways.values() for each in way.asks}
        assert (one.share is Share.ANSWERED) == bool(one.question)
        assert (one.share is Share.COVERED) == (one.cycle is not None)
        assert not one.question or one.question in asked - made.private
        assert set(one.answers) < set(made.fields[one.question].options if one.question else {""})


def told(indicator: str) -> list[tuple[object, ...]]:
    rows = Figure.objects.filter(indicator=indicator).order_by("on", "division", "pk")
    return [(one.division, one.on.month, one.numerator, one.denominator) for one in rows]


def test_how_many_were_satisfied_counts_the_last_answer_of_each_that_was_asked(native: City) -> None:
    first, second = replied(native), replied(native)
    replied(native)
    for row, on, said in (
        (first, date(2020, 11, 24), "no"),
        (first, date(2020, 12, 2), "fair"),
        (second, date(2020, 12, 3), "no"),
    ):
        row.refresh_from_db()
        step(row, "rate", "jijiao", on, satisfied=said)
    file_figures(WORKER, native, date(2021, 1, 5))
    assert told("petitions_satisfied") == [("", 11, 0, 1), ("", 12, 1, 2)]


def test_how_many_are_put_right_counts_what_is_open_at_the_end_of_each_month(city: City) -> None:
    danger = {"found": "self", "found_on": "2020-11-02", "level": "general", "category": "fire", "matter": "灯"}
    set_conduct(actor("ducha"), city, "hazard", Setting("native", "局长办公会2020年第3次", "JJ"))
    opened = [
        open_case(actor("xianqu"), city, "hazard", Bringing({**danger, "place": place}), date(2020, 11, 2)).row
        for place in ("甲", "乙", "丙")
    ]
    step(opened[0], "dismiss", "jijiao", date(2020, 11, 30), not_why="演示")
    step(opened[1], "dismiss", "jijiao", date(2020, 12, 1), not_why="演示")
    file_figures(WORKER, city, date(2021, 2, 3))
    counts = [(11, 1, 3), (12, 2, 3), (1, 0, 1)]
    assert told("hazards_closed") == sorted(
        ((division, *one) for one in counts for division in ("", "990121")),
        key=lambda one: (one[1] == 1, one[1], one[0]),
    )


def test_what_an_outside_platform_counted_answers_the_same_questions_but_those_nobody_brought(city: City) -> None:
    bring_counts(actor("ducha"), city, "hazard", [Counts("990121", date(2021, 9, 1), 12, 10, 1, 5)], "演示")
    file_figures(WORKER, city, date(2021, 10, 8))
    assert told("hazards_closed") == [("", 9, 10, 15), ("990121", 9, 10, 15)]
    assert told("hazards_on_time") == [("", 9, 9, 10), ("990121", 9, 9, 10)]
    assert told("petitions_satisfied") == []


def test_the_rate_counts_from_january_with_both_counts_and_its_own_definition(native: City) -> None:
    replied(native)
    step(brought(native, county="990121").row, "pass_on", "jijiao", date(2020, 10, 12), passed_to="市住建局")
    lapse_due(WORKER, native, date(2021, 1, 4))
    assert file_figures(WORKER, native, date(2021, 1, 5)) == 6
    october, december = date(2020, 10, 31), date(2020, 12, 31)
    assert ("", october, 0, 1, 0) in kept()
    assert ("", december, 1, 2, 50) in kept()
    assert ("990121", december, 0, 1, 0) in kept()
    one = Figure.objects.filter(indicator=KEY, on=december, division="").get()
    assert (one.definition, one.standing, one.known) == ("办件", Standing.REPORTED.value, date(2021, 1, 5))
    assert one.source_title == "教育信访办件统计（本系统）"
    assert "须由该局确认" in one.doubt


def test_run_again_it_keeps_nothing_and_what_changed_is_kept_beside(city: City) -> None:
    bring = [Counts("990121", date(2021, 9, 1), 12, 10, 1, 5), Counts("990102", date(2021, 9, 1), 9, 10, 0, 5)]
    bring_counts(actor("ducha"), city, "petition", bring, "演示")
    assert file_figures(WORKER, city, date(2021, 10, 8)) == 3
    assert file_figures(WORKER, city, date(2021, 10, 9)) == 0
    assert kept()[0] == ("", date(2021, 9, 30), Decimal(19), Decimal(20), Decimal(95))
    bring_counts(actor("ducha"), city, "petition", [Counts("", date(2021, 9, 1), 30, 25, 1, 9)], "演示")
    assert file_figures(WORKER, city, date(2021, 10, 11)) == 1
    assert [one[2:] for one in kept() if not one[0]] == [(19, 20, 95), (24, 25, 96)]
    assert count_cases(WORKER, date(2021, 10, 12)) == ""


def evaluated(city: City, school: str, county: str, on: date) -> None:
    """A kindergarten whose evaluation was decided on a day."""
    made = course(known()["kindergarten_evaluation"])
    said = written(made)
    text, _ = CourseText.objects.get_or_create(version=version(said), defaults={"procedure": made.key, "text": said})
    Case.objects.create(
        city=city, procedure=made.key, number=f"演示{school}{on}", course=text, title="演示园", school=school, county=county,
        state="issued", since=on, opened_on=on, last_on=on, ended_on=on, decided=True, version=1,
    )  # fmt: skip


def test_tv_14c_742_of_1236_kindergartens_in_the_third_of_five_years_is_on_course(city: City) -> None:
    Institution.objects.filter(city=city).delete()
    Institution.objects.bulk_create(
        Institution(city=city, code=f"99{at:08d}", name=f"演示园{at}", kind="111", county=county)
        for at, county in enumerate(["990102"] * 1000 + ["990121"] * 236)
    )
    for at in range(742):
        evaluated(city, f"99{at:08d}", "990102", date(2018 + at % 3, 11, 1))
    evaluated(city, "9900000001", "990102", date(2020, 12, 2))  # again: it counts once
    evaluated(city, "9900001100", "990121", date(2017, 12, 2))  # before the cycle
    file_figures(WORKER, city, date(2021, 1, 5))
    december = {one[0]: one[2:] for one in told("kindergartens_evaluated") if one[1] == 12}
    assert december == {"": (742, 1236), "990102": (742, 1000), "990121": (0, 236)}
    (one,) = [
        each
        for each in measurements(city.pk)
        if (each.indicator, each.on, each.division) == ("kindergartens_evaluated", date(2020, 12, 31), "")
    ]
    assert round(one.value, 2) == Decimal("60.03")
    all_of_them = replace(target(Comparator.ALL, 100, "%"), due=date(2022, 12, 31))
    nothing = figure(0, "%", on=date(2018, 1, 1))
    told_of = matter(all_of_them, on=date(2021, 1, 5), begun=date(2018, 1, 1), baseline=nothing)
    assert judge(told_of, [replace(one, indicator="演示")]).state is State.ON_COURSE


def test_a_cycle_begins_anew_and_a_school_that_is_gone_is_not_owed(city: City) -> None:
    Institution.objects.filter(city=city).delete()
    for at, until in enumerate((None, date(2022, 6, 30), None)):
        Institution.objects.create(
            city=city, code=f"990000000{at}", name="演示园", kind="111", county="990102", until=until
        )
    evaluated(city, "9900000000", "990102", date(2022, 3, 1))
    file_figures(WORKER, city, date(2023, 1, 5))
    rows = {one[1]: one[2:] for one in told("kindergartens_evaluated") if not one[0]}
    assert (rows[2], rows[3], rows[12]) == ((0, 3), (1, 3), (1, 2))
    evaluated(city, "9900000002", "990102", date(2023, 2, 1))
    file_figures(WORKER, city, date(2023, 3, 5))
    later = Figure.objects.filter(indicator="kindergartens_evaluated", on=date(2023, 2, 28), division="").get()
    assert (later.numerator, later.denominator) == (1, 2), "what was evaluated in the last cycle is due again"


def test_a_month_that_is_not_over_and_one_without_an_ended_case_have_no_figure(native: City) -> None:
    brought(native)
    assert file_figures(WORKER, native, date(2020, 9, 30)) == 0
    assert file_figures(WORKER, native, date(2020, 10, 1)) == 0
    assert count_cases(WORKER, date(2020, 9, 30)) == ""


def test_the_ledger_reads_it_like_any_figure(city: City) -> None:
    bring_counts(actor("ducha"), city, "petition", [Counts("", date(2021, 9, 1), 30, 25, 1, 9)], "演示")
    file_figures(WORKER, city, date(2021, 10, 8))
    (one,) = [each for each in measurements(city.pk) if each.indicator == KEY]
    assert (one.value, one.numerator, one.denominator, one.definition) == (96, 24, 25, "办件")
