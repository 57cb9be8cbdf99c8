"""Working items: shares of counties, approved pauses, 协调事项, staircases and partners' duties, each an act of the journal."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.utils import timezone

from luoshi.bureau.indicators.actions import add_figures
from luoshi.bureau.ledger import queries as ledger
from luoshi.bureau.ledger.actions import (
    Cell,
    PauseVerdict,
    PauseWanted,
    amend,
    ask_pause,
    climb,
    confirm,
    coordinate,
    decide_pause,
    owe,
    resume,
    share,
    undo,
)
from luoshi.bureau.ledger.agreed import pauses, portions
from luoshi.bureau.ledger.models import Commitment, Milestone, Pause
from luoshi.bureau.ledger.models import Share as Row
from luoshi.bureau.plans.models import Edition, Proposal
from luoshi.spine import Measurement, State
from luoshi.tracking import Share
from luoshi.words.calendars import national
from luoshi.words.errors import RefusedError
from tests.bureau import witness, xingzhou
from tests.bureau.scans import PNG
from tests.bureau.xingzhou import actor

pytestmark = pytest.mark.django_db
DOUCHENG, JIAOYANG = "990102", "990121"


@pytest.fixture
def rows(edition: Edition, proposals: dict[str, Proposal]) -> dict[str, Commitment]:
    """Every item of the plan, issued, by its number."""
    for one in proposals.values():
        confirm(actor("ducha"), one.pk, one.version)
    xingzhou.issued(edition.pk)
    return {row.number: row for row in Commitment.objects.filter(edition=edition)}


@pytest.fixture
def built(rows: dict[str, Commitment]) -> Commitment:
    """新建公办幼儿园26所, led by 学前教育科."""
    row = next(row for row in rows.values() if "幼儿园26所" in row.title)
    row.refresh_from_db()
    return row


def _target(row: Commitment) -> int:
    return row.targets.get(value=26).pk


def _now(row: Commitment) -> Commitment:
    row.refresh_from_db()
    return row


def _share(row: Commitment, first: int, second: int, why: str = "", who: str = "xueqian") -> list[Row]:
    _now(row)
    told = [Share(DOUCHENG, Decimal(first), None, "斗城区教育局"), Share(JIAOYANG, Decimal(second), date(2021, 11, 30))]
    return share(actor(who), _target(row), row.version, told, why)


def _figure(division: str, value: int, on: date = date(2021, 9, 30)) -> Measurement:
    plain = xingzhou.figure("kindergartens_added", str(value), "所")
    return Measurement(
        **{
            name: getattr(plain, name) for name in plain.__dataclass_fields__ if name not in {"division", "on", "known"}
        },
        division=division,
        on=on,
        known=on,
    )


# Shares -----------------------------------------------------------------------------------------------------------------
def test_a_target_is_divided_and_the_row_carries_what_the_table_says(built: Commitment) -> None:
    with witness.done("ledger.share"):
        kept = _share(built, 16, 10)
    told = portions(_now(built), _target(built))
    assert [(one.name, one.share.value, one.share.due) for one in told] == [
        ("斗城区", Decimal(16), None),
        ("角阳县", Decimal(10), date(2021, 11, 30)),
    ]
    assert [row.value for row in kept] == [Decimal(16), Decimal(10)]


def test_a_sum_that_differs_needs_a_reason_which_is_kept(built: Commitment) -> None:
    with witness.refused("ledger.share", "多 2 所"):
        _share(built, 16, 12)
    kept = _share(built, 16, 12, "留两所备用")
    assert {row.why for row in kept} == {"留两所备用"}


def test_a_new_division_keeps_the_old_one_as_void(built: Commitment) -> None:
    _share(built, 16, 10)
    _share(built, 13, 13)
    assert list(Row.objects.order_by("id").values_list("value", "void")) == [
        (16, True), (10, True), (13, False), (13, False),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("portions_", "saying"),
    [
        ([Share(DOUCHENG, Decimal(26))], "只有 1 个单位"),
        ([Share(DOUCHENG, Decimal(20)), Share(DOUCHENG, Decimal(6))], "出现 2 次"),
        ([Share(DOUCHENG, Decimal(20)), Share("000000", Decimal(6))], "不在这一项的责任单位之列"),
        ([Share(DOUCHENG, Decimal(27)), Share(JIAOYANG, Decimal(-1))], "不合理"),
        ([Share(DOUCHENG, Decimal(26)), Share(JIAOYANG, None)], "没有写分解数"),
        ([Share(DOUCHENG, Decimal(20)), Share(JIAOYANG, Decimal(6), date(2022, 3, 1))], "晚于总时限"),
    ],
)
def test_a_division_that_cannot_be_is_refused_in_full(built: Commitment, portions_: list[Share], saying: str) -> None:
    with witness.refused("ledger.share", saying):
        share(actor("ducha"), _target(built), built.version, portions_)


def test_only_the_lead_section_and_the_supervision_office_divide(built: Commitment) -> None:
    with witness.refused("ledger.share", "不是这一项的牵头科室"):
        _share(built, 16, 10, who="jijiao")


def test_the_parent_is_the_sum_of_its_counties_and_each_county_has_its_own_state(built: Commitment) -> None:
    city = built.edition.city
    _share(built, 16, 10)
    add_figures(xingzhou.INSTALLER, city, [_figure(DOUCHENG, 16)])
    on = date(2021, 10, 31)
    part, _ = ledger.judged(city, built.edition, on, _now(built))
    assert part.data is not None
    assert part.data.state is State.UNKNOWN
    assert "缺 1 个县区（角阳县）" in part.data.because
    add_figures(xingzhou.INSTALLER, city, [_figure(JIAOYANG, 2)])
    whole, today = ledger.judged(city, built.edition, on, built)
    assert whole.data is not None
    assert whole.data.measurement is not None
    assert whole.data.measurement.value == 18
    states = [status.state for _, status in ledger.children(whole, whole.stood[0], today)]
    assert states == [State.DONE, State.BEHIND]
    assert [one.data for one in ledger.items(city, built.edition, on) if one.row.pk == built.pk] == [whole.data]


# 暂缓 -------------------------------------------------------------------------------------------------------------------
WANTED = PauseWanted(date(2021, 6, 1), date(2021, 8, 31), "汛期停工", extends=True)


def _asked(row: Commitment, wanted: PauseWanted = WANTED, who: str = "xueqian") -> Pause:
    return ask_pause(actor(who), row.pk, _now(row).version, wanted)


def _approved(pause: Pause) -> Pause:
    return decide_pause(
        actor("ducha"),
        pause.pk,
        PauseVerdict(approved=True, on=date(2021, 5, 28), words="同意", scan=("批件.png", PNG)),
    )


def test_a_pause_is_asked_decided_and_resumed_and_each_is_an_act(built: Commitment) -> None:
    with witness.done("ledger.pause_ask"):
        pause = _asked(built)
    with witness.done("ledger.pause_decide"):
        _approved(pause)
    with witness.done("ledger.resume"):
        resume(actor("xueqian"), pause.pk, date(2021, 8, 1), "具备施工条件")
    (told,) = pauses(_now(built))
    assert (told.last, told.label, told.reason) == (date(2021, 7, 31), "已批准", "汛期停工")
    assert "甲副局长（督查甲代录）" in told.decided_by
    assert told.scan


def _state(row: Commitment, on: date) -> State:
    item, _ = ledger.judged(row.edition.city, row.edition, on, _now(row))
    assert item.data is not None
    return item.data.state


def test_while_it_holds_the_item_is_paused_and_afterwards_its_day_is_later(built: Commitment) -> None:
    told = ((2, date(2021, 5, 31)), (2, date(2021, 7, 31)), (25, date(2022, 1, 10)))
    figures = [_figure("", value, on) for value, on in told]  # what is built is told every month, or it is stale
    add_figures(xingzhou.INSTALLER, built.edition.city, figures)
    days = [date(2021, 6, 1), date(2021, 8, 31), date(2021, 9, 1), date(2022, 1, 12)]
    assert [_state(built, on) for on in days] == [State.BEHIND, State.BEHIND, State.BEHIND, State.UNKNOWN]
    _approved(_asked(built))
    assert [_state(built, on) for on in days] == [State.PAUSED, State.PAUSED, State.BEHIND, State.ON_COURSE]
    before, _ = ledger.judged(built.edition.city, built.edition, date(2021, 5, 27), built)
    assert before.terms.pauses == ()  # nobody knew of it before it was approved


@pytest.mark.parametrize(
    ("wanted", "saying"),
    [
        (PauseWanted(date(2021, 6, 1), None, " "), "没有写理由"),
        (PauseWanted(None, None, "汛期"), "没有写起始日期"),
        (PauseWanted(date(2021, 6, 1), date(2021, 5, 1), "汛期"), "早于起日"),
        (PauseWanted(date(1021, 6, 1), None, "汛期"), "不合理"),
    ],
)
def test_a_pause_without_reason_or_days_is_refused(built: Commitment, wanted: PauseWanted, saying: str) -> None:
    with witness.refused("ledger.pause_ask", saying):
        _asked(built, wanted)


def test_one_pause_at_a_time(built: Commitment) -> None:
    first = _asked(built, PauseWanted(date(2021, 6, 1), None, "汛期停工"))
    with pytest.raises(RefusedError, match="待审批"):
        _asked(built)
    _approved(first)
    with pytest.raises(RefusedError, match="还没有恢复"):
        _asked(built, PauseWanted(date(2021, 9, 1), None, "又停"))


def test_nobody_decides_for_the_leader_without_the_scanned_paper(built: Commitment) -> None:
    pause = _asked(built)
    with witness.refused("ledger.pause_decide", "没有附扫描件"):
        decide_pause(actor("ducha"), pause.pk, PauseVerdict(approved=True, on=date(2021, 5, 28), words="同意"))
    with witness.refused("ledger.pause_decide", "没有这项权限"):
        decide_pause(actor("xueqian"), pause.pk, PauseVerdict(approved=True, on=date(2021, 5, 28), words="同意"))
    with witness.refused("ledger.pause_decide", "由甲副局长分管"):
        decide_pause(actor("fenguan"), pause.pk, PauseVerdict(approved=True, on=date(2021, 5, 28), words="同意"))


def test_a_declined_pause_stops_no_clock_and_is_decided_once(built: Commitment) -> None:
    pause = _asked(built)
    verdict = PauseVerdict(approved=False, on=date(2021, 5, 28), words="抓紧", scan=("批件.png", PNG))
    decide_pause(actor("ducha"), pause.pk, verdict)
    item, _ = ledger.judged(built.edition.city, built.edition, date(2021, 7, 1), _now(built))
    assert item.paused is None
    with pytest.raises(RefusedError, match="只办一次"):
        decide_pause(actor("ducha"), pause.pk, verdict)
    with pytest.raises(RefusedError, match="没有在执行"):
        resume(actor("ducha"), pause.pk, date(2021, 7, 1), "恢复")


def test_a_pause_ends_on_a_day_inside_it_that_has_come(built: Commitment) -> None:
    pause = _approved(_asked(built, PauseWanted(date(2021, 6, 1), None, "汛期停工")))
    for on, saying in (
        (date(2021, 5, 1), "不在暂缓期内"),
        (timezone.localdate() + timedelta(2), "还没有到"),
        (None, "没有写"),
    ):
        with pytest.raises(RefusedError, match=saying):
            resume(actor("ducha"), pause.pk, on, "恢复")


# 协调事项, 配合任务 ---------------------------------------------------------------------------------------------------------
def test_what_others_decide_is_marked_with_a_reason_and_never_turns_red(built: Commitment) -> None:
    city = built.edition.city
    add_figures(xingzhou.INSTALLER, city, [_figure("", 2, date(2021, 9, 30))])
    with witness.refused("ledger.coordinate", "没有写理由"):
        coordinate(actor("ducha"), built.pk, built.version, " ", marked=True)
    with witness.done("ledger.coordinate"):
        coordinate(actor("ducha"), built.pk, built.version, "用地由自然资源部门审批", marked=True)
    item, _ = ledger.judged(city, built.edition, date(2021, 10, 31), _now(built))
    assert item.data is not None
    assert item.data.state is State.UNKNOWN
    assert "需协调解决的问题" in item.data.next_step
    with witness.refused("ledger.coordinate", "没有这项权限"):
        coordinate(actor("xueqian"), built.pk, built.version, "不改", marked=False)
    coordinate(actor("ducha"), built.pk, built.version, "已批地", marked=False)
    back, _ = ledger.judged(city, built.edition, date(2021, 10, 31), _now(built))
    assert back.data is not None
    assert back.data.state is State.BEHIND


def test_a_partner_owes_what_is_written_and_counts_half(built: Commitment) -> None:
    amend(actor("ducha"), built.pk, {"partners": Cell("人事科")}, _now(built).version)
    with witness.done("ledger.owe"):
        owe(actor("xueqian"), built.pk, _now(built).version, {"RS": "8月底前配齐教师"})
    assert (_now(built).duties, built.partner_weight) == ({"RS": "8月底前配齐教师"}, Decimal("0.50"))
    with witness.refused("ledger.owe", "不是配合科室"):
        owe(actor("xueqian"), built.pk, built.version, {"JJ": "协助"})


# 阶梯 -------------------------------------------------------------------------------------------------------------------
def _rule(rows: dict[str, Commitment]) -> Commitment:
    return next(row for row in rows.values() if row.kind == "document")


def test_the_steps_of_a_staircase_become_milestones_on_working_days(rows: dict[str, Commitment]) -> None:
    row = _now(_rule(rows))
    with witness.done("ledger.ladder"):
        climb(actor("xueqian"), row.pk, row.version, "document", date(2021, 1, 1), national())
    made = list(Milestone.objects.filter(commitment=row))
    assert [(one.name, one.percent) for one in made] == [("起草", 25), ("征求意见", 50), ("审议", 75), ("印发", 100)]
    assert all(one.due and one.due <= row.due and national().is_workday(one.due) for one in made)
    with witness.refused("ledger.ladder", "已设阶梯节点"):
        climb(actor("xueqian"), row.pk, _now(row).version, "document", date(2021, 1, 1), national())


@pytest.mark.parametrize(
    ("key", "start", "saying"), [("none", date(2021, 1, 1), "没有"), ("document", date(2022, 1, 1), "起算日")]
)
def test_a_staircase_that_is_none_or_has_no_time_is_refused(rows, key: str, start: date, saying: str) -> None:
    row = _now(_rule(rows))
    with witness.refused("ledger.ladder", saying):
        climb(actor("ducha"), row.pk, row.version, key, start, national())


def test_a_corrected_day_of_a_step_keeps_its_share(rows: dict[str, Commitment]) -> None:
    row = _now(_rule(rows))
    climb(actor("ducha"), row.pk, row.version, "document", date(2021, 1, 1), national())
    words = "2021-02-10 起草；2021-03-31 征求意见；2021-05-20 审议；2021-06-30 印发"
    amend(actor("ducha"), row.pk, {"milestones": Cell(words)}, _now(row).version)
    assert list(Milestone.objects.filter(commitment=row).values_list("percent", flat=True)) == [25, 50, 75, 100]


def test_a_divided_draft_is_not_undone(edition: Edition, proposals: dict[str, Proposal]) -> None:
    first = next(one for one in proposals.values() if "幼儿园26所" in one.clause)
    row = confirm(actor("ducha"), first.pk, first.version)
    _share(row, 16, 10)
    first.refresh_from_db()
    with witness.refused("ledger.undo", "已分解到县区"):
        undo(actor("ducha"), first.pk, first.version)
