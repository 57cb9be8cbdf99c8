"""操作日志: who did what, when, chained by digests so that no entry can be changed unseen."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Entry(models.Model):
    """One act, done or refused. Its digest covers every field and the digest of the entry before it."""

    number = models.BigIntegerField(primary_key=True)
    at = models.DateTimeField()
    actor = models.CharField(max_length=150)
    actor_name = models.CharField(max_length=100)
    role = models.CharField(max_length=20)
    office = models.CharField(max_length=100, blank=True)
    address = models.CharField(max_length=64, blank=True)
    action = models.CharField(max_length=60)
    subject_kind = models.CharField(max_length=60)
    subject_id = models.CharField(max_length=60)
    subject = models.CharField(max_length=300)
    detail = models.TextField()
    """Canonical JSON: what was before, what is after."""
    outcome = models.CharField(max_length=10, choices=[("done", _("已办")), ("refused", _("未予办理"))])
    reason = models.TextField(blank=True)
    previous = models.CharField(max_length=64)
    digest = models.CharField(max_length=64, unique=True)

    class Meta:
        ordering = ["number"]
        indexes = [models.Index(fields=["subject_kind", "subject_id"]), models.Index(fields=["actor"])]

    def __str__(self) -> str:
        return f"{self.number} {self.actor_name} {self.action} {self.subject}"


class Head(models.Model):
    """The end of the chain: one row, locked while an entry is added."""

    number = models.BigIntegerField(default=0)
    digest = models.CharField(max_length=64)

    def __str__(self) -> str:
        return f"{self.number} {self.digest}"
