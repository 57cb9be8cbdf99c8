"""对数: figures agreed with the units before they are printed. 上报数 → 反馈 → 核定数 → 发布数, then 修订 in the open."""

from decimal import Decimal  # noqa: TC003 (the annotation below is a string only for Django's sake)

from django.db import models
from django.utils.translation import gettext_lazy as _

from luoshi.tracking.agreeing import Amount


def _amount() -> "models.DecimalField[Decimal | None, Decimal | None]":
    return models.DecimalField(max_digits=24, decimal_places=6, null=True)


class Round(models.Model):
    """对数轮次: chosen figures of one 时点, sent to the units with a notice and a day to answer by."""

    class Stage(models.TextChoices):
        """草拟 → 已发出 → 已截止. Figures are verified and published when it is closed."""

        DRAFT = "draft", _("草拟")
        SENT = "sent", _("反馈中")
        CLOSED = "closed", _("已截止")

    edition = models.ForeignKey("plans.Edition", models.PROTECT, related_name="rounds")
    title = models.CharField(max_length=200)
    on = models.DateField()
    """统计时点 of its figures."""
    notice = models.TextField()
    """通知: what the units are told."""
    silence = models.BooleanField(default=False)
    """Whether the notice says that silence counts as agreement; fixed when it is sent."""
    days = models.PositiveSmallIntegerField()
    """Working days to answer in."""
    opened = models.DateField()
    sent = models.DateField(null=True)
    reply_by = models.DateField(null=True)
    """The last of these days, by the city's calendar; known when it is sent."""
    closed = models.DateField(null=True)
    stage = models.CharField(max_length=10, choices=Stage.choices, default=Stage.DRAFT)
    by = models.CharField(max_length=100)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["-on", "-id"]

    def __str__(self) -> str:
        return self.title


class Line(models.Model):
    """One figure of one unit in a round; the line without a division is the whole city's, summed from the others."""

    class State(models.TextChoices):
        """What the unit said."""

        WAITING = "waiting", _("待反馈")
        AGREED = "agreed", _("无异议")
        DISPUTED = "disputed", _("有异议")
        SILENT = "silent", _("逾期未反馈，视为无异议")
        UNHEARD = "unheard", _("未反馈")
        TOTAL = "total", _("汇总")

    round = models.ForeignKey(Round, models.PROTECT, related_name="lines")
    number = models.PositiveSmallIntegerField()
    """Order of its indicator in the round, and its number on the unit's sheet."""
    place = models.PositiveSmallIntegerField()
    """Protocol order of its division."""
    indicator = models.CharField(max_length=60)
    division = models.CharField(max_length=20, blank=True)
    lead = models.CharField(max_length=20, blank=True)
    """Code of the section that leads an item with this indicator; empty when there is none."""
    unit = models.CharField(max_length=40)
    definition = models.CharField(max_length=300)
    """口径."""
    on = models.DateField()
    """时点."""
    figure = models.ForeignKey("indicators.Figure", models.PROTECT, null=True, related_name="+")
    """The reported figure the house held or was given; None while there is none."""
    reported_by = models.CharField(max_length=300, blank=True)
    reported_value = _amount()
    reported_numerator = _amount()
    reported_denominator = _amount()
    state = models.CharField(max_length=10, choices=State.choices, default=State.WAITING)
    verified_value = _amount()
    verified_numerator = _amount()
    verified_denominator = _amount()
    reason = models.TextField(blank=True)
    """核定理由."""
    verified_by = models.CharField(max_length=100, blank=True)
    verified_on = models.DateField(null=True)
    published_value = _amount()
    published_numerator = _amount()
    published_denominator = _amount()
    """发布数: what was printed stays, whatever is revised later."""
    published_in = models.CharField(max_length=200, blank=True)
    """The bulletin it stands in, by its title or number."""
    published_on = models.DateField(null=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["number", "place"]
        constraints = [models.UniqueConstraint(fields=["round", "number", "division"], name="one_line_a_figure")]
        indexes = [models.Index(fields=["division", "state"], name="lines_by_division")]

    def __str__(self) -> str:
        return f"{self.indicator} {self.division} {self.on}"

    def amount(self, standing: str) -> Amount | None:
        """The reported, verified or published figure; None when there is none."""
        value = getattr(self, f"{standing}_value")
        if value is None:
            return None
        return Amount(value, getattr(self, f"{standing}_numerator"), getattr(self, f"{standing}_denominator"))


class Sheet(models.Model):
    """核对表: what went out to one unit, cell by cell, under the code that is printed on it."""

    round = models.ForeignKey(Round, models.PROTECT, related_name="sheets")
    division = models.CharField(max_length=20)
    code = models.CharField(max_length=20, unique=True)
    rows = models.JSONField(default=dict)
    """By the line's number: its cells as they went out."""

    class Meta:
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["round", "division"], name="one_sheet_a_unit")]

    def __str__(self) -> str:
        return self.code


class Reply(models.Model):
    """返回的核对表: one file that came back on a sheet."""

    sheet = models.ForeignKey(Sheet, models.PROTECT, related_name="replies")
    file = models.ForeignKey("files.File", models.PROTECT, related_name="+")
    sender = models.CharField(max_length=100, blank=True)
    taken = models.PositiveSmallIntegerField(default=0)
    """Answers of it that were entered."""
    findings = models.JSONField(default=list)
    """What of it was not: changed locked cells, conflicts, cells that cannot be read; four words each."""
    by = models.CharField(max_length=100)
    on = models.DateField()
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-id"]
        constraints = [models.UniqueConstraint(fields=["sheet", "file"], name="one_reply_a_file")]

    def __str__(self) -> str:
        return f"{self.sheet} {self.sender}"


class Answer(models.Model):
    """反馈: what a unit said of one line; a later answer is another row and the earlier one stays."""

    line = models.ForeignKey(Line, models.PROTECT, related_name="answers")
    state = models.CharField(max_length=10, choices=Line.State.choices)
    """Agreed or disputed."""
    own_value = _amount()
    own_numerator = _amount()
    own_denominator = _amount()
    words = models.TextField(blank=True)
    """依据说明."""
    proof = models.ForeignKey("files.File", models.PROTECT, null=True, related_name="+")
    reply = models.ForeignKey(Reply, models.PROTECT, null=True, related_name="answers")
    """The file it came on; None when it was entered on a page."""
    by = models.CharField(max_length=100)
    on = models.DateField()
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.line_id} {self.state}"

    def own(self) -> Amount | None:
        """本单位数; None when none was told."""
        return None if self.own_value is None else Amount(self.own_value, self.own_numerator, self.own_denominator)


class Revision(models.Model):
    """修订: a verified figure that reads otherwise now; what was published stays beside it."""

    line = models.ForeignKey(Line, models.PROTECT, related_name="revisions")
    was_value = _amount()
    was_numerator = _amount()
    was_denominator = _amount()
    becomes_value = _amount()
    becomes_numerator = _amount()
    becomes_denominator = _amount()
    reason = models.TextField()
    by = models.CharField(max_length=100)
    on = models.DateField()
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.line_id} {self.was_value} → {self.becomes_value}"

    def amount(self, standing: str) -> Amount:
        """What it was, or what it becomes."""
        value, *counts = (getattr(self, f"{standing}_{part}") for part in ("value", "numerator", "denominator"))
        return Amount(value, *counts)
