"""Plans as they were read, and what is proposed from them until a person decides."""

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from luoshi.bureau.fields import JSON


class Mechanism(models.Model):
    """One mechanism the plan names: its phrases are quotations."""

    city = models.ForeignKey("people.City", models.PROTECT, related_name="mechanisms")
    key = models.CharField(max_length=10)
    point = models.CharField(max_length=10)
    name = models.CharField(max_length=100)
    name_en = models.CharField(max_length=200)
    phrases = JSON(default=list)
    pattern = models.CharField(max_length=20)
    also = models.CharField(max_length=60, blank=True)

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.key} {self.name}"


AUDIENCES = [("public", _("公开")), ("system", _("系统内")), ("bureau", _("局内")), ("leaders", _("领导参阅"))]


class Edition(models.Model):
    """One plan text, kept verbatim under its digest; never changed after it is stored."""

    class Kind(models.TextChoices):
        """What the text is, and so how much of it may be kept."""

        PLAN = "plan", _("年度工作要点")
        MINUTES = "minutes", _("会议纪要")
        UPPER = "upper", _("上级文件")
        LEDGER = "ledger", _("旧台账")

    city = models.ForeignKey("people.City", models.PROTECT, related_name="editions")
    title = models.CharField(max_length=200)
    issuer = models.CharField(max_length=100, blank=True)
    year = models.PositiveSmallIntegerField(null=True)
    begun = models.DateField(null=True)
    until = models.DateField(null=True)
    text = models.TextField()
    digest = models.CharField(max_length=64)
    file_name = models.CharField(max_length=200)
    file_digest = models.CharField(max_length=64)
    form = models.CharField(max_length=20)
    """txt, docx, pdf, html, ofd: what the file was by content."""
    kind = models.CharField(max_length=10, choices=Kind.choices, default=Kind.PLAN)
    document_number = models.CharField(max_length=100, blank=True)
    """文号 of minutes and upper documents; of these only number, date and abstract are kept, the text is the abstract."""
    dated = models.DateField(null=True)
    audience = models.CharField(max_length=20, choices=AUDIENCES, default="system")
    file = models.ForeignKey("files.File", models.PROTECT, null=True, related_name="+")
    """An imported ledger's workbook, to be written again in the same look."""
    imaginary = models.BooleanField(default=False)
    """True when the text itself says at its head that it is made up: every page that shows it then says so too."""
    stored = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-year", "-id"]
        constraints = [models.UniqueConstraint(fields=["city", "digest"], name="one_edition_a_text")]

    def __str__(self) -> str:
        return self.title


class Point(models.Model):
    """条目, or a section heading when `number` holds no point."""

    edition = models.ForeignKey(Edition, models.PROTECT, related_name="points")
    number = models.CharField(max_length=20)
    title = models.CharField(max_length=200)
    section = models.CharField(max_length=20, blank=True)
    section_title = models.CharField(max_length=200, blank=True)
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()
    place = models.PositiveIntegerField()

    class Meta:
        ordering = ["place"]

    def __str__(self) -> str:
        return f"{self.number} {self.title}"


class Proposal(models.Model):
    """What the reader proposes from one clause, and what a person decided about it."""

    class Decision(models.TextChoices):
        """确认立项, 不立项, or nothing yet."""

        OPEN = "open", _("待定")
        CONFIRMED = "confirmed", _("确认立项")
        DISMISSED = "dismissed", _("不立项")
        SPLIT = "split", _("已拆分")

    edition = models.ForeignKey(Edition, models.PROTECT, related_name="proposals")
    point = models.ForeignKey(Point, models.PROTECT, related_name="proposals", null=True)
    number = models.CharField(max_length=20)
    """The reader's id, "15.1"."""
    place = models.PositiveIntegerField()
    sentence_start = models.PositiveIntegerField()
    sentence_end = models.PositiveIntegerField()
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()
    clause = models.TextField()
    """text[start:end], kept for search; re-verified against the edition before it enters the ledger."""
    action = models.CharField(max_length=60)
    subject = models.CharField(max_length=300)
    kind = models.CharField(max_length=20)
    strength = models.CharField(max_length=20)
    scope = models.CharField(max_length=100, blank=True)
    offices = JSON(default=list)
    organisations = JSON(default=list)
    policies = JSON(default=list)
    programmes = JSON(default=list)
    repeats = JSON(default=list)
    missing = JSON(default=list)
    """Keys of what the promise lacks as written: number, date, owner, decision, …"""
    lead = models.CharField(max_length=20, blank=True)
    """Code of the proposed lead office."""
    partners = JSON(default=list)
    lead_because = models.CharField(max_length=300, blank=True)
    decision = models.CharField(max_length=20, choices=Decision.choices, default=Decision.OPEN)
    reason = models.CharField(max_length=300, blank=True)
    decided_by = models.CharField(max_length=100, blank=True)
    decided_at = models.DateTimeField(null=True)
    parent = models.ForeignKey("self", models.PROTECT, null=True, related_name="parts")
    """The proposal it was split from; that one is decided with its parts."""
    added_by = models.CharField(max_length=100, blank=True)
    """Who marked it in the text by hand; empty for what was read."""
    earlier = JSON(default=dict)
    """The clause of an earlier plan that is surely the same promise: its number, plan and lead, and why."""
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["place", "start"]
        constraints = [models.UniqueConstraint(fields=["edition", "number"], name="one_proposal_a_number")]
        indexes = [models.Index(fields=["edition", "decision"], name="proposals_by_decision")]

    def __str__(self) -> str:
        return f"{self.number} {self.clause}"


class TargetColumns(models.Model):
    """A target's columns, the same where it is proposed and where the ledger keeps it."""

    place = models.PositiveSmallIntegerField()
    comparator = models.CharField(max_length=20)
    value = models.DecimalField(max_digits=24, decimal_places=6, null=True)
    value_max = models.DecimalField(max_digits=24, decimal_places=6, null=True)
    unit = models.CharField(max_length=40, blank=True)
    deadline = models.DateField(null=True)
    due = models.DateField(null=True)
    implicit = models.BooleanField(default=False)
    strength = models.CharField(max_length=20)
    subject = models.CharField(max_length=300, blank=True)
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()
    indicator = models.CharField(max_length=60, blank=True)

    class Meta:
        abstract = True
        ordering = ["place"]

    def __str__(self) -> str:
        return f"{self.subject} {self.comparator} {self.value} {self.unit}"

    def columns(self) -> dict[str, Any]:
        """Every column by its name, for a row of the other table."""
        return {field.name: getattr(self, field.name) for field in TargetColumns._meta.fields}


class ProposedTarget(TargetColumns):
    """A target as it was read."""

    proposal = models.ForeignKey(Proposal, models.CASCADE, related_name="targets")
