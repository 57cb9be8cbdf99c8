"""A made-up plan for the year after a real one, with changes that are known: 演示数据（虚构）, in memory only.

It knows the reader, because clauses are what is changed, and nothing of the comparing. Invented figures never stand under
a real place's name: names are replaced before anything is changed.
"""

import random
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from luoshi.reading import read_text
from luoshi.spine import Commitment, Comparator, Kind, Plan, Strength

HEAD = "演示数据（虚构）\n\n"
FRESH = (
    "推广学校食堂“互联网+明厨亮灶”监管模式",
    "开通24小时学生心理援助热线",
    "改造教室照明2600间",
    "制定《星州市中小学午休躺睡实施方案》",
    "为小学配齐科学副校长",
    "举办首届中小学生机器人足球联赛",
    "设置校门口护学岗,做到警校家三方值守",
    "在城区试点校服统一招标采购",
    "出台《星州市学校体育场地向居民开放管理办法》",
    "建成学校直饮水点480处",
    "组织银龄讲学计划,招募退休教师下乡支教",
    "遴选人工智能课程实验校15所",
    "推行考试命题双盲审核",
    "开展家庭困难新生入学“绿色通道”走访",
    "编印高考志愿填报公益手册",
    "开展中小学游泳普及课,覆盖四年级学生",
    "建立校园欠薪举报专窗",
    "举办乡村校长论坛",
    "开展超标租用办公用房清退",
    "为寄宿生更换床铺3200张",
    "开展托育机构备案核查",
    "落实老年大学分校布点",
    "建设校园气象观测站12个",
    "制定中考体育智能测试规程",
    "开展非遗剪纸进课堂",
    "完成校园围墙外立面亮化拆改",
    "打造“书香巴士”流动阅读车队",
    "组织教辅材料征订专项抽查",
    "实施校园盲道和坡道无障碍改造",
    "开展研究生支教团服务地对接",
    "设立职工子女暑期爱心托管班",
    "出台《星州市学生交通定制公交运营细则》",
)
"""Promises that stand in none of the texts, written for this."""
SYNONYMS = (
    ("加快推进", "大力推进"),
    ("扎实推进", "稳步推进"),
    ("深入开展", "扎实开展"),
    ("广泛开展", "深入开展"),
    ("持续", "不断"),
    ("切实", "认真"),
    ("做好", "抓好"),
    ("完善", "健全"),
    ("加强", "强化"),
    ("强化", "加强"),
    ("出台", "印发"),
    ("提升", "提高"),
    ("推进", "推动"),
    ("举办", "组织举办"),
    ("贯彻落实", "认真落实"),
    ("健全", "建立健全"),
    ("严格落实", "全面落实"),
    ("实施", "组织实施"),
    ("中小学校", "中小学"),
    ("有关部门", "相关部门"),
    ("台帐", "台账"),
    ("农村", "乡村"),
    ("工作水平", "工作质量"),
    ("改善", "优化"),
    ("优秀", "优质"),
    ("建设", "建设发展"),
)
ADVERBS = ("进一步", "持续", "扎实", "切实", "认真", "着力", "深入")
PURPOSES = (",推动各项任务落地见效", ",切实提高工作实效", ",不断增强群众满意度")
_VERB = re.compile("推进|推动|开展|加强|强化|完善|健全|落实|实施|做好|抓好|改善|优化|规范|深化|提升|建立|加快")
_YEAR = re.compile(r"(?<![\d.])20[12]\d(?![\d.])")


def renamed(text: str) -> str:
    """The text of the made-up city of 星州, marked as made up."""
    for real, invented in (("洛阳", "星州"), ("河洛", "星河"), ("洛", "星"), ("河南", "江原"), ("中原", "江原")):
        text = text.replace(real, invented)
    return text if text.startswith(HEAD) else HEAD + text


@dataclass(slots=True)
class NextYear:
    """Both editions and what is true of them."""

    before: Plan
    after: Plan
    came_from: dict[str, frozenset[str]]
    """Key of the later clause → keys of the earlier ones it was made from; "" among them for an invented one."""
    became: dict[str, str] = field(default_factory=dict)
    """Key of the earlier clause → how it was changed; "dropped" among them; untouched and reworded ones are absent."""
    reworded: set[str] = field(default_factory=set)


def _swap(clause: str, old: str, new: str) -> str | None:
    return clause.replace(old, new, 1) if old in clause else None


def _number(one: Commitment, clause: str, chance: random.Random) -> str | None:
    """Another number in the same place: 50所 → 63所, 3-5个 → 5-7个."""
    for target in one.targets:
        if target.implicit or target.value is None:
            continue
        at = slice(target.start - one.start, target.end - one.start)
        digits = list(re.finditer(r"\d+(?:\.\d+)?", clause[at]))
        if not digits or one.start > target.start:
            continue
        # Both ends of a range go the same way, and none below its smallest step.
        step = chance.choice([0.1, 0.2, 0.4, -0.1, -0.2, 1.0])
        step = abs(step) if any(float(found[0]) <= 1 for found in digits) else step
        written = clause[at]
        for found in reversed(digits):
            written = written[: found.start()] + _moved(found[0], step, target.unit) + written[found.end() :]
        return clause[: at.start] + written + clause[at.stop :]
    return None


def _moved(digits: str, step: float, unit: str) -> str:
    places = len(digits.partition(".")[2])
    least = 10**-places
    value = float(digits)
    by = max(least, round(abs(value * step), places))
    moved = value - by if (step < 0 and value - by > 0) or (unit in "%‰" and value + by > 100) else value + by
    return f"{moved:.{places}f}"


def _comparator(one: Commitment, clause: str, chance: random.Random) -> str | None:
    """不少于 before a bare count; 以上 → 以内."""
    if "左右" in clause:
        return None
    for target in one.targets:
        at = target.start - one.start
        if target.comparator is Comparator.EXACTLY and not target.implicit and clause[at : at + 1].isdigit():
            return clause[:at] + chance.choice(["不少于", "不超过"]) + clause[at:]
        if target.comparator is Comparator.AT_LEAST and re.search(r"[%‰]以上", clause):
            return clause.replace("以上", "以内", 1)
    return None


def _removed(one: Commitment, clause: str, chance: random.Random) -> str | None:
    """50所公办幼儿园 → 一批公办幼儿园."""
    targets = [target for target in one.targets if target.comparator is Comparator.EXACTLY and not target.implicit]
    if len(one.targets) != 1 or not targets:
        return None
    made = re.sub(r"\d+(?:\.\d+)?万?(所|个|套|项|名|处|座)", "一批", clause, count=1)
    return made if made != clause else None


def _softened(one: Commitment, clause: str, chance: random.Random) -> str | None:
    bare = one.kind is Kind.QUANTITY and one.strength is Strength.BINDING and not one.targets[0].implicit
    if not bare or clause.startswith(("确保", "禁止", "严禁", "力争")):
        return None
    return _before_verb(one, clause, "力争")


def _before_verb(one: Commitment, clause: str, words: str) -> str:
    """Words put before the part that promises, behind its year: 2020年,建设 → 2020年力争建设."""
    at = max(clause.rfind(mark, 0, max(clause.find(one.action), 0)) for mark in ",，、;；:：") + 1
    year = re.compile(r"(20\d\d年)?[,，]?").match(clause, at)
    return clause[:at] + ((year[1] or "") if year else "") + words + clause[year.end() if year else at :]


def _day(one: Commitment, clause: str, chance: random.Random) -> str | None:
    """Another day where one stands; a day where none stood, for things that end."""
    if found := re.search(r"(\d{1,2})月", clause):
        return clause[: found.start(1)] + str((int(found[1]) + 1) % 12 + 1) + clause[found.end(1) :]
    if "年底" in clause:
        return clause.replace(
            "年底前" if "年底前" in clause else "年底", chance.choice(["6月底前", "9月底前"]), 1
        ).replace("年6", "年6")
    ends = one.kind in {Kind.DOCUMENT, Kind.EVENT} or (one.targets and not one.targets[0].implicit)
    if not ends or one.strength is not Strength.BINDING or clause.startswith("其中"):
        return None
    month = chance.choice(["5月底前", "8月底前", "10月15日前"])
    return _before_verb(one, clause, month)


def _added(one: Commitment, clause: str, chance: random.Random) -> str | None:
    """举办大赛 → 举办3场大赛."""
    if one.targets or one.kind is not Kind.EVENT:
        return None
    return re.sub(r"^(组织)?(举办|召开|开展)", lambda verb: f"{verb[0]}{chance.randint(2, 9)}场", clause, count=1)


Edit = Callable[[Commitment, str, random.Random], str | None]
EDITS: dict[str, Edit] = {
    "number": _number,
    "comparator": _comparator,
    "removed": _removed,
    "softened": _softened,
    "day": _day,
    "added": _added,
}


def _reworded(one: Commitment, clause: str, chance: random.Random) -> str:
    """Other words for the same: synonyms, an adverb more, a purpose behind, the number behind its noun."""
    ways: list[str] = []
    fitting = [pair for pair in SYNONYMS if pair[0] in clause]
    for old, new in chance.sample(fitting, min(len(fitting), chance.randint(1, 3))):
        if old in clause and new not in clause:
            ways.append(clause := clause.replace(old, new, 1))
    if _VERB.match(clause) and chance.random() < 0.5:
        clause = chance.choice(ADVERBS) + clause
    if one.kind is Kind.STANDING and not one.targets and chance.random() < 0.25:
        clause += chance.choice(PURPOSES)
    if len(one.targets) == 1 and chance.random() < 0.6:
        clause = re.sub(r"(?<![\d\-—.至])(\d+)(所|个(?!百分|工作)|套|项)([^\d,、，。;；(（]{3,15})$", r"\3\1\2", clause)
    return clause


def next_year(
    text: str, seed: int, *, changed: int, dropped: int, new: int, reworded: float = 0.6, shuffled: bool = True
) -> NextYear:
    """The made-up next edition of a text, the same for the same seed.

    Args:
        text: the earlier edition, as printed.
        seed: of the only chance there is.
        changed: how many clauses get another number, day, comparator or strength.
        dropped: how many clauses are left out.
        new: how many invented clauses are put in.
        reworded: share of the other clauses whose words are changed harmlessly.
        shuffled: whether points are moved and renumbered.
    """
    chance = random.Random(seed)
    before = read_text(renamed(text))
    texts, became = _changed(before, chance, changed)
    free = [one for one in before.commitments if one.id not in became]
    for one in chance.sample(free, dropped):
        became[one.id] = "dropped"
        texts[one.id] = ""
    soft: set[str] = set()
    for one in free:
        if one.id not in became and chance.random() < reworded:
            words = before.text[one.start : one.end]
            texts[one.id] = _reworded(one, words, chance)
            soft |= {one.id} if texts[one.id] != words else set()
    pieces = _put_in(_pieces(before, texts), chance.sample(FRESH, new), chance)
    # A plan for several years is not written anew each year but revised: its days stay.
    if len(_YEAR.findall(before.title)) == 1:
        pieces = [(at, (_rolled(words), origin)) for at, (words, origin) in pieces]
    made = _joined(before, pieces, chance if shuffled else None)
    after = read_text(made[0])
    return NextYear(before, after, _origins(after, made[1]), became, soft)


def _rolled(words: str) -> str:
    return _YEAR.sub(lambda year: str(int(year[0]) + 1), words)


def _changed(before: Plan, chance: random.Random, wanted: int) -> tuple[dict[str, str], dict[str, str]]:
    """So many clauses changed, each kind of change as often as the text allows, in turn."""
    texts: dict[str, str] = {}
    became: dict[str, str] = {}
    order = list(before.commitments)
    chance.shuffle(order)
    kinds = list(EDITS)
    misses = 0
    while len(became) < wanted and misses < len(kinds):
        name = kinds[0]
        kinds = [*kinds[1:], name]
        for one in order:
            words = before.text[one.start : one.end]
            made = None if one.id in became else EDITS[name](one, words, chance)
            if made is not None and made != words:
                texts[one.id], became[one.id], misses = made, name, 0
                break
        else:
            misses += 1
    return texts, became


Piece = tuple[str, str | None]
"""Words, and the clause they are of: its id, "" for an invented one, None for what lies between."""


def _pieces(before: Plan, texts: dict[str, str]) -> list[tuple[int, Piece]]:
    """The text cut at its clauses, each piece with the place it had."""
    found: list[tuple[int, Piece]] = []
    at = 0
    for one in sorted(before.commitments, key=lambda one: one.start):
        words = before.text[one.start : one.end]
        found.append((at, (before.text[at : one.start], None)))
        found.append((one.start, (texts.get(one.id, words), one.id)))
        at = one.end
    return [*found, (at, (before.text[at:], None))]


def _put_in(pieces: list[tuple[int, Piece]], fresh: list[str], chance: random.Random) -> list[tuple[int, Piece]]:
    """Invented sentences behind the ends of sentences, never two at one place."""
    places = [
        order
        for order, (_, (words, origin)) in enumerate(pieces)
        if origin is None and order > 2 and words.startswith("。") and order + 1 < len(pieces)
    ]
    for order, words in zip(sorted(chance.sample(places, len(fresh)), reverse=True), fresh, strict=True):
        at, (between, _) = pieces[order]
        pieces[order : order + 1] = [(at, ("。", None)), (at, (words, "")), (at, ("。" + between[1:], None))]
    return pieces


def _joined(
    before: Plan, pieces: list[tuple[int, Piece]], chance: random.Random | None
) -> tuple[str, list[tuple[int, int, str]]]:
    """The pieces put together, points moved within their section and numbered anew; where each clause now stands."""
    blocks = _blocks(before, pieces, chance)
    text, spans = "", []
    for words, origin in blocks:
        joined = _tidy(text, words, origin)
        if origin is not None and joined:
            spans.append((len(text), len(text) + len(joined), origin))
        text += joined
    return text, spans


def _tidy(text: str, words: str, origin: str | None) -> str:
    """No two marks in a row where a clause was left out."""
    if origin is None and text.endswith(("。", "，", ",", "；", ";", "、")) and words[:1] in "。，,；;、":
        return words[1:]
    return words


def _blocks(before: Plan, pieces: list[tuple[int, Piece]], chance: random.Random | None) -> list[Piece]:
    """Runs of points of one section, in another order."""
    points = [point for point in before.points if point.number.isdigit()]
    if chance is None or len(points) != len(before.points):
        return [piece for _, piece in pieces]
    cut = _cut(pieces, sorted({edge for point in points for edge in (point.start, point.end)}))
    by_section: dict[str, list[tuple[int, int]]] = {}
    for point in points:
        by_section.setdefault(point.section, []).append((point.start, point.end))
    order: dict[tuple[int, int], tuple[int, int]] = {}
    for spans in by_section.values():
        moved = list(spans)
        chance.shuffle(moved)
        order.update(zip(spans, moved, strict=True))
    found: list[Piece] = []
    at = 0
    for count, span in enumerate(sorted(order), start=1):
        found += [piece for place, piece in cut if at <= place < span[0]]
        for nth, (words, origin) in enumerate(
            piece for place, piece in cut if order[span][0] <= place < order[span][1]
        ):
            found.append((re.sub(r"^\d+", str(count), words) if nth == 0 else words, origin))
        at = span[1]
    return [*found, *(piece for place, piece in cut if place >= at)]


def _cut(pieces: list[tuple[int, Piece]], edges: list[int]) -> list[tuple[int, Piece]]:
    """Pieces between clauses cut where a point begins or ends; rolling years on keeps every length."""
    found: list[tuple[int, Piece]] = []
    for at, (words, origin) in pieces:
        inner = [edge - at for edge in edges if at < edge < at + len(words)] if origin is None else []
        for begun, end in zip([0, *inner], [*inner, len(words)], strict=True):
            found.append((at + begun, (words[begun:end], origin)))
    return found


def _origins(after: Plan, spans: list[tuple[int, int, str]]) -> dict[str, frozenset[str]]:
    """From which clauses each later one was made: those that lie in it by half, or it in them."""
    found = {}
    for one in after.commitments:
        shared = {
            origin: min(end, one.end) - max(start, one.start)
            for start, end, origin in spans
            if min(end, one.end) - max(start, one.start) >= min(end - start, one.end - one.start) / 2
        }
        if shared:
            found[one.id] = frozenset(shared)
    return found


def labelled(root: Path) -> list[Path]:
    """The practice texts."""
    return sorted((root / "tests" / "labelled").glob("*.txt"))
