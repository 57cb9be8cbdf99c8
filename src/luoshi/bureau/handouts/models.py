"""Papers that go out to be filled or commented on, and what came back on them."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Handout(models.Model):
    """外发表: rows of the ledger as they stood when they went out, as a workbook or a Word table."""

    class Purpose(models.TextChoices):
        """Why it went out."""

        CONSULT = "consult", _("征求意见")
        EDIT = "edit", _("填报")

    edition = models.ForeignKey("plans.Edition", models.PROTECT, related_name="handouts")
    breakdown = models.ForeignKey("ledger.Breakdown", models.PROTECT, null=True, related_name="handouts")
    code = models.CharField(max_length=20, unique=True)
    """校验码: printed on the paper; what comes back is held against this row."""
    form = models.CharField(max_length=4)
    """xlsx or docx."""
    purpose = models.CharField(max_length=10, choices=Purpose.choices)
    to = models.CharField(max_length=100, blank=True)
    """For whom, in words."""
    role = models.CharField(max_length=20)
    office = models.CharField(max_length=20, blank=True)
    """Who may fill what was decided when it went out, for this role and office."""
    columns = models.JSONField(default=list)
    rows = models.JSONField(default=dict)
    """By the row's id: its cells by column, as they went out."""
    by = models.CharField(max_length=100)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-id"]

    def __str__(self) -> str:
        return self.code


class Handback(models.Model):
    """返回表: one file that came back."""

    handout = models.ForeignKey(Handout, models.PROTECT, related_name="handbacks")
    file = models.ForeignKey("files.File", models.PROTECT, related_name="+")
    sender = models.CharField(max_length=100, blank=True)
    """Who sent it, as the one who brought it says."""
    doubts = models.JSONField(default=list)
    """What could not be read for sure: findings, four words each."""
    by = models.CharField(max_length=100)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-id"]

    def __str__(self) -> str:
        return f"{self.handout} {self.sender}"


class Remark(models.Model):
    """One cell that came back otherwise, or one comment: what was, what is wanted, and the answer."""

    class Decision(models.TextChoices):
        """What became of it."""

        OPEN = "open", _("待办")
        ADOPTED = "adopted", _("采纳")
        PARTLY = "partly", _("部分采纳")
        DECLINED = "declined", _("未采纳")
        BARRED = "barred", _("无权填写")

    handback = models.ForeignKey(Handback, models.PROTECT, related_name="remarks")
    commitment = models.ForeignKey("ledger.Commitment", models.PROTECT, related_name="remarks")
    column = models.CharField(max_length=30, blank=True)
    """Key of the ledger column; empty for a comment on the whole row."""
    was = models.TextField(blank=True)
    """As it went out."""
    told = models.TextField()
    """As it came back."""
    decision = models.CharField(max_length=10, choices=Decision.choices, default=Decision.OPEN)
    answer = models.TextField(blank=True)
    """Why: shown to whoever made the remark."""
    decided_by = models.CharField(max_length=100, blank=True)
    decided_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["commitment__place", "id"]
        indexes = [models.Index(fields=["handback", "decision"])]

    def __str__(self) -> str:
        return f"{self.column} {self.told}"
