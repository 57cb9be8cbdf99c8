"""A round or a line held until the transaction ends, for somebody who may work on it and has seen it as it is."""

from django.db.models import F

from luoshi.bureau.agreements.models import Line, Round
from luoshi.bureau.agreements.queries import label
from luoshi.bureau.journal.actions import Actor, Note
from luoshi.bureau.people.models import Division
from luoshi.bureau.people.rights import answers, require
from luoshi.words.errors import RefusedError
from luoshi.words.findings import Finding

NOBODY = "-"
"""No section: what nobody leads is not for a section to do."""


def held_round(actor: Actor, right: str, round_id: int, version: int | None, note: Note) -> Round:
    """The round, locked; its title goes into the note.

    Args:
        actor: who acts.
        right: what he must be allowed to do.
        round_id: which.
        version: as the page showed it; None where the act disturbs nobody.
        note: the entry.

    Raises:
        RefusedError: there is none, the person may not, or somebody changed it since the page was shown.
    """
    found = Round.objects.select_for_update().select_related("edition", "edition__city").filter(pk=round_id).first()
    if found is None:
        raise RefusedError(Finding("对数", "没有这一轮", "只能办理已有的轮次", "请刷新页面"))
    note.title = f"{found.edition.title} {found.title}"
    require(actor, right)
    if version is not None and found.version != version:
        raise RefusedError(Finding(found.title, "别人刚刚办理过这一轮", "以先办的为准", "请刷新页面，看过后再办"))
    return found


def refuse_stage(actor: Actor, found: Round, wanted: Round.Stage, said: str) -> None:  # noqa: ARG001 (whoever writes is named in every action)
    """Refuse unless the round is at this stage."""
    if found.stage != wanted:
        what = f"这一轮现在是“{found.get_stage_display()}”"
        rule = f"“{wanted.label}”时才能{said}"
        raise RefusedError(Finding(found.title, what, rule, "请刷新页面，看现在能办什么"))


def held_line(actor: Actor, right: str, line_id: int, version: int, note: Note) -> Line:
    """The line, its round locked before it.

    Raises:
        RefusedError: as `held_round`; a section acts on the figures it leads, a county on its own.
    """
    told = Line.objects.filter(pk=line_id).values_list("round_id", flat=True).first()
    of = held_round(actor, right, told or 0, None, note)
    line = Line.objects.select_for_update().get(pk=line_id)
    line.round = of
    note.title = f"{of.title} {unit_name(actor, line)} {label(line.indicator)}"
    require(actor, right, lead=line.lead or NOBODY if actor.role == "section" else "")
    if actor.role == "county" and not answers(actor, line.division):
        what = f"这是{unit_name(actor, line)}的数"
        raise RefusedError(Finding("对数", what, "县（市、区）只反馈本单位的数", "请由该单位反馈"))
    if line.version != version:
        raise RefusedError(Finding(note.title, "别人刚刚办理过这一行", "以先办的为准", "请刷新页面，看过后再办"))
    return line


def unit_name(actor: Actor, line: Line) -> str:  # noqa: ARG001
    """What the unit of a line is called."""
    if not line.division:
        return "全市"
    found = (
        Division.ever.filter(city_id=line.round.edition.city_id, code=line.division)
        .order_by(F("begun").desc(nulls_last=True))
        .first()
    )
    return found.name if found else line.division


def stepped(actor: Actor, row: Round | Line) -> None:  # noqa: ARG001
    """Write the row with its next version."""
    row.version += 1
    row.save()
