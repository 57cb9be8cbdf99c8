"""Running the daily round, setting the habits, and how a person is reached. Only here is it written."""

import secrets
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.utils import timezone

from luoshi.bureau.jobs.actions import Letter, post
from luoshi.bureau.journal.actions import Actor, act
from luoshi.bureau.journal.turn import turn
from luoshi.bureau.people.models import City, Person
from luoshi.bureau.people.queries import calendar_of
from luoshi.bureau.people.rights import refused, require
from luoshi.bureau.reminders import queries
from luoshi.bureau.reminders.models import Digest, HabitsVersion, Preference, Reminder, Round
from luoshi.tracking import reminding
from luoshi.tracking.calendar_files import as_calendar
from luoshi.tracking.dues import Due, Habits, Member
from luoshi.words.errors import RefusedError
from luoshi.words.findings import Finding
from luoshi.words.provenance import digest as digest_of

PAGE = "/reminders/"
_MOST_DAYS, _MOST_STEPS, _MOST_TIMES = 60, 5, 24


@dataclass(frozen=True, slots=True)
class Ran:
    """What a round did."""

    day: date
    worked: bool
    """False on a day that is not worked: nothing is said then."""
    made: int
    """Digests of this run."""
    total: int
    """Digests of the day, those of earlier runs among them."""


def run_round(actor: Actor, city: City, on: date, extra: Sequence[Due] = ()) -> Ran:
    """Tell everybody what the habits say of a day. Run again it makes what is missing and nothing else.

    Each person's digest with its lines and letters is one transaction, the end of the round with its entry in the journal
    another: killed anywhere and run again, the day ends with the same rows.

    Args:
        actor: who runs it; the worker of the house or a person.
        city: whose ledger is looked through.
        on: the day.
        extra: what other rooms know to be due besides: reports, figures to be agreed, papers to be answered.

    Raises:
        RefusedError: no right, a day to come, or a day before one that was told already.
    """
    _refuse_unfit(actor, city, on)
    calendar, habits = calendar_of(city), queries.habits_of(city)
    if not calendar.is_workday(on):
        return Ran(on, worked=False, made=0, total=0)
    leaders = queries.leaders_of(city)
    people = {one.login: one for one in queries.members(leaders)}
    dues = {due.mark: due for due in (*queries.open_dues(city, leaders, on), *queries.handed_on(city, list(extra), on))}
    known = queries.sent(city, on, habits, calendar)
    told = reminding.round_of(on, dues.values(), people.values(), known, habits, calendar)
    mails = queries.addresses([one.person for one in told])
    run = _Run(actor, city, on, habits.version, dues)
    made = sum(run.keep(one, people[one.person], mails.get(one.person, "")) for one in told)
    return Ran(on, worked=True, made=made, total=_finish(actor, city, on, made))


def _refuse_unfit(actor: Actor, city: City, on: date) -> None:
    latest, finding = queries.latest_round(city), refused(actor, "remind")
    if finding is None and on > timezone.localdate():
        finding = Finding("提醒", f"日期 {on} 还没有到", "当天的提醒当天发", "请改日期")
    if finding is None and latest and latest > on:
        what = f"已经发到 {latest}，不能再补发 {on} 的"
        finding = Finding("提醒", what, "漏发的由以后的提醒补上，不倒着发", f"请选 {latest} 或以后的日期")
    if finding is not None:
        with act(actor, "reminders.round", "city", city.pk, f"{on} 提醒"):
            raise RefusedError(finding)


@dataclass(frozen=True, slots=True)
class _Run:
    """One run of a day's round."""

    actor: Actor
    city: City
    on: date
    habits: int
    dues: Mapping[str, Due]

    def keep(self, told: reminding.Digest, member: Member, mail: str) -> bool:
        """One person's digest, lines and letters, all or nothing; False when he had one meanwhile."""
        with turn(), transaction.atomic():
            kept, fresh = Digest.objects.get_or_create(
                city=self.city,
                day=self.on,
                person=told.person,
                defaults={
                    "name": member.name,
                    "role": member.role,
                    "office": member.office,
                    "division": member.division,
                    "subject": reminding.subject(told, self.on),
                    "habits": self.habits,
                },
            )
            if fresh:
                Reminder.objects.bulk_create(self._lines(kept, told))
                self._post(kept, told, mail)
        return fresh

    def _lines(self, kept: Digest, told: reminding.Digest) -> Iterable[Reminder]:
        for place, line in enumerate(told.lines):
            yield Reminder(
                digest=kept,
                place=place,
                day=self.on,
                person=told.person,
                due=line.due,
                step=line.step,
                copy=line.copy,
                words=line.words[:500],
                link=line.link,
            )

    def _post(self, kept: Digest, told: reminding.Digest, mail: str) -> None:
        key, words = f"digest/{self.on}/{told.person}", reminding.body(told)
        post(self.actor, Letter(f"{key}/inbox", "inbox", told.person, kept.subject, words, link=PAGE))
        if mail:
            days = as_calendar((self.dues[line.due] for line in told.lines), "到期事项", self.on, self.city.key)
            letter = Letter(f"{key}/mail", "mail", mail, kept.subject, words, ics=days.decode(), link=PAGE)
            post(self.actor, letter)


def _finish(actor: Actor, city: City, on: date, made: int) -> int:
    """The end of a round in the journal, once a run that told anybody anything, and once a day in any case."""
    told = Reminder.objects.filter(digest__city=city, day=on).order_by("person", "due", "step")
    rows = list(told.values_list("person", "due", "step"))
    total = Digest.objects.filter(city=city, day=on).count()
    if made or queries.round_on(city, on) is None:
        with act(actor, "reminders.round", "city", city.pk, f"{on} 提醒") as note:
            Round.objects.get_or_create(city=city, day=on, defaults={"by": actor.name})
            note.detail = {"份数": total, "条数": len(rows), "摘要": digest_of(repr(rows).encode())}
    return total


def set_habits(actor: Actor, city: City, becomes: Habits, reason: str) -> HabitsVersion:
    """A new version of the habits; the versions before stay.

    Args:
        actor: who.
        city: whose habits.
        becomes: what they shall be; its version is the one that was shown.
        reason: why.

    Raises:
        RefusedError: no right, a number out of bounds, no reason, or changed meanwhile.
    """
    with act(actor, "reminders.habits", "city", city.pk, "提醒规则") as note:
        require(actor, "habits")
        City.objects.select_for_update().get(pk=city.pk)
        was = queries.habits_of(city)
        if was.version != becomes.version:
            raise RefusedError(Finding("提醒规则", "别人刚刚改过", "以先改的为准", "请刷新页面，看过后再改"))
        findings = list(_unfit(becomes, reason))
        if findings:
            raise RefusedError(*findings)
        note.reason = reason.strip()
        note.changed("提醒规则", _told(was), _told(becomes))
        return HabitsVersion.objects.create(
            city=city,
            number=was.version + 1,
            before=sorted(set(becomes.before), reverse=True),
            on_day=becomes.on_day,
            every=becomes.every,
            most=becomes.most,
            patience=becomes.patience,
            apart=becomes.apart,
            reason=reason.strip(),
            by=actor.name,
        )


def _unfit(habits: Habits, reason: str) -> Iterable[Finding]:
    if not reason.strip():
        yield Finding("提醒规则", "没有写理由", "改规则须写明理由", "请写明为什么改")
    if len(habits.before) > _MOST_STEPS or any(not 1 <= one <= _MOST_DAYS for one in habits.before):
        said = "、".join(str(one) for one in habits.before)
        rule = f"至多 {_MOST_STEPS} 个，每个为 1 至 {_MOST_DAYS} 个工作日"
        yield Finding("提前几个工作日", f"“{said}”不合适", rule, "请改正，例如 10、5、1")
    bounds = (
        ("到期后每几个工作日", habits.every, 1, _MOST_DAYS),
        ("到期后至多几次", habits.most, 0, _MOST_TIMES),
        ("几次未反馈抄送上一级", habits.patience, 0, _MOST_TIMES),
        ("两次至少相隔几个工作日", habits.apart, 1, _MOST_DAYS),
    )
    for name, value, least, most in bounds:
        if not least <= value <= most:
            yield Finding(name, f"“{value}”不合适", f"须为 {least} 至 {most} 的整数", "请改正")


def _told(habits: Habits) -> str:
    before = "、".join(str(one) for one in habits.before) or "不提前"
    return (
        f"提前{before}个工作日，当天{'提醒' if habits.on_day else '不提醒'}，之后每{habits.every}个工作日、"
        f"至多{habits.most}次，{habits.patience}次未反馈抄送，至少相隔{habits.apart}个工作日"
    )


def set_address(actor: Actor, address: str) -> Preference:
    """Where one's own digests go by mail; empty stops that.

    Raises:
        RefusedError: not signed in, or no mail address.
    """
    with act(actor, "reminders.address", "person", actor.login, actor.name) as note:
        kept = _own(actor)
        if address.strip():
            try:
                validate_email(address.strip())
            except ValidationError as error:
                what = f"“{address[:60]}”不是邮箱地址"
                finding = Finding("邮箱", what, "须为完整的邮箱地址", "请改正，或清空表示不发邮件")
                raise RefusedError(finding) from error
        had, kept.email = bool(kept.email), address.strip()
        kept.save(update_fields=["email"])
        note.detail = {
            "邮箱": ("更换" if had else "已设") if kept.email else "已清空"
        }  # the address itself is nobody's business
    return kept


def make_token(actor: Actor) -> str:
    """A new secret address for one's own calendar; the one before opens nothing any more. Shown once, kept nowhere.

    Raises:
        RefusedError: not signed in.
    """
    with act(actor, "reminders.token", "person", actor.login, actor.name) as note:
        kept, secret = _own(actor), secrets.token_urlsafe(32)
        note.detail = {"订阅地址": "更换" if kept.token else "生成"}
        kept.token, kept.token_at = digest_of(secret.encode()), timezone.now()
        kept.save(update_fields=["token", "token_at"])
    return secret


def drop_token(actor: Actor) -> None:
    """One's own calendar opens to nobody any more.

    Raises:
        RefusedError: not signed in.
    """
    with act(actor, "reminders.token", "person", actor.login, actor.name) as note:
        kept = _own(actor)
        kept.token, kept.token_at = None, None
        kept.save(update_fields=["token", "token_at"])
        note.detail = {"订阅地址": "停用"}


def _own(actor: Actor) -> Preference:
    person = Person.objects.select_for_update().filter(username=actor.login, is_active=True).first()
    if person is None:
        raise RefusedError(Finding("提醒", "未登录，或账号已停用", "只能设置本人的提醒方式", "请先用本人账号进入"))
    kept, _ = Preference.objects.get_or_create(person=person)
    return kept
