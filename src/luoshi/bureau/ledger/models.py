"""督查台账: what was confirmed, its targets and milestones, and what people judged about it."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from luoshi.bureau.plans.models import TargetColumns

AUDIENCES = [("public", _("公开")), ("system", _("系统内")), ("bureau", _("局内")), ("leaders", _("领导参阅"))]


class Commitment(models.Model):
    """督查事项: one row of the ledger, because of one or more clauses."""

    edition = models.ForeignKey("plans.Edition", models.PROTECT, related_name="commitments")
    point = models.ForeignKey("plans.Point", models.PROTECT, related_name="commitments", null=True)
    number = models.CharField(max_length=30)
    """"15.1"; the paper writes 2020-15-01."""
    place = models.PositiveIntegerField()
    title = models.CharField(max_length=300)
    kind = models.CharField(max_length=20)
    strength = models.CharField(max_length=20)
    scope = models.CharField(max_length=100, blank=True)
    divisions = models.JSONField(default=list)
    """Codes of the divisions that answer for it; empty is the whole city."""
    lead = models.CharField(max_length=20, blank=True)
    partners = models.JSONField(default=list)
    leader = models.CharField(max_length=60, blank=True)
    begun = models.DateField(null=True)
    due = models.DateField(null=True)
    audience = models.CharField(max_length=20, choices=AUDIENCES, default="system")
    missing = models.JSONField(default=list)
    """What the promise lacks as written."""
    trouble = models.CharField(max_length=300, blank=True)
    """存在问题 / 需协调解决的问题."""
    judged = models.CharField(max_length=20, blank=True)
    """核定状态 as 督查室 last verified it; empty is 待核定."""
    judged_on = models.DateField(null=True)
    claimed = models.CharField(max_length=20, blank=True)
    """科室自评; empty when none."""
    words = models.TextField(blank=True)
    """Single characters and pairs of title and clauses, separated by spaces: what a Chinese search looks in."""
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["place"]
        constraints = [models.UniqueConstraint(fields=["edition", "number"], name="one_commitment_a_number")]

    def __str__(self) -> str:
        return f"{self.number} {self.title}"


class Quote(models.Model):
    """原文: the clause a commitment rests on; its text was found at its place when it was stored."""

    commitment = models.ForeignKey(Commitment, models.PROTECT, related_name="quotes")
    proposal = models.OneToOneField("plans.Proposal", models.PROTECT, related_name="quote")
    sentence_start = models.PositiveIntegerField()
    sentence_end = models.PositiveIntegerField()
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()
    text = models.TextField()

    class Meta:
        ordering = ["start"]

    def __str__(self) -> str:
        return self.text


class Target(TargetColumns):
    """目标任务: what would keep the promise. What a person corrected keeps what was read."""

    commitment = models.ForeignKey(Commitment, models.PROTECT, related_name="targets")
    read_as = models.JSONField(default=dict)
    """What the reader proposed, when a person corrected it; empty otherwise."""


class Milestone(models.Model):
    """时间节点: a step of a commitment with a day of its own."""

    commitment = models.ForeignKey(Commitment, models.PROTECT, related_name="milestones")
    name = models.CharField(max_length=200)
    due = models.DateField(null=True)
    done = models.DateField(null=True)
    place = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["place", "due"]

    def __str__(self) -> str:
        return self.name


class Judgement(models.Model):
    """One step of 科室自评 → 分管领导审签 → 督查室核定, or a sending back; never changed afterwards."""

    class Step(models.TextChoices):
        """Who judged."""

        SELF = "self", _("科室自评")
        LEADER = "leader", _("分管领导审签")
        OFFICE = "office", _("督查室核定")
        BACK = "back", _("退回修改")

    commitment = models.ForeignKey(Commitment, models.PROTECT, related_name="judgements")
    step = models.CharField(max_length=10, choices=Step.choices)
    state = models.CharField(max_length=20, blank=True)
    """A spine.State; empty for a sending back."""
    on = models.DateField()
    """截至日."""
    reason = models.TextField()
    shown = models.TextField(blank=True)
    """佐证: what was looked at."""
    trouble = models.CharField(max_length=300, blank=True)
    by = models.CharField(max_length=100)
    by_login = models.CharField(max_length=150)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.get_step_display()} {self.state}"
