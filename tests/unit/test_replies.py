"""Replies as they are sent: written by hand, in every form a bureau uses."""

import io
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path

import docx
import openpyxl
import pytest

from luoshi.reading.replies import Answer, Claim, Reply, Wanted, WantedTarget, match, pasted, read_reply, speaks_for_all
from luoshi.spine import Comparator
from luoshi.words.errors import RefusedError
from tests.replies import ledger
from tests.written_replies import AGAIN, WRITTEN, agrees

ON = date(2021, 9, 3)
ITEMS = (
    Wanted(1, "6.1", "2021-06-01", "新建、改扩建公办幼儿园26所", "新建、改扩建公办幼儿园26所", "学前教育科", (), (WantedTarget("公办幼儿园", "所", Comparator.EXACTLY, Decimal(26)),)),
    Wanted(2, "8.1", "2021-08-01", "义务教育大班额比例降至2.5%以内", "义务教育大班额比例由4.6%降至2.5%以内", "基础教育科", (), (WantedTarget("义务教育大班额比例", "%", Comparator.AT_MOST, Decimal("2.5")),), "", Decimal("3.4")),
    Wanted(3, "9.6", "2021-09-06", "建设教师周转宿舍420套", "建设教师周转宿舍420套", "发展规划科", ("斗城区", "奎西区"), (WantedTarget("教师周转宿舍", "套", Comparator.EXACTLY, Decimal(420)),), "", Decimal(200)),
    Wanted(4, "32.4", "2021-32-04", "编制《星州市“十四五”教育事业发展规划》", "编制《星州市“十四五”教育事业发展规划》", "办公室"),
)  # fmt: skip


@cache
def the_ledger() -> tuple[Wanted, ...]:
    return ledger(Path(__file__).resolve().parents[2] / "cities" / "xingzhou" / "plan.txt")


def answers(words: str, items: tuple[Wanted, ...] = ITEMS, on: date = ON, office: str = "") -> tuple[Answer, ...]:
    return match(pasted(words), items, office=office, on=on)


def only(words: str, item: int, **told: object) -> Answer:
    found = [one for one in answers(words, **told) if one.item == item]
    assert len(found) == 1, answers(words, **told)
    return found[0]


def asked(one: Answer) -> str:
    return "；".join(doubt.what for doubt in one.doubts)


@pytest.mark.parametrize(
    ("name", "words", "told"), [*WRITTEN, *AGAIN], ids=lambda one: one if isinstance(one, str) and len(one) < 12 else ""
)
def test_what_was_written_by_hand_is_read_or_asked(name: str, words: str, told: dict[str, object]) -> None:
    """Nothing wrong is silent; how many are right is the next test."""
    numbers = {one.id: one.number for one in the_ledger()}
    for one in answers(words, the_ledger()):
        number = numbers.get(one.item or 0, "")
        wanted = told.get(number, "另一项")
        value = one.figure.value if one.figure else None
        good = wanted != "另一项" and agrees(value, wanted, nothing=one.nothing_new)
        assert one.asks or good, (number, one.source, one.figures)
        if isinstance(wanted, tuple):
            assert one.asks


@pytest.mark.parametrize(("written", "least"), [(WRITTEN, 0.95), (AGAIN, 0.90)])
def test_nearly_all_that_was_written_by_hand_is_read_right(written, least: float) -> None:
    numbers = {one.number: one.id for one in the_ledger()}
    right = total = 0
    for _, words, told in written:
        found = {one.item: one for one in answers(words, the_ledger())}
        for number, wanted in told.items():
            one = found.get(numbers[number])
            total += 1
            right += one is not None and agrees(
                one.figure.value if one.figure else None, wanted, nothing=one.nothing_new
            )
    assert right >= least * total, (right, total)


def _word(rows: list[list[str]], *before: str, after: tuple[str, ...] = ()) -> bytes:
    made = docx.Document()
    for line in before:
        made.add_paragraph(line)
    table = made.add_table(0, len(rows[0]))
    for row in rows:
        for cell, words in zip(table.add_row().cells, row, strict=True):
            cell.text = words
    for line in after:
        made.add_paragraph(line)
    kept = io.BytesIO()
    made.save(kept)
    return kept.getvalue()


def _book(*rows: list[object]) -> bytes:
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    kept = io.BytesIO()
    book.save(kept)
    return kept.getvalue()


def test_a_word_table_gives_a_part_for_each_row_with_its_place_and_its_sender() -> None:
    rows = [
        ["序号", "重点任务", "进展情况", "存在问题", "下步打算"],
        ["6.1", "公办园建设", "已建成18所", "2所用地未批", "10月底前再建成4所"],
    ]
    reply = read_reply(_word(rows, "学前教育科8月份重点工作进展情况表", after=("截至2021年8月31日",)), "8月.docx")
    (one,) = match(reply, ITEMS, on=ON)
    assert (reply.sender, one.part.place) == ("学前教育科", "表1第2行")
    assert (one.item, one.figure.value, one.figure.on) == (1, 18, date(2021, 8, 31))
    assert (one.trouble, one.next_step, one.asks) == ("2所用地未批", "10月底前再建成4所", False)


def test_a_home_made_workbook_is_read_by_its_headings_and_the_last_column_is_not_the_present() -> None:
    book = _book(
        ["8月推进表"],
        ["事项", "全年任务", "上月累计", "截至8月底完成", "完成率", "卡点"],
        ["教师周转宿舍", 420, 200, 288, "68.6%", "无"],
    )
    reply = read_reply(book, "发展规划科8月.xlsx")
    (one,) = match(reply, ITEMS, on=ON)
    assert (one.item, one.figure.value, one.figure.on, one.asks) == (3, 288, date(2021, 8, 31), False)
    assert one.part.place == "Sheet!D3"
    assert one.trouble == ""


def test_a_cell_and_the_words_beside_it_that_differ_are_asked() -> None:
    book = _book(["工作任务", "完成数", "进展情况"], ["教师周转宿舍建设", 288, "已累计建成312套"])
    (one,) = match(read_reply(book, "x.xlsx"), ITEMS, on=ON)
    assert one.figure.value == 288
    assert "文字里是 312套" in asked(one)


def test_a_table_of_counties_answers_with_its_sum_and_without_one_is_asked() -> None:
    rows = [["教师周转宿舍建设情况", ""], ["县区", "已完成"], ["斗城区", 120], ["奎西区", 110]]
    (one,) = match(read_reply(_book(*rows, ["合计", 230]), "x.xlsx"), ITEMS, on=ON)
    assert (one.item, one.figure.value) == (3, 230)
    (other,) = match(read_reply(_book(*rows), "x.xlsx"), ITEMS, on=ON)
    assert other.figure is None
    assert "没有合计" in asked(other)


def test_a_form_with_its_labels_at_the_left_is_one_part() -> None:
    rows = [["任务名称", "公办幼儿园建设"], ["进展情况", "累计建成19所"], ["存在问题", "无"]]
    (one,) = match(read_reply(_word(rows), "x.docx"), ITEMS, on=ON)
    assert (one.item, one.figure.value, one.trouble) == (1, 19, "")


def test_names_times_and_thanks_of_a_chat_are_no_parts() -> None:
    words = "张老师 9:41\n@督查室 王主任好\n收到\n公办园累计建成18所\n谢谢！"
    reply = pasted(words)
    assert [part.words for part in reply.parts] == ["公办园累计建成18所"]


@pytest.mark.parametrize("words", ["本期无新进展", "较上月无变化", "零报告", "与上期一致", "暂无新的进展"])
def test_nothing_new_is_known_in_any_wording(words: str) -> None:
    one = only(f"教师周转宿舍建设：{words}", 3)
    assert one.nothing_new
    assert one.figure is None


def test_nothing_new_for_everything_is_no_answer_for_one_item() -> None:
    (one,) = answers("我科承担的各项任务均无新进展")
    assert (one.item, one.nothing_new, one.sure, speaks_for_all(one)) == (None, True, False, True)


def test_a_number_that_does_not_fit_the_words_is_asked_and_the_words_go_first() -> None:
    one = only("9.6 新建改扩建公办幼儿园，累计18所", 1)
    assert not one.sure
    assert "编号是 9.6" in asked(one)


def test_the_number_alone_names_the_item() -> None:
    assert only("2021-08-01 目前3.1%", 2).figure.value == Decimal("3.1")


def test_a_figure_that_falls_back_or_rises_the_wrong_way_is_asked() -> None:
    assert "上次是 200" in asked(only("教师周转宿舍累计建成180套", 3))
    assert "上次是 3.4" in asked(only("义务教育大班额比例目前3.9%", 2))
    assert not only("义务教育大班额比例目前3.1%", 2).asks


def test_a_day_to_come_and_a_day_long_past_are_asked() -> None:
    assert "还没有到" in asked(only("截至9月30日，教师周转宿舍累计建成280套", 3))
    assert "已过" in asked(only("截至2021年3月31日，教师周转宿舍累计建成280套", 3))
    late = only("截至12月31日，教师周转宿舍累计建成280套", 3, on=date(2022, 1, 5))
    assert (late.figure.on, late.asks) == (date(2021, 12, 31), False)


def test_an_item_told_twice_alike_is_told_once_and_differently_is_asked() -> None:
    assert not only("公办园累计建成18所\n公办幼儿园已建成18所", 1).asks
    told = answers("公办园累计建成18所\n公办幼儿园已建成21所")
    assert [one.figure.value for one in told] == [18, 21]
    assert all("报了两次" in asked(one) for one in told)


def test_an_item_of_another_section_is_asked() -> None:
    assert "由发展规划科牵头" in asked(only("教师周转宿舍累计建成280套", 3, office="学前科"))
    assert not only("教师周转宿舍累计建成280套", 3, office="规划科").asks


@pytest.mark.parametrize(
    ("words", "claim"),
    [
        ("公办园建设任务已全部完成", Claim.DONE),
        ("公办园建设正在推进", Claim.UNDERWAY),
        ("公办园建设尚未启动", Claim.NOT_BEGUN),
        ("公办园建设经批准暂缓", Claim.PAUSED),
        ("公办园建设已完成18所", Claim.UNDERWAY),
    ],
)
def test_what_a_section_claims_is_kept_beside_the_figure(words: str, claim: Claim) -> None:
    assert only(words, 1).claim is claim


def test_not_begun_is_nothing_yet_only_where_it_is_said() -> None:
    assert only("公办园建设尚未启动", 1).figure.value == 0
    assert only("公办园建设正在推进", 1).figure is None


def test_a_rate_carries_both_its_counts() -> None:
    figure = only("全市1250个班中大班额40个，大班额比例为3.2%", 2).figure
    assert (figure.value, figure.numerator, figure.denominator) == (Decimal("3.2"), 40, 1250)


def test_trouble_and_next_step_are_told_apart_from_progress() -> None:
    one = only("教师周转宿舍累计建成280套。存在问题：奎西区用地未批。下一步，12月底前再建成140套。", 3)
    assert (one.figure.value, one.words) == (280, "教师周转宿舍累计建成280套。")
    assert one.trouble == "存在问题：奎西区用地未批。"
    assert one.next_step.startswith("下一步")


def test_sections_about_trouble_and_plans_hold_no_answers() -> None:
    words = "一、进展情况\n1.公办园累计建成18所。\n二、存在问题\n1.教师周转宿舍还有3套漏水。\n三、下步打算\n1.教师周转宿舍年底前建成420套。"
    assert [one.item for one in answers(words)] == [1]


def test_a_figure_knows_its_place_in_the_words() -> None:
    one = only("公办园累计建成约18所", 1)
    assert one.source[one.figure.start : one.figure.end] == "18所"
    assert one.figure.about


def test_words_that_name_no_item_are_asked_with_the_nearest() -> None:
    (one,) = answers("食堂已检查45家。")
    assert (one.item, one.sure) == (None, False)


def test_words_are_at_most_two_hundred_characters() -> None:
    assert len(only("公办园累计建成18所，" + "各县区积极推进，" * 60, 1).words) <= 200


@pytest.mark.parametrize("words", ["秘密★1年\n公办园累计建成18所", "内部资料 注意保存\n公办园累计建成18所"])
def test_a_marked_message_is_refused_and_not_repeated(words: str) -> None:
    with pytest.raises(RefusedError) as refused:
        pasted(words)
    assert "公办园" not in str(refused.value.findings)


@pytest.mark.parametrize("content", [b"", b"   ", b"PK\x03\x04broken", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"])
def test_a_file_that_is_none_is_refused_in_four_parts(content: bytes) -> None:
    with pytest.raises(RefusedError) as refused:
        read_reply(content, "回复.docx")
    assert all(one.where and one.what and one.rule and one.remedy for one in refused.value.findings)


def test_a_text_in_the_old_encoding_reads_like_any_other() -> None:
    reply: Reply = read_reply("公办园累计建成18所\n学前教育科\n2021年9月1日".encode("gb18030"), "回复.txt")
    (one,) = match(reply, ITEMS, on=ON)
    assert (reply.sender, one.figure.value, one.figure.on) == ("学前教育科", 18, date(2021, 9, 1))


DAILY = Wanted(5, "29.3", "2021-29-03", "坚持“日报告、零报告”", "坚持“日报告、零报告”制度", "安全科")


@pytest.mark.parametrize("words", ["公办幼儿园累计建成18所\n零报告", "教师周转宿舍 零报告", "零报告。", "本月零报告"])
def test_who_says_that_nothing_is_new_does_not_name_the_item_that_is_called_so(words: str) -> None:
    assert all(one.asks for one in answers(words, (*ITEMS, DAILY)) if one.item == DAILY.id)


def test_the_item_that_is_called_so_is_still_found_by_its_name() -> None:
    (one,) = answers("坚持日报告、零报告制度，已报送36期", (*ITEMS, DAILY))
    assert one.item == DAILY.id


TWINS = (
    Wanted(11, "0.6", "2021-00-06", "新建改扩建公办幼儿园425所，危房改造6.3万户，持续巩固提升", "新建改扩建公办幼儿园425所"),
    Wanted(12, "2.1", "2021-02-01", "新建、改扩建公办幼儿园400所", "新建、改扩建公办幼儿园400所"),
    Wanted(13, "7.3", "2021-07-03", "12345热线按时办结率达到98%", "12345热线按时办结率达到98%"),
    Wanted(14, "7.4", "2021-07-04", "新建村级文化服务中心2000个", "新建村级文化服务中心2000个"),
)  # fmt: skip


def test_what_two_items_are_called_is_asked_about() -> None:
    (one,) = answers("新建改扩建公办园这块，已形成初稿，正在征求意见", TWINS)
    assert one.asks
    assert "0.6" in asked(one)
    assert "2.1" in asked(one)


def test_an_end_that_stands_in_the_name_of_an_item_is_no_progress() -> None:
    (one, *_) = answers("2.12345热线按时办结率", TWINS)
    assert one.asks
    assert "没有写进展" in asked(one)


def test_a_row_with_the_number_of_one_item_and_the_task_of_none_is_asked_about() -> None:
    book = openpyxl.Workbook()
    for line in (["编号", "任务名称", "进展情况"], ["7.4", "完成年度计划的103.2%", "已召开专题会研究"]):
        book.active.append(line)
    kept = io.BytesIO()
    book.save(kept)
    told = match(read_reply(kept.getvalue(), "台账.xlsx"), TWINS, on=ON)
    assert [one.asks for one in told if one.item == 14] == [True]


@pytest.mark.parametrize("heading", ["11月进展：", "【安全科】11月工作进展情况如下：", "2021年8月份重点工作落实情况"])
def test_a_heading_above_what_is_told_is_no_answer(heading: str) -> None:
    (one,) = answers(f"{heading}\n公办幼儿园累计建成18所")
    assert (one.item, one.figure.value) == (1, 18)


PAIR = Wanted(20, "6.1", "2021-06-01", "评选好少年100名、优秀班主任30名", "评选好少年100名、优秀班主任30名", "", (), (WantedTarget("评选好少年", "名", Comparator.EXACTLY, Decimal(100)), WantedTarget("优秀班主任", "名", Comparator.AT_LEAST, Decimal(30))))  # fmt: skip


def test_the_target_of_one_part_is_not_taken_for_the_figure_of_the_other() -> None:
    (one,) = answers("评选好少年、优秀班主任30名。到目前为止80名，较去年同期增加10名。", (PAIR, *ITEMS))
    assert one.asks or one.figures[0].value == 80


def test_two_counts_of_how_it_stands_are_asked_about() -> None:
    one = only("公办幼儿园累计建成14所，9月底统计数为12所", 1)
    assert "14所、12所" in asked(one)


def test_a_state_in_another_measure_is_asked_about() -> None:
    one = only("新建、改扩建公办幼儿园从8.3%到了8.8%", 1)
    assert one.asks
