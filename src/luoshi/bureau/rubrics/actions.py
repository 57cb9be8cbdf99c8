"""What is done to rubrics and rounds: weights set, judges named, released and recused, a sample drawn."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from luoshi.bureau.journal.actions import Actor, act
from luoshi.bureau.people.models import City, Person
from luoshi.bureau.people.rights import require
from luoshi.bureau.rubrics.models import Judge, Panel, Recusal, RubricText, Weighing
from luoshi.bureau.rubrics.queries import counting, not_host
from luoshi.scoring.nouns import Group, Item, Scheme
from luoshi.scoring.sampling import sample
from luoshi.scoring.texts import revised, version, written
from luoshi.words.errors import RefusedError
from luoshi.words.findings import Finding

_REASON, _FEWEST, _SEED = 300, 4, 100


def keep_scheme(actor: Actor, scheme: Scheme) -> RubricText:  # noqa: ARG001
    """The text of a rubric kept for ever; called inside the act that needs it."""
    text = written(scheme)
    kept, _ = RubricText.objects.get_or_create(version=version(text), defaults={"rubric": scheme.key, "text": text})
    return kept


def weigh(actor: Actor, city: City, declared: Scheme, changes: Mapping[str, str], reason: str, office: str) -> Weighing:
    """A bureau's own labels, weights and grades; cases that run already keep the version they began with.

    Args:
        actor: who decides.
        city: whose.
        declared: the rubric as declared.
        changes: see `scoring.texts.revised`.
        reason: document or decision.
        office: code of the office that hosts what is scored.

    Raises:
        RefusedError: no right, no reason, nothing changed, or the rubric no longer adds up.
    """
    with act(actor, "rubrics.weigh", "rubric", declared.key, declared.label) as note:
        _allowed(actor, "rubric", declared.label, office)
        now = counting(city, declared)
        said = _why(reason, declared.label)
        told = revised(now, changes)
        if told == now:
            rule = "每次改动留一个版本"
            raise RefusedError(Finding(declared.label, "没有改动", rule, "请改动后再保存"))
        for one, before in _changed(now, told):
            note.changed(one, before[0], before[1])
        note.reason = said
        return Weighing.objects.create(
            city=city,
            rubric=declared.key,
            text=keep_scheme(actor, told),
            reason=said,
            by=actor.name,
            by_login=actor.login,
        )


def _changed(before: Scheme, after: Scheme) -> list[tuple[str, tuple[str, str]]]:
    told = [(was.label, f"{was.label} {was.points}") for was in _lines(before)]
    is_ = [f"{one.label} {one.points}" for one in _lines(after)]
    told += [(grade.label, str(grade.least)) for grade in before.grades]
    is_ += [str(grade.least) for grade in after.grades]
    found = [(label, (was, now)) for (label, was), now in zip(told, is_, strict=True) if was != now]
    return found or [(before.label, ("", "起点、目标、各级各档分值有改动"))]


def _lines(scheme: Scheme) -> list[Group | Item]:
    return [*scheme.groups.values(), *scheme.items.values()]


def _why(reason: str, where: str) -> str:
    said = reason.replace("\0", "").strip()[:_REASON]
    if len(said) < _FEWEST:
        raise RefusedError(
            Finding(where, "没有写明依据", "改评价标准、定评委和回避都写明依据", "请写明文件、会议或情形")
        )
    return said


@dataclass(frozen=True, slots=True)
class Judging:
    """Which round: the cases of a procedure that are opened in a year."""

    city: City
    procedure: str
    label: str
    year: int
    office: str
    """Code of the office that hosts it."""


def _allowed(actor: Actor, right: str, label: str, office: str) -> None:
    """Refuse who may not: a section does this for what it hosts alone.

    Raises:
        RefusedError: no right, or another section's.
    """
    require(actor, right)
    if why := not_host(actor, label, office):
        raise RefusedError(why)


def _panel(of: Judging) -> Panel:
    kept, _ = Panel.objects.get_or_create(city=of.city, procedure=of.procedure, year=of.year)
    return kept


def name_judge(actor: Actor, of: Judging, login: str, *, leads: bool = False) -> Judge:
    """Somebody judges in a round.

    Raises:
        RefusedError: no right, no such account, or they judge already.
    """
    with act(actor, "rubrics.judge", "panel", f"{of.procedure}/{of.year}", f"{of.label} {of.year}") as note:
        _allowed(actor, "panel", of.label, of.office)
        person = Person.objects.filter(username=login.strip(), is_active=True).first()
        if person is None:
            rule = "评委用本系统的账号评分"
            raise RefusedError(Finding("评委", f"没有账号“{login[:40]}”", rule, "请先由管理员登记账号"))
        kept = _panel(of)
        before = Judge.objects.filter(panel=kept, login=person.username).first()
        if before is not None and before.left is None:
            raise RefusedError(Finding("评委", f"{before.name}已是评委", "同一批次每人只聘一次", "不需要再聘"))
        note.changed("评委", "", person.name)
        if before is not None:
            before.left, before.leads = None, leads
            before.save(update_fields=["left", "leads"])
            return before
        return Judge.objects.create(panel=kept, login=person.username, name=person.name, leads=leads, by=actor.name)


def release_judge(actor: Actor, of: Judging, judge: int, on: date) -> Judge:
    """Somebody judges no longer; what they marked stays.

    Raises:
        RefusedError: no right, or they do not judge.
    """
    with act(actor, "rubrics.release", "panel", "", "评委") as note:
        _allowed(actor, "panel", of.label, of.office)
        row = _judge(of, judge)
        note.id, note.title = f"{row.panel.procedure}/{row.panel.year}", f"{row.panel.procedure} {row.panel.year}"
        row.left = on
        row.save(update_fields=["left"])
        note.changed("评委", row.name, "")
        return row


def recuse(actor: Actor, of: Judging, judge: int, unit: str, reason: str) -> Recusal:
    """A unit that somebody does not judge; their own unit they never judge in any case.

    Raises:
        RefusedError: no right, they do not judge, or no reason.
    """
    with act(actor, "rubrics.recuse", "panel", "", "回避") as note:
        row = _judge(of, judge)
        if row.login != actor.login:
            _allowed(actor, "panel", of.label, of.office)
        note.id, note.title = f"{row.panel.procedure}/{row.panel.year}", f"{row.name} 回避"
        said = _why(reason, "回避")
        kept, new = Recusal.objects.get_or_create(
            judge=row, unit=unit.strip()[:20], defaults={"reason": said, "by": actor.name}
        )
        if not new:
            raise RefusedError(Finding("回避", f"{row.name}已回避", "同一单位只登记一次", "不需要再登记"))
        note.changed("回避", "", unit)
        note.reason = said
        return kept


def _judge(of: Judging, number: int) -> Judge:
    rows = Judge.objects.select_related("panel").filter(panel__city=of.city, panel__procedure=of.procedure)
    row = rows.filter(pk=number, panel__year=of.year, left=None).first()
    if row is None:
        raise RefusedError(Finding("评委", "不在评审组中", "评委见批次页", "请刷新页面"))
    return row


def draw_visits(
    actor: Actor, of: Judging, units: Sequence[str], seed: str, count: int, must: Sequence[str], on: date
) -> Panel:
    """Whom the judges visit: drawn once, by a seed that everybody may see.

    Args:
        actor: who draws.
        of: which round.
        units: codes to draw from.
        seed: numbers that witnesses named.
        count: how many to visit.
        must: codes visited whatever is drawn.
        on: today.

    Raises:
        RefusedError: no right, drawn before, no seed, nothing to draw from, or more than there are.
    """
    with act(actor, "rubrics.draw", "panel", f"{of.procedure}/{of.year}", f"{of.label} {of.year}") as note:
        _allowed(actor, "panel", of.label, of.office)
        kept = Panel.objects.select_for_update().get(pk=_panel(of).pk)
        told = seed.replace("\0", "").strip()[:_SEED]
        if kept.seed:
            raise RefusedError(
                Finding("现场核查抽样", f"{kept.drawn_on}已抽", "每批只抽一次，抽后不改", "请按已抽的单位核查")
            )
        if not told:
            raise RefusedError(Finding("种子", "没有填", "种子当场产生，公开可查", "请填见证人当场报出的数字"))
        if not 0 < count <= len(units):
            rule = f"抽取数在1到{len(units)}之间"
            raise RefusedError(Finding("抽取数", f"填的是{count}", rule, "请改正抽取数"))
        kept.seed, kept.drawn_of, kept.must = told, sorted(units), sorted(set(must) & set(units))
        kept.visits = list(sample(units, told, count, must))
        kept.drawn_by, kept.drawn_on = actor.name, on
        kept.save()
        note.detail = {"种子": told, "抽取数": count, "抽中": "、".join(kept.visits)}
        return kept
