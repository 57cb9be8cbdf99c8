"""委托代办: asked for by whoever is away or entered by the administrator; over by itself on its last day."""

from dataclasses import dataclass
from datetime import date, timedelta

from luoshi.bureau.jobs.actions import Letter
from luoshi.bureau.jobs.actions import post as post_letter
from luoshi.bureau.journal.actions import Actor, Note, act
from luoshi.bureau.people.models import Office, Person
from luoshi.bureau.people.rights import given_to_stand_ins, require
from luoshi.bureau.posts.actions.appointing import held_person, keep_founding
from luoshi.bureau.posts.models import Delegation, Post
from luoshi.bureau.posts.queries import acts_said, held, words_of
from luoshi.words.errors import RefusedError
from luoshi.words.findings import Finding

LONGEST = timedelta(days=183)
"""Whoever is away for longer hands over."""
_STATE = Delegation.State
_BOUND = frozenset({"admin", "security", "auditor"})
"""Roles that nobody stands in for: the three administrators watch one another, and a second one is appointed."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is to be delegated."""

    post: int
    """Number of the post that is given; 0 is the only or main one."""
    taker: str
    """Login of whoever stands in."""
    begun: date
    until: date
    reason: str
    acts: tuple[str, ...] = ()
    """Keys of rights; empty is all that may be given."""


def ask_delegation(actor: Actor, wanted: Wanted, on: date) -> Delegation:
    """Ask that a colleague stands in for oneself; it begins when the leader in charge or the administrator has approved it.

    Raises:
        RefusedError: not one's own post, not held all the time, nobody to stand in, or days that cannot be.
    """
    with act(actor, "posts.delegate", "delegation") as note:
        require(actor, "delegate")
        return _asked(actor, actor.login, wanted, on, note)


def enter_delegation(actor: Actor, giver: str, wanted: Wanted, on: date) -> Delegation:
    """The administrator enters one that was approved on paper, for somebody who cannot ask: it holds at once.

    Raises:
        RefusedError: as of `ask_delegation`; or the administrator himself would stand in.
    """
    with act(actor, "posts.delegate", "delegation") as note:
        require(actor, "posts")
        found = _asked(actor, giver, wanted, on, note)
        _approve(actor, found, on, "")
        note.detail |= {"批准": "系统管理员登记"}
    return found


def _asked(actor: Actor, giver: str, wanted: Wanted, on: date, note: Note) -> Delegation:
    person, taker = held_person(actor, giver), held_person(actor, wanted.taker)
    keep_founding(actor, person, on)
    post = _post_of(person, wanted, on)
    note.title = f"{taker.name} 代 {person.name}"
    _refuse_days(person, post, wanted, on)
    _refuse_people(person, taker, post, wanted)
    found = Delegation(post=post, taker=taker, acts=sorted(wanted.acts), begun=wanted.begun, until=wanted.until)
    found.reason, found.asked_by, found.asked_login = wanted.reason.strip()[:300], actor.name, actor.login
    found.save()
    note.id, note.reason = str(found.pk), found.reason
    note.detail = {
        "任职": words_of([post])[post.pk],
        "起": wanted.begun,
        "止": wanted.until,
        "事项": acts_said(post.role, found.acts),
    }
    _tell(actor, found, "asked", f"委托代办待批准：{note.title}")
    return found


def _post_of(person: Person, wanted: Wanted, on: date) -> Post:
    own = Post.objects.filter(held(max(on, wanted.begun)), person=person, stands_for=None).order_by("-main", "id")
    post = (own.filter(pk=wanted.post) if wanted.post else own).first()
    if post is None:
        rule = "只能委托本人的任职，代办的不能再委托"
        raise RefusedError(Finding(person.name, "没有这一任职，或那时已不任此职", rule, "请刷新页面，从本人任职中选"))
    if post.role in _BOUND:
        raise RefusedError(Finding(person.name, "管理员不委托代办", "三员分立，管理员各由专人担任", "请另设一名管理员"))
    return post


def _refuse_days(person: Person, post: Post, wanted: Wanted, on: date) -> None:
    what = ""
    if wanted.until < wanted.begun or wanted.until < on:
        what, rule = f"{wanted.begun} 至 {wanted.until}", "止日不早于起日，也不早于今天"
    elif wanted.until - wanted.begun > LONGEST:
        what, rule = f"共 {(wanted.until - wanted.begun).days + 1} 天", f"一次不超过{LONGEST.days}天，更久的办交接"
    elif post.until and wanted.until > post.until:
        what, rule = f"任职到 {post.until} 为止", "委托不超过本人的任期"
    elif not wanted.reason.strip():
        what, rule = "没有写事由", "委托须写明事由，如出差、学习、病假"
    if what:
        raise RefusedError(Finding(person.name, what, rule, "请改正"))


def _refuse_people(person: Person, taker: Person, post: Post, wanted: Wanted) -> None:
    beyond = [one for one in wanted.acts if one not in given_to_stand_ins(post.role)]
    overlapping = Delegation.objects.filter(post=post, taker=taker, state__in=(_STATE.ASKED, _STATE.APPROVED))
    what = ""
    if taker.pk == person.pk:
        what, rule = "委托给了本人", "代办人是另一位同志"
    elif not taker.is_active:
        what, rule = f"{taker.name}的账号已停用", "代办人须在岗"
    elif post.role == "county" and (taker.division != post.division or taker.school):
        what, rule = f"{taker.name}不是本单位的", "县(市、区)的事项委托给本单位的同志"
    elif post.role == "school" and taker.school != post.school:
        what, rule = f"{taker.name}不是本校的", "学校的事项委托给本校的同志"
    elif post.role not in {"county", "school"} and taker.role in {"county", "school", "teacher"}:
        what, rule = f"{taker.name}不在局机关", "局机关的事项委托给局机关的同志"
    elif beyond:
        what, rule = f"不能委托：{'、'.join(beyond)[:60]}", "只能委托本人有权办、又不须本人亲自办的事项"
    elif overlapping.filter(begun__lte=wanted.until, until__gte=wanted.begun).exists():
        what, rule = f"那几天已委托给{taker.name}", "同一时间同一任职向同一人只委托一次"
    if what:
        raise RefusedError(Finding(person.name, what, rule, "请改正"))


def decide_delegation(actor: Actor, number: int, on: date, words: str, *, approved: bool) -> Delegation:
    """同意 or 不同意 by the leader in charge of the giver's office, or by the administrator; neither of the two themselves.

    Raises:
        RefusedError: no right, another leader's office, one of the two, decided already, over, or declined without a reason.
    """
    with act(actor, "posts.decide_delegation", "delegation", number) as note:
        require(actor, "approve_delegation")
        found = _held(number, (_STATE.ASKED,), note)
        _refuse_approver(actor, found)
        if not approved and not words.strip():
            raise RefusedError(Finding(note.title, "没有写理由", "不同意须写明理由", "请写明理由"))
        if found.until < on:
            raise RefusedError(Finding(note.title, f"{found.until} 已过", "过了止日的不再批准", "请重新申请"))
        note.reason, note.detail = words.strip()[:300], {"结果": "同意" if approved else "不同意"}
        if approved:
            _approve(actor, found, on, note.reason)
        else:
            found.state, found.decided_by, found.decided_on, found.words = _STATE.DECLINED, actor.name, on, note.reason
            found.save()
            _tell(actor, found, "declined", f"委托代办没有批准：{note.title}")
    return found


def _held(number: int, states: tuple[str, ...], note: Note) -> Delegation:
    locked = Delegation.objects.select_for_update(of=("self",)).select_related("post__person", "taker", "stand_in")
    found = locked.filter(pk=number).first()
    if found is None or found.state not in states:
        what = f"现在是“{found.get_state_display()}”" if found else "没有这份委托"
        raise RefusedError(Finding("委托代办", what, "一份委托只办一次", "请刷新页面"))
    note.title = f"{found.taker.name} 代 {found.post.person.name}"
    return found


def _refuse_approver(actor: Actor, found: Delegation) -> None:
    if actor.login in {found.post.person.username, found.taker.username}:
        raise RefusedError(
            Finding("委托代办", "是本人的委托", "委托双方不审批自己的委托", "请分管局领导或系统管理员审批")
        )
    if actor.role != "leader":
        return
    leaders = dict(Office.objects.filter(code__in=(actor.office, found.post.office)).values_list("code", "leader"))
    charge, own = leaders.get(found.post.office, ""), leaders.get(actor.office, "")
    if found.post.role in {"county", "school"} or (charge and charge not in {own, actor.hand}):
        who = charge or "系统管理员"
        raise RefusedError(Finding("委托代办", f"由{who}审批", "分管局领导只审批分管科室的委托", f"请送{who}审批"))


def _approve(actor: Actor, found: Delegation, on: date, words: str) -> None:
    given = found.post
    keep_founding(actor, found.taker, on)
    stand_in = Post(person=found.taker, role=given.role, office=given.office, division=given.division)
    stand_in.school = given.school
    stand_in.section_id, stand_in.title, stand_in.stands_for, stand_in.acts = (
        given.section_id,
        given.title,
        given,
        found.acts,
    )
    stand_in.begun, stand_in.until, stand_in.by = max(found.begun, on), found.until, actor.name
    stand_in.reason = f"委托代办：{found.reason}"[:300]
    stand_in.save()
    found.state, found.decided_by, found.decided_on, found.words = _STATE.APPROVED, actor.name, on, words
    found.stand_in = stand_in
    found.save()
    _tell(actor, found, "approved", f"委托代办已批准：{found.taker.name} 代 {given.person.name}")


def end_delegation(actor: Actor, number: int, on: date, words: str) -> Delegation:
    """Over before its day: by either of the two, the administrator, or whoever approved it.

    Raises:
        RefusedError: somebody else's, over already, or no reason.
    """
    with act(actor, "posts.end_delegation", "delegation", number) as note:
        require(actor, "delegate")
        found = _held(number, (_STATE.ASKED, _STATE.APPROVED), note)
        both = {found.post.person.username, found.taker.username}
        if actor.login not in both and actor.role != "admin" and actor.name != found.decided_by:
            raise RefusedError(Finding(note.title, "是别人的委托", "由双方、批准人或系统管理员结束", "请告诉他们"))
        if not words.strip():
            raise RefusedError(Finding(note.title, "没有写理由", "提前结束须写明理由", "请写明，例如：已返岗"))
        found.state, found.words, note.reason = _STATE.ENDED, words.strip()[:300], words.strip()[:300]
        found.save(update_fields=["state", "words"])
        if found.stand_in:
            found.stand_in.ended_on = on
            found.stand_in.save(update_fields=["ended_on"])
        _tell(actor, found, "ended", f"委托代办已结束：{note.title}")
    return found


def tell_over(actor: Actor, on: date) -> int:
    """Tell both when their day was over: a part of the daily round. Each is told once."""
    over = Delegation.objects.filter(state=_STATE.APPROVED, until__lt=on, until__gte=on - timedelta(days=7))
    told = list(over.select_related("post__person", "taker").order_by("pk"))
    for one in told:
        _tell(actor, one, "over", f"委托代办到期：{one.taker.name} 代 {one.post.person.name}")
    return len(told)


def _tell(actor: Actor, found: Delegation, what: str, subject: str) -> None:
    """Both hear of it."""
    what_for = f"{found.begun} 至 {found.until}，{acts_said(found.post.role, found.acts)}。事由：{found.reason}"
    for login in sorted((found.post.person.username, found.taker.username)):
        key = f"delegation/{found.pk}/{what}/{login}"
        post_letter(actor, Letter(key, "inbox", login, subject, what_for, link="/delegations/"))
