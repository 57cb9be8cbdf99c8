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
    digested_by = models.CharField(max_length=10)
    """Which digest: a key of `chain.DIGESTS`."""
    previous = models.CharField(max_length=64)
    digest = models.CharField(max_length=64, unique=True)

    class Meta:
        ordering = ["number"]
        indexes = [
            models.Index(fields=["subject_kind", "subject_id"]),
            # What an auditor looks for by one of these alone is found in the order of the page, however long the journal.
            models.Index(fields=["subject_kind", "number"]),
            models.Index(fields=["actor", "number"]),
            models.Index(fields=["action", "number"]),
            models.Index(fields=["outcome", "number"]),
            models.Index(fields=["address", "number"]),
            models.Index(fields=["at", "number"]),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.actor_name} {self.action} {self.subject}"


class Head(models.Model):
    """The end of the chain: one row, locked while an entry is added."""

    number = models.BigIntegerField(default=0)
    digest = models.CharField(max_length=64)
    by = models.CharField(max_length=10)
    """What the newest entry was digested by, and the next one will be."""

    def __str__(self) -> str:
        return f"{self.number} {self.digest}"


class DayEnd(models.Model):
    """每日链尾: the end of the chain on a day, to be kept outside. This row only lists it; nothing is verified by it."""

    day = models.DateField(unique=True)
    number = models.BigIntegerField()
    digest = models.CharField(max_length=64)
    by = models.CharField(max_length=10)
    at = models.DateTimeField()
    """When it was taken."""
    file = models.CharField(max_length=200, blank=True)
    """What it is called in the folder outside; empty where none is set."""

    class Meta:
        ordering = ["-day"]

    def __str__(self) -> str:
        return f"{self.day} {self.number}:{self.digest}"
