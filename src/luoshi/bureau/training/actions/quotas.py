"""Places of national and provincial projects: divided to counties, filled by nomination, once a teacher and year."""

from collections.abc import Mapping

from luoshi.bureau.journal.actions import Actor, act
from luoshi.bureau.people.models import City
from luoshi.bureau.people.rights import require
from luoshi.bureau.training.known import known
from luoshi.bureau.training.models import Credit, Nomination, Quota, Teacher
from luoshi.bureau.training.queries import many_named, why_not_seen
from luoshi.words.errors import RefusedError
from luoshi.words.findings import Finding

_AGAIN = 3
"""Years within which somebody who was sent before is told of."""


def divide(
    actor: Actor, city: City, project: str, year: int, total: int, document: str, shares: Mapping[str, int]
) -> Quota:
    """分配名额: the city's places and each county's share.

    Raises:
        RefusedError: no right, no such project, no document, shares beyond the whole, or below what is named already.
    """
    with act(actor, "training.divide", "training", project, "名额") as note:
        require(actor, "training_quota")
        of = known().get(project)
        if of is None or not of.quota:
            raise RefusedError(Finding("名额", "这个项目不分配名额", "国培、省培等分配名额", "请从分配名额的项目里选"))
        note.title = f"{of.label} {year}"
        if not document.strip() or sum(shares.values()) > total or total < 1:
            what = f"总名额 {total}，分到县(市、区) {sum(shares.values())}"
            raise RefusedError(Finding(note.title, what, "写明文号；各县(市、区)之和不多于总名额", "请改好再存"))
        for county, seats in shares.items():
            named = many_named(city, project, year, county)
            if named > seats:
                what = f"{county} 已推荐 {named} 人，名额 {seats}"
                raise RefusedError(Finding(note.title, what, "名额不少于已推荐的人数", "请先退回推荐，或增加名额"))
        told = {"document": document.strip()[:100], "by": actor.name}
        whole, _ = Quota.objects.update_or_create(
            city=city, project=project, year=year, county="", defaults={"seats": total, **told}
        )
        for county, seats in shares.items():
            Quota.objects.update_or_create(
                city=city, project=project, year=year, county=county, defaults={"seats": seats, **told}
            )
        note.detail = {"总名额": total, "分到县(市、区)": sum(shares.values()), "文号": document.strip()}
    return whole


def name(actor: Actor, teacher: Teacher, project: str, year: int) -> Nomination:
    """推荐: within the county's share. Who was sent for the same within three years is told of, not refused.

    Raises:
        RefusedError: no right, another county's teacher, the share is used up, or named already.
    """
    with act(actor, "training.name", "teacher", teacher.pk, f"教师 {teacher.code[:8]}") as note:
        require(actor, "training_name")
        if why := why_not_seen(actor, teacher):
            raise RefusedError(why)
        rows = Quota.objects.select_for_update().filter(
            city=teacher.city, project=project, year=year, county=teacher.county
        )
        share = rows.first()
        named = many_named(teacher.city, project, year, teacher.county)
        if share is None or named >= share.seats:
            what = f"名额 {share.seats if share else 0}，已推荐 {named}"
            raise RefusedError(Finding("推荐", what, "推荐不多于分到的名额", "请先退回别人，或请市里增加名额"))
        again = Nomination.objects.filter(teacher=teacher, project=project, year=year).exclude(
            state=Nomination.State.RETURNED
        )
        if again.exists():
            raise RefusedError(Finding("推荐", "已推荐过", "一人一年一个项目推荐一次", "请推荐别人"))
        row = Nomination.objects.create(
            city=teacher.city, project=project, year=year, county=teacher.county, teacher=teacher, by=actor.name,
            by_login=actor.login, doubt=_sent_before(teacher, project, year),
        )  # fmt: skip
        note.detail = {"项目": known()[project].label, "年度": year}
    return row


def _sent_before(teacher: Teacher, project: str, year: int) -> str:
    years = range(year - _AGAIN + 1, year + 1)
    rows = Credit.objects.filter(teacher=teacher, event__project=project, event__year__in=years)
    told = sorted(set(rows.values_list("event__year", flat=True)))
    other = (
        Nomination.objects.filter(teacher=teacher, year=year).exclude(project=project).exclude(state="returned").first()
    )
    words = [f"{'、'.join(map(str, told))} 年参加过同一项目"] if told else []
    words += [f"同年还推荐参加{known()[other.project].label}"] if other else []
    return "；".join(words)[:200]


def decide_named(actor: Actor, number: int, *, confirm: bool) -> Nomination:
    """确认 or 退回 of a nomination.

    Raises:
        RefusedError: no right, no such nomination, or decided already.
    """
    with act(actor, "training.decide_named", "teacher", "", "推荐") as note:
        require(actor, "training_quota")
        row = Nomination.objects.select_for_update(of=("self",)).select_related("teacher").filter(pk=number).first()
        if row is None or row.state != Nomination.State.NAMED:
            raise RefusedError(Finding("推荐", "没有这一件，或已办", "一件推荐办一次", "请刷新页面"))
        note.id, note.title = str(row.teacher_id), f"教师 {row.teacher.code[:8]}"
        row.state = Nomination.State.CONFIRMED if confirm else Nomination.State.RETURNED
        row.decided_by = actor.name
        row.save(update_fields=["state", "decided_by"])
        note.detail = {"项目": known()[row.project].label, "结果": row.get_state_display()}
    return row
