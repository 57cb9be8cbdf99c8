"""公布件: what is published by rule or duty, frozen when it is drafted, numbered when it is out, corrected beside what it corrects."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from luoshi.bureau.fields import JSON
from luoshi.bureau.plans.models import AUDIENCES


class Publication(models.Model):
    """One edition of a publication. Nothing of it is computed again after it was drafted."""

    class Stage(models.TextChoices):
        """拟稿 → 审批 → 公布, 撤回 in the open; a draft may be dropped."""

        DRAFT = "draft", _("拟稿")
        APPROVED = "approved", _("已审批")
        PUBLISHED = "published", _("已公布")
        WITHDRAWN = "withdrawn", _("已撤回")
        DROPPED = "dropped", _("作废")

    city = models.ForeignKey("people.City", models.PROTECT, related_name="publications")
    kind = models.CharField(max_length=40)
    """Key of a declared sort."""
    period = models.CharField(max_length=12)
    """2020, 2020-Q3, or the day."""
    on = models.DateField()
    """截至日."""
    audience = models.CharField(max_length=20, choices=AUDIENCES, default="public")
    """知悉范围: only 公开 leaves the house."""
    stage = models.CharField(max_length=10, choices=Stage.choices, default=Stage.DRAFT)
    title = models.CharField(max_length=200)
    content = models.JSONField()
    """Text, tables and sources, frozen: publishing.nouns.Content."""
    digest = models.CharField(max_length=64)
    """SHA-256 of the content: what was approved is what is published."""
    left_out = JSON(default=list)
    """What was asked for and is not held: for the drafter only."""
    year = models.PositiveSmallIntegerField(null=True)
    serial = models.PositiveIntegerField(null=True)
    """第几号 of the year and audience; a correction keeps that of what it corrects."""
    edition = models.PositiveSmallIntegerField(default=1)
    corrects = models.ForeignKey("self", models.PROTECT, null=True, related_name="corrections")
    """The edition it corrects, which stays."""
    changes = JSON(default=list)
    """What it says otherwise, cell by cell."""
    reason = models.CharField(max_length=300, blank=True)
    """Why it corrects, was withdrawn or dropped."""
    doc_no = models.CharField(max_length=100, blank=True)
    """发文字号, where the office of papers gave one."""
    drafted_by = models.CharField(max_length=100)
    drafted_login = models.CharField(max_length=150)
    drafted_at = models.DateTimeField(auto_now_add=True)
    approved_by = models.CharField(max_length=100, blank=True)
    approved_login = models.CharField(max_length=150, blank=True)
    approved_on = models.DateField(null=True)
    words = models.CharField(max_length=300, blank=True)
    """审批意见."""
    scan = models.ForeignKey("files.File", models.PROTECT, null=True, related_name="+")
    published_by = models.CharField(max_length=100, blank=True)
    published_on = models.DateField(null=True)
    withdrawn_by = models.CharField(max_length=100, blank=True)
    withdrawn_on = models.DateField(null=True)
    why_withdrawn = models.CharField(max_length=300, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["city", "year", "audience", "serial", "edition"],
                condition=~models.Q(serial=None),
                name="one_publication_a_number_and_edition",
            ),
            models.UniqueConstraint(
                fields=["corrects"],
                condition=models.Q(stage__in=["draft", "approved", "published"]),
                name="one_correction_of_an_edition",
            ),
        ]
        indexes = [
            models.Index(fields=["city", "kind", "stage", "period"], name="publications_of_a_kind"),
            models.Index(fields=["city", "stage", "audience", "-id"], name="publications_of_the_public"),
        ]

    def __str__(self) -> str:
        return self.title


class Told(models.Model):
    """公布的办件: a case whose result an edition tells, so that its clock stops when that is out."""

    publication = models.ForeignKey(Publication, models.PROTECT, related_name="told")
    case = models.ForeignKey("cases.Case", models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["publication", "case"], name="one_case_an_edition")]

    def __str__(self) -> str:
        return f"{self.publication_id} {self.case_id}"
