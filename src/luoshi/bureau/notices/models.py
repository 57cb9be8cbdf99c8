"""公开稿: what the public is told of a plan's progress, frozen when it is drafted and shown only once approved."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Notice(models.Model):
    """One public text. Nothing of it is computed again after it was drafted."""

    class Stage(models.TextChoices):
        """拟稿 → 审批 → 发布, or 撤下."""

        DRAFT = "draft", _("拟稿")
        APPROVED = "approved", _("已审批")
        PUBLISHED = "published", _("已发布")
        WITHDRAWN = "withdrawn", _("已撤下")

    edition = models.ForeignKey("plans.Edition", models.PROTECT, related_name="notices")
    title = models.CharField(max_length=200)
    on = models.DateField()
    """截至日."""
    sections = models.JSONField(default=list)
    """Headings with their lines, frozen."""
    digest = models.CharField(max_length=64)
    """SHA-256 of title, day and sections: what was approved is what is shown."""
    left_out = models.JSONField(default=list)
    """Items that were not taken in, and why: for the drafter only."""
    stage = models.CharField(max_length=10, choices=Stage.choices, default=Stage.DRAFT)
    drafted_by = models.CharField(max_length=100)
    drafted_at = models.DateTimeField(auto_now_add=True)
    approved_by = models.CharField(max_length=100, blank=True)
    approved_on = models.DateField(null=True)
    words = models.TextField(blank=True)
    scan = models.ForeignKey("files.File", models.PROTECT, null=True, related_name="+")
    published_at = models.DateTimeField(null=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["-id"]

    def __str__(self) -> str:
        return self.title
