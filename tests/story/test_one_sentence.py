"""Read this first: one real sentence walks the whole house, with no server and no database.

Sentence → Commitment → Target → Indicator → Measurement → Status → Bulletin
"""

from datetime import date
from decimal import Decimal
from pathlib import Path

from luoshi.declared import INDICATORS
from luoshi.reading import read_text
from luoshi.reading.city import load
from luoshi.spine import Bulletin, Comparator, Kind, State
from luoshi.tracking import Day, by_indicator, stand
from luoshi.words.provenance import digest

LUOYANG = load(Path(__file__).resolve().parents[2] / "cities" / "luoyang")
TEXT = LUOYANG.plan.read_text("utf-8")
KEYED = {indicator.key: indicator for indicator in INDICATORS}


def test_one_sentence_walks_the_whole_house() -> None:
    # The bureau's plan of 2020 is read: every promise it makes, each with its place to the character.
    plan = read_text(TEXT, indicators=INDICATORS)
    commitment = next(one for one in plan.commitments if "大班额比例控制在3%以内" in TEXT[one.start : one.end])

    # Sentence: what the plan says, verbatim, in its point.
    sentence = commitment.sentence
    assert TEXT[sentence.start : sentence.end] == sentence.text
    assert (sentence.point, commitment.kind) == ("16", Kind.QUANTITY)

    # Target: how much keeps the promise, and by when.
    (target,) = commitment.targets
    assert (target.comparator, target.value, target.unit) == (Comparator.AT_MOST, Decimal(3), "%")
    assert TEXT[target.start : target.end] == "3%"
    assert target.due == date(2020, 12, 31)

    # Indicator: the question that the target asks, bound by the plan's own words.
    indicator = KEYED[target.indicator or ""]
    assert (indicator.label, indicator.answers) == ("义务教育大班额比例", "M16.3")

    # Measurement: the figure that was told to the public, with its 口径, its day and its source.
    figures = by_indicator(LUOYANG.figures)
    (figure,) = figures[indicator.key]
    assert (figure.value, figure.known) == (Decimal("2.14"), date(2021, 2, 25))
    assert figure.source.url
    assert "口径未核" in figure.doubt

    # Status: how the promise stands on a day, because …
    day = Day(date(2021, 3, 1), LUOYANG.begun, KEYED, figures)
    status = stand(day, target, commitment.kind)
    assert status.state is State.DONE
    assert status.because.startswith("2.14 % ≤ 3 %，余量 0.86 个百分点")
    assert figure.definition in status.because
    assert status.measurement is figure

    # Bulletin: what is told, frozen; whoever changes a character changes the digest.
    told = f"{sentence.text}\n{status.state.label}：{status.because}。{figure.doubt}。来源：{figure.source.title}"
    bulletin = Bulletin("义务教育大班额", day.on, told, digest(told.encode()))
    assert digest(bulletin.text.encode()) == bulletin.digest
    assert digest(bulletin.text.replace("2.14", "2.15").encode()) != bulletin.digest


def test_the_day_before_it_was_told_nothing_was_known() -> None:
    plan = read_text(TEXT, indicators=INDICATORS)
    (target,) = (
        one for promise in plan.commitments for one in promise.targets if one.indicator == "compulsory_large_class_rate"
    )

    # The figure describes 31 December, but it was told on 25 February: on the 24th it does not exist.
    day = Day(date(2021, 2, 24), LUOYANG.begun, KEYED, by_indicator(LUOYANG.figures))
    status = stand(day, target, Kind.QUANTITY)
    assert status.state is State.UNKNOWN
    assert status.measurement is None
    assert status.because == "到2021-02-24为止没有已知的指标值"
