"""Statistics of procedures as figures: both counts beside the rate, by county and for the city, known when they became known."""

from datetime import date
from decimal import Decimal

from luoshi.bureau.board.working import count_cases
from luoshi.bureau.cases.actions import bring_counts, file_figures, lapse_due
from luoshi.bureau.cases.actions.conducting import Counts
from luoshi.bureau.cases.known import known
from luoshi.bureau.indicators.models import Figure
from luoshi.bureau.indicators.queries import measurements
from luoshi.bureau.jobs.worker import WORKER
from luoshi.bureau.people.models import City
from luoshi.declared import INDICATORS
from luoshi.declared.case_figures import CASE_FIGURES
from luoshi.spine import Standing
from tests.bureau.test_cases import brought, native, replied, step
from tests.bureau.xingzhou import actor

__all__ = ["native"]
KEY = "petitions_answered_on_time"
SAID = ("division", "on", "numerator", "denominator", "value")


def kept() -> list[tuple[object, ...]]:
    return list(Figure.objects.filter(indicator=KEY).order_by("on", "division", "pk").values_list(*SAID))


def test_every_figure_answers_a_declared_rate_of_a_declared_procedure() -> None:
    rates = {one.key for one in INDICATORS if one.unit == "%" and one.whole}
    assert {one.indicator for one in CASE_FIGURES.values()} <= rates
    assert set(CASE_FIGURES) <= set(known())


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
