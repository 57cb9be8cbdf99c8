"""评价: a county marks itself, judges look, the host settles, the county replies, a letter goes out; who may see which marks."""

import json
from datetime import date
from decimal import Decimal

import pytest

from luoshi.bureau.cases import queries, sheets
from luoshi.bureau.cases.actions import Bringing, Shown, take
from luoshi.bureau.cases.models import Case, CasePaper, Listing
from luoshi.bureau.cases.parts import hand, judges, unseen
from luoshi.bureau.indicators.models import Figure
from luoshi.bureau.journal.models import Entry
from luoshi.bureau.people.models import City
from luoshi.bureau.people.queries import calendar_of
from luoshi.bureau.rubrics.actions import draw_visits, name_judge, recuse, release_judge, weigh
from luoshi.bureau.rubrics.models import Judge, Panel, RubricText
from luoshi.handling.permitting import SIGN
from luoshi.scoring.nouns import Mark
from luoshi.words.errors import RefusedError
from tests.bureau.scoring_year import BEGUN, SCHEME, begun, best, judging, marks_of, step
from tests.bureau.xingzhou import actor

IN, MARKED, SETTLED, SENT = date(2021, 1, 20), date(2021, 2, 3), date(2021, 2, 20), date(2021, 3, 10)
LETTER = {"letter": [("意见书.txt", "意见书（演示数据，虚构）".encode())]}


def own(city: City, **other: Mark) -> Case:
    return step(begun(city), "hand_in", "xianqu", IN, own_sheet=best(**other))


def marked(city: City, **other: Mark) -> Case:
    row = own(city)
    for login in ("jijiaolian", "xueqian"):
        row = step(row, "mark", login, MARKED, found_sheet=best(**other))
    return row


def test_a_county_is_evaluated_from_its_own_marks_to_the_letter(city: City) -> None:
    low = {"meetings": Mark("2", why="会议纪要只见2次"), "late": Mark("2", why="自评迟报两次")}
    row = step(marked(city, **low), "conclude", "jijiao", SETTLED, final_sheet=best(**low))
    assert (row.state, row.turn) == ("drafted", "unit")
    row = step(row, "answer", "xianqu", SETTLED, reply="agreed", reply_words="无")
    row = step(row, "issue", "jijiao", SENT, LETTER, letter_no="星教督〔2021〕3号", mend_by="2021-06-30")
    row = step(row, SIGN, "fenguan", SENT)
    assert (row.state, row.decided) == ("issued", True)
    held = queries.followed(row, calendar_of(city)).held
    assert (held["total"], held["grade"]) == ("98", "优秀")
    entry = Listing.objects.get(register="county_duty_results")
    assert (entry.title, entry.values["grade"], entry.values["letter_no"]) == ("角阳县", "优秀", "星教督〔2021〕3号")
    assert entry.until == date(2022, 3, 10)


def test_what_is_published_comes_again_of_the_frozen_sheets(city: City) -> None:
    low = {"meetings": Mark("1", why="纪要只见1次")}
    row = step(marked(city, **low), "conclude", "jijiao", SETTLED, final_sheet=best(**low))
    weigh(actor("ducha"), city, SCHEME, {"meetings.points": "2", "meetings.bands.3": "2", "meetings.bands.2": "1",
          "planned.points": "4", "planned.levels.full": "4"}, "局长办公会2021年第2次", "JJ")  # fmt: skip
    course = queries.course_of(row)
    told = sheets.latest(sheets.filled(course, queries.happened(row)), "final_sheet")
    criteria = sheets.scheme_of(course)
    assert criteria == SCHEME, "a running case keeps the version it began with"
    assert str(sheets.scored(criteria, told["jijiao"]).total) == queries.followed(row, calendar_of(city)).held["total"]
    assert RubricText.objects.filter(rubric="county_duties").count() == 2


def test_a_sheet_is_refused_with_everything_that_is_wrong_with_it(city: City) -> None:
    row = begun(city)
    wrong = best(meetings=Mark("很多"), near=Mark(absent=True, why="无"), late=Mark("1"))
    with pytest.raises(RefusedError) as refused:
        step(row, "hand_in", "xianqu", IN, own_sheet=wrong)
    assert [one.where for one in refused.value.findings] == [
        "党委、政府专题研究教育",
        "免试就近入学、公民同招",
        "材料逾期或数据差错",
    ]
    for hostile in ("[]", "{", '{"meetings": 3}', "[" * 90_000, "x" * 200_000):
        with pytest.raises(RefusedError) as refused:
            step(row, "hand_in", "xianqu", IN, own_sheet=hostile)
        assert refused.value.findings
    with pytest.raises(RefusedError, match="没有填"):
        step(row, "hand_in", "xianqu", IN)


def test_where_a_sheet_differs_from_the_one_before_it_says_why(city: City) -> None:
    row = own(city)
    with pytest.raises(RefusedError, match="前一次3分，这一次2分"):
        step(row, "mark", "jijiaolian", MARKED, found_sheet=best(meetings=Mark("2")))
    row = step(row, "mark", "jijiaolian", MARKED, found_sheet=best(meetings=Mark("2", why="只见两次")))
    row = step(row, "mark", "xueqian", MARKED, found_sheet=best())
    with pytest.raises(RefusedError, match="前一次2分，这一次3分"):
        step(row, "conclude", "jijiao", SETTLED, final_sheet=best())
    done = step(row, "conclude", "jijiao", SETTLED, final_sheet=best(meetings=Mark("4", why="补交了纪要原件")))
    assert done.state == "drafted"


def test_what_comes_of_a_sheet_nobody_types(city: City) -> None:
    done = step(marked(city), "conclude", "jijiao", SETTLED, final_sheet=best(), total="12", grade="不合格")
    held = queries.followed(done, calendar_of(city)).held
    assert (held["total"], held["grade"]) == ("100", "优秀")


def test_it_is_not_concluded_before_enough_judges_marked_nor_by_one_of_them(city: City) -> None:
    row = step(own(city), "mark", "jijiaolian", MARKED, found_sheet=best())
    row = step(row, "mark", "jijiaolian", MARKED, found_sheet=best())
    assert row.turn == "panel"
    with pytest.raises(RefusedError, match="办过“核查评分”的有1人"):
        step(row, "conclude", "jijiao", SETTLED, final_sheet=best())
    row = step(row, "mark", "xueqian", MARKED, found_sheet=best())
    assert row.turn == "host"
    with pytest.raises(RefusedError, match="不是评审组"):
        step(row, "mark", "jijiao", SETTLED, found_sheet=best())
    name_judge(actor("ducha"), judging(city), "jijiao")
    row = step(row, "mark", "jijiao", SETTLED, found_sheet=best())
    with pytest.raises(RefusedError, match="办过“核查评分”的人不办"):
        step(row, "conclude", "jijiao", SETTLED, final_sheet=best())


def test_nobody_judges_their_own_unit_nor_one_they_are_recused_from(city: City) -> None:
    row = own(city)
    name_judge(actor("ducha"), judging(city), "xianqu")
    assert not judges(actor("xianqu"), row)
    other = Case.objects.get(procedure="county_duty", county="990102")
    assert judges(actor("xianqu"), other)
    assert unseen(actor("xianqu"), other, queries.course_of(other)) is None
    seat = Judge.objects.get(login="xueqian")
    recuse(actor("xueqian"), judging(city), seat.pk, "990121", "配偶在该县教育局任职（演示）")
    assert not judges(actor("xueqian"), row)
    with pytest.raises(RefusedError, match="不是评审组"):
        step(row, "mark", "xueqian", MARKED, found_sheet=best())
    release_judge(actor("ducha"), judging(city), Judge.objects.get(login="jijiaolian").pk, MARKED)
    assert not judges(actor("jijiaolian"), row)
    with pytest.raises(RefusedError, match="不是主办科室"):
        name_judge(actor("xueqian"), judging(city), "jijiao")


def test_judges_see_nothing_of_one_another_before_it_is_concluded_and_the_county_never_sees_who(city: City) -> None:
    row = step(own(city), "mark", "jijiaolian", MARKED, found_sheet=best(meetings=Mark("1", why="只见一次")))
    course = queries.course_of(row)

    def seen(login: str) -> tuple[set[str], bool]:
        rows = queries.happened(row)
        stands = queries.followed(row, calendar_of(city), rows)
        told = sheets.veil(course, stands, rows, hand(actor(login), row), actor(login).role)
        return set(told.names.values()), any(told.hides(one, "found_sheet") for one in rows)

    assert seen("xueqian") == ({"评委1"}, True)
    assert seen("xianqu") == ({"评委1"}, True)
    assert seen("jijiaolian") == (set(), False)
    assert seen("jijiao") == (set(), False)
    assert seen("ducha") == (set(), False)
    row = step(row, "mark", "xueqian", MARKED, found_sheet=best())
    row = step(row, "conclude", "jijiao", SETTLED, final_sheet=best(meetings=Mark("2", why="折中（演示）")))
    assert seen("xianqu") == ({"评委1", "评委2"}, False)


def test_what_is_held_is_not_typed(city: City) -> None:
    Figure.objects.filter(city=city).update(division="990121", known=date(2021, 1, 10), on=date(2020, 12, 31))
    row = step(begun(city), "hand_in", "xianqu", IN, own_sheet=best(large=Mark("0")))
    kept = marks_of(row, "own_sheet")["large"]
    assert Decimal(str(kept["v"])) == Decimal("2.14")
    assert "演示口径（虚构）" in str(kept["held"])
    forged = json.loads(best())
    forged["meetings"]["held"] = "假的来源"
    other = Case.objects.get(procedure="county_duty", county="990102")
    other = (
        take(actor("ducha"), Shown(other.pk, other.version), "hand_in", Bringing({"own_sheet": json.dumps(forged)}), IN)
        if ("unit" in hand(actor("ducha"), other).parts)
        else other
    )
    assert "假的来源" not in json.dumps([one.answers for one in row.happenings.all()], ensure_ascii=False)


def test_proof_is_kept_under_its_criterion_and_used_again_but_never_another_units(city: City) -> None:
    files = {"own_sheet/meetings": [("纪要.txt", "纪要（演示）".encode())]}
    row = step(begun(city), "hand_in", "xianqu", IN, files, own_sheet=best())
    paper = CasePaper.objects.get(happening__case=row, key="own_sheet")
    assert marks_of(row, "own_sheet")["meetings"]["proof"] == [paper.file_id]
    again = step(row, "mark", "xueqian", MARKED, found_sheet=best(meetings=Mark("4", proof=(paper.file_id,))))
    assert CasePaper.objects.filter(happening__case=again, key="found_sheet", file=paper.file_id).exists()
    with pytest.raises(RefusedError, match="材料不是本单位的"):
        step(again, "mark", "jijiaolian", MARKED, found_sheet=best(meetings=Mark("4", proof=(paper.file_id + 999,))))


def test_an_entry_of_a_list_that_bars_raises_its_flag_and_nobody_takes_it_down(city: City) -> None:
    assert [key for key, one in SCHEME.items.items() if one.barred] == []


def test_weights_are_changed_by_the_host_with_a_reason_and_every_version_stays(city: City) -> None:
    changes = {"meetings.points": "2", "meetings.bands.3": "2", "planned.points": "4", "planned.levels.full": "4"}
    with pytest.raises(RefusedError, match="最高档"):
        weigh(actor("ducha"), city, SCHEME, {"meetings.points": "2"}, "局长办公会", "JJ")
    with pytest.raises(RefusedError, match="没有写明依据"):
        weigh(actor("ducha"), city, SCHEME, changes, "", "JJ")
    with pytest.raises(RefusedError, match="不是主办科室"):
        weigh(actor("xueqian"), city, SCHEME, changes, "局长办公会", "JJ")
    weigh(actor("jijiao"), city, SCHEME, changes, "局长办公会2021年第2次", "JJ")
    told = Entry.objects.filter(action="rubrics.weigh", outcome="done").last()
    assert told is not None
    assert told.reason == "局长办公会2021年第2次"
    with pytest.raises(RefusedError, match="没有改动"):
        weigh(actor("jijiao"), city, SCHEME, changes, "局长办公会2021年第2次", "JJ")
    row = begun(city)
    assert sheets.scheme_of(queries.course_of(row)) != SCHEME


def test_visits_are_drawn_once_by_a_seed_everybody_may_see(city: City) -> None:
    begun(city)
    drawn = draw_visits(actor("jijiao"), judging(city), ["990102", "990121"], "2021/483920", 1, [], BEGUN)
    assert drawn.visits in (["990102"], ["990121"])
    with pytest.raises(RefusedError, match="已抽"):
        draw_visits(actor("jijiao"), judging(city), ["990102", "990121"], "1", 1, [], BEGUN)
    Panel.objects.update(seed="", visits=[])
    for seed, count in (("", 1), ("1", 0), ("1", 3)):
        with pytest.raises(RefusedError):
            draw_visits(actor("jijiao"), judging(city), ["990102", "990121"], seed, count, [], BEGUN)


def test_a_unit_that_was_drawn_is_visited_before_it_is_settled(city: City) -> None:
    row = marked(city)
    draw_visits(actor("jijiao"), judging(city), ["990102", "990121"], "2021/483920", 1, ["990121"], BEGUN)
    with pytest.raises(RefusedError, match="抽中现场核查，没有核查日期"):
        step(row, "conclude", "jijiao", SETTLED, final_sheet=best())
    row = step(row, "mark", "xueqian", SETTLED, found_sheet=best(), visited_on="2021-02-18")
    assert step(row, "conclude", "jijiao", SETTLED, final_sheet=best()).state == "drafted"


def test_what_waits_for_a_judge_stands_in_their_queue_until_they_marked(city: City) -> None:
    row = own(city)
    assert [one.pk for one in queries.queue(actor("xueqian"), city.pk)] == [row.pk]
    step(row, "mark", "xueqian", MARKED, found_sheet=best())
    assert queries.queue(actor("xueqian"), city.pk) == []
    assert [one.pk for one in queries.queue(actor("jijiaolian"), city.pk)] == [row.pk]
