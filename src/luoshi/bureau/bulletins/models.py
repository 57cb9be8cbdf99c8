"""通报 and other official texts: drafted from the ledger, edited by people, settled with a number; what was sent stays."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Bulletin(models.Model):
    """One text: 送审稿 until it is settled, 定稿 afterwards."""

    class Kind(models.TextChoices):
        """What is written; each has its own layout and its own rules of what may stand in it."""

        SERIAL = "serial", _("督查通报（期刊式）")
        RED_HEAD = "red_head", _("通报（红头文件）")
        QUARTER = "quarter", _("季度通报")
        LEADERS = "leaders", _("领导参阅")
        MEETING = "meeting", _("会议材料")

    class Stage(models.TextChoices):
        """送审稿 → 定稿, or dropped before it was sent."""

        DRAFT = "draft", _("送审稿")
        SETTLED = "settled", _("定稿")
        DROPPED = "dropped", _("作废")

    edition = models.ForeignKey("plans.Edition", models.PROTECT, related_name="bulletins")
    kind = models.CharField(max_length=10, choices=Kind.choices)
    stage = models.CharField(max_length=10, choices=Stage.choices, default=Stage.DRAFT)
    on = models.DateField()
    """截至日."""
    title = models.CharField(max_length=300)
    issue = models.PositiveSmallIntegerField(null=True)
    """第几期, of a serial."""
    document = models.JSONField()
    """The text as reporting.official.keeping makes it plain, with what people edited."""
    sources = models.JSONField(default=dict)
    """By key of a figure: what it says, of which item, 谁报, 谁核, 口径, 时点; as it was when the text was drafted."""
    counts = models.JSONField(default=dict)
    """How many items stood in each situation."""
    drafted_by = models.CharField(max_length=100)
    drafted_at = models.DateTimeField(auto_now_add=True)
    doc_no = models.CharField(max_length=100, blank=True)
    """发文字号, entered after the issue; a serial has its issue instead."""
    settled_on = models.DateField(null=True)
    settled_by = models.CharField(max_length=100, blank=True)
    scan = models.ForeignKey("files.File", models.PROTECT, null=True, related_name="+")
    """The signed or sealed paper."""
    file = models.ForeignKey("files.File", models.PROTECT, null=True, related_name="+")
    """The docx as it was settled, without bindings."""
    reason = models.CharField(max_length=300, blank=True)
    """Why it was dropped."""
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["edition", "issue"], condition=models.Q(stage="settled"), name="one_bulletin_an_issue"
            )
        ]

    def __str__(self) -> str:
        return self.title
