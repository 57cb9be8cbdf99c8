"""Long work, the days the daily round was made, and the outbox."""

from django.db import models
from django.utils.translation import gettext_lazy as _

HANDED = "handed/"
"""Kinds that begin so are done by a process of their own: it alone was handed what is never kept, and nobody else can go on."""


class Job(models.Model):
    """One long piece of work that a person asked for and the worker does.

    Whoever works on it holds a lease: only the worker named here may write, and only until the lease ends or is renewed.
    """

    class State(models.TextChoices):
        """Where a job stands."""

        WAITING = "waiting", _("排队")
        RUNNING = "running", _("办理中")
        STOPPED = "stopped", _("已停止")
        DONE = "done", _("已办完")
        FAILED = "failed", _("未办成")

    kind = models.CharField(max_length=60)
    """Name of its handler: journal.verify."""
    key = models.CharField(max_length=200, unique=True, null=True)
    """What makes it the same job when it is asked for again; null when every asking is a new one."""
    title = models.CharField(max_length=200)
    arguments = models.JSONField(default=dict)
    state = models.CharField(max_length=10, choices=State.choices, default=State.WAITING)
    done = models.PositiveBigIntegerField(default=0)
    total = models.PositiveBigIntegerField(default=0)
    """Done of total pieces, in the unit the words name; total 0 is not known yet."""
    words = models.CharField(max_length=300, blank=True)
    checkpoint = models.JSONField(null=True)
    """What the handler needs to go on from where it was."""
    result = models.JSONField(default=dict)
    """The "words" to be shown, "url" or "file" (a digest) with "name" to be opened."""
    findings = models.JSONField(default=list)
    """Why it was not done: where, what, rule, remedy of each."""
    stop_asked = models.BooleanField(default=False)
    worker = models.CharField(max_length=80, blank=True)
    leased_until = models.DateTimeField(null=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    """How often it was taken up since it last got further."""
    asked_by = models.CharField(max_length=150)
    """Login of whoever asked."""
    asker = models.JSONField(default=dict)
    """The whole actor as of then: whatever the job does, it does as this person."""
    asked = models.DateTimeField(auto_now_add=True)
    begun = models.DateTimeField(null=True)
    ended = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-id"]
        indexes = [
            models.Index(fields=["state", "leased_until"], name="jobs_to_take"),
            models.Index(fields=["asked_by"], name="jobs_of_a_person"),
        ]

    def __str__(self) -> str:
        return self.title


class Round(models.Model):
    """One part of the daily round on one day: made once, whoever makes it."""

    class State(models.TextChoices):
        """How it went."""

        DONE = "done", _("已办完")
        FAILED = "failed", _("未办成")

    day = models.DateField()
    name = models.CharField(max_length=60)
    state = models.CharField(max_length=10, choices=State.choices)
    attempts = models.PositiveSmallIntegerField(default=0)
    next_try = models.DateTimeField(null=True)
    findings = models.JSONField(default=list)
    words = models.CharField(max_length=300, blank=True)
    """What was done, in Chinese."""
    ended = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-day", "name"]
        constraints = [models.UniqueConstraint(fields=["day", "name"], name="one_round_a_day")]

    def __str__(self) -> str:
        return f"{self.day} {self.name}"


class Message(models.Model):
    """One notice to one addressee by one channel, kept with what caused it, sent at most once by itself."""

    class Channel(models.TextChoices):
        """How it goes."""

        INBOX = "inbox", _("站内")
        MAIL = "mail", _("邮件")
        HOOK = "hook", _("外发接口")

    class State(models.TextChoices):
        """Where a message stands. An inbox message is sent as soon as it is there."""

        WAITING = "waiting", _("待发")
        SENDING = "sending", _("正在发")
        SENT = "sent", _("已发")
        UNSURE = "unsure", _("可能已发出")
        FAILED = "failed", _("没有发出")
        SHUT = "shut", _("渠道未开通")
        READ = "read", _("已读")

    key = models.CharField(max_length=200, unique=True)
    channel = models.CharField(max_length=10, choices=Channel.choices)
    to = models.CharField(max_length=200)
    """A login for the inbox; an address, or the login of whoever has one, for mail; a name of the receiver's for the hook."""
    subject = models.CharField(max_length=300)
    body = models.TextField()
    ics = models.TextField(blank=True)
    link = models.CharField(max_length=300, blank=True)
    """The page it speaks of, a path of this website."""
    due = models.DateTimeField()
    """Not before this moment."""
    state = models.CharField(max_length=10, choices=State.choices, default=State.WAITING)
    attempts = models.PositiveSmallIntegerField(default=0)
    next_try = models.DateTimeField()
    claimed_by = models.CharField(max_length=80, blank=True)
    claimed_until = models.DateTimeField(null=True)
    error = models.CharField(max_length=300, blank=True)
    posted_by = models.CharField(max_length=100)
    posted = models.DateTimeField(auto_now_add=True)
    sent_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-id"]
        indexes = [
            models.Index(fields=["state", "next_try"], name="messages_to_send"),
            models.Index(fields=["channel", "to", "state"], name="messages_of_a_person"),
        ]

    def __str__(self) -> str:
        return f"{self.channel} {self.to} {self.subject}"
