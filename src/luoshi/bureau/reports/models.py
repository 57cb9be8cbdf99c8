"""进展反馈: what is asked at a month's end, what was answered, and how far each answer has come."""

from decimal import Decimal

from django.db import models
from django.utils.translation import gettext_lazy as _

from luoshi.bureau.fields import Sealed


class Period(models.Model):
    """期次: one gathering of progress, usually a month."""

    edition = models.ForeignKey("plans.Edition", models.PROTECT, related_name="periods")
    on = models.DateField()
    """截至日: the day the answers describe."""
    reply_by = models.DateField()
    """Last day for an answer; always a day that is worked."""
    opened_by = models.CharField(max_length=100)
    opened_at = models.DateTimeField(auto_now_add=True)
    closed_at = models.DateTimeField(null=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["-on"]
        constraints = [models.UniqueConstraint(fields=["edition", "on"], name="one_period_a_day")]

    def __str__(self) -> str:
        return f"{self.edition_id} {self.on}"


class Call(models.Model):
    """应报: one item one unit is asked about in a period, and why it is asked."""

    class Why(models.TextChoices):
        """Only what is due, changed or behind is asked; what goes on all year, twice a year."""

        OVERDUE = "overdue", _("已到时限")
        DUE = "due", _("临近时限")
        MILESTONE = "milestone", _("节点到期")
        BEHIND = "behind", _("进展滞后")
        CHANGED = "changed", _("有变更")
        RETURNED = "returned", _("上期退回未办结")
        FIRST = "first", _("量化目标尚无数据")
        HALF_YEAR = "half_year", _("常态化半年一报")
        OFFERED = "offered", _("单位主动报")

    period = models.ForeignKey(Period, models.PROTECT, related_name="calls")
    commitment = models.ForeignKey("ledger.Commitment", models.PROTECT, related_name="calls")
    office = models.CharField(max_length=20, blank=True)
    """Code of the section that answers; empty when a division does."""
    division = models.CharField(max_length=20, blank=True)
    why = models.CharField(max_length=20, choices=Why.choices)

    class Meta:
        ordering = ["commitment__place", "id"]
        constraints = [
            models.UniqueConstraint(fields=["period", "commitment", "office", "division"], name="one_call_a_unit")
        ]

    def __str__(self) -> str:
        return f"{self.period_id} {self.commitment_id} {self.office or self.division}"


class Report(models.Model):
    """One answer to a call. A correction is a new row; what was sent stays as it was sent."""

    class Stage(models.TextChoices):
        """填报 → 科室负责人审核 → 分管局领导审签 → 督查室核定."""

        FILED = "filed", _("待审核")
        REVIEWED = "reviewed", _("待审签")
        SIGNED = "signed", _("待核定")
        VERIFIED = "verified", _("已核定")
        ADOPTED = "adopted", _("已采用")
        NOTED = "noted", _("本期无新进展")
        RETURNED = "returned", _("退回修改")
        REPLACED = "replaced", _("已重报")

    call = models.ForeignKey(Call, models.PROTECT, related_name="reports")
    words = models.TextField(blank=True)
    """形象进度, at most 200 characters asked for."""
    trouble = models.CharField(max_length=300, blank=True)
    next_step = models.CharField(max_length=300, blank=True)
    expected = models.DateField(null=True)
    claimed = models.CharField(max_length=20, blank=True)
    """自评: a spine.State; empty for a county's answer and where there is nothing new."""
    contact = models.CharField(max_length=60, blank=True)
    phone = Sealed(bound=("call_id",), most=60, blank=True)
    stage = models.CharField(max_length=10, choices=Stage.choices, default=Stage.FILED)
    by = models.CharField(max_length=100)
    by_login = models.CharField(max_length=150)
    at = models.DateTimeField(auto_now_add=True)
    source = models.ForeignKey("files.File", models.PROTECT, null=True, related_name="+")
    """The reply it was taken from, or the signed paper it was entered from (代录)."""
    proxy = models.BooleanField(default=False)
    """代录: entered by 督查室 for the unit."""
    signed_paper = models.ForeignKey("files.File", models.PROTECT, null=True, related_name="+")
    """The scan that shows who reviewed and signed, where these were entered for them."""
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["id"]
        indexes = [models.Index(fields=["call", "stage"])]

    def __str__(self) -> str:
        return f"{self.call_id} {self.stage}"


class Amount(models.Model):
    """One figure of a report: 上报数, then 核定数, then 发布数, each with the same 口径 and 时点."""

    report = models.ForeignKey(Report, models.PROTECT, related_name="amounts")
    target = models.ForeignKey("ledger.Target", models.PROTECT, related_name="amounts")
    on = models.DateField()
    """统计时点."""
    definition = models.CharField(max_length=300)
    """口径."""
    unit = models.CharField(max_length=40)
    about = models.BooleanField(default=False)
    reported = models.DecimalField(max_digits=24, decimal_places=6)
    numerator = models.DecimalField(max_digits=24, decimal_places=6, null=True)
    denominator = models.DecimalField(max_digits=24, decimal_places=6, null=True)
    verified = models.DecimalField(max_digits=24, decimal_places=6, null=True)
    verified_by = models.CharField(max_length=100, blank=True)
    verified_why = models.CharField(max_length=300, blank=True)
    """Owed where the verified figure is another than the reported one."""
    published = models.DecimalField(max_digits=24, decimal_places=6, null=True)
    published_in = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ["target__place", "id"]
        constraints = [models.UniqueConstraint(fields=["report", "target"], name="one_amount_a_target")]

    def __str__(self) -> str:
        return f"{self.reported} {self.unit}"

    @property
    def said(self) -> dict[str, str]:
        """Its numbers as they are written: reported, verified, published, numerator, denominator; "" for none."""
        names = ("reported", "verified", "published", "numerator", "denominator")
        return {name: written(getattr(self, name)) for name in names}


def written(value: Decimal | None) -> str:
    """A number without idle zeros and never with an exponent; "" for none."""
    return "" if value is None else f"{value.normalize():f}"


class Passing(models.Model):
    """One step a report went: 审核, 审签, 核定, 采用, 退回 or 退回更正; never changed."""

    class Step(models.TextChoices):
        """Who let it pass."""

        REVIEW = "review", _("科室负责人审核")
        SIGN = "sign", _("分管局领导审签")
        VERIFY = "verify", _("督查室核定")
        ADOPT = "adopt", _("牵头科室采用")
        BACK = "back", _("退回修改")
        CORRECT = "correct", _("退回更正")

    report = models.ForeignKey(Report, models.PROTECT, related_name="passings")
    step = models.CharField(max_length=10, choices=Step.choices)
    words = models.TextField()
    by = models.CharField(max_length=100)
    by_login = models.CharField(max_length=150)
    proxy = models.BooleanField(default=False)
    """代录: by whom the paper was signed stands in `by`, who entered it in `by_login`."""
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.step} {self.by}"


class Reply(models.Model):
    """来件: one file or pasted message that came in, whoever it is from."""

    period = models.ForeignKey(Period, models.PROTECT, related_name="replies")
    file = models.ForeignKey("files.File", models.PROTECT, related_name="+")
    """The file; a pasted message is kept as a text file."""
    sender = models.CharField(max_length=100, blank=True)
    office = models.CharField(max_length=20, blank=True)
    """Code of the section it is from, when that could be told."""
    by = models.CharField(max_length=100)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["period", "file"], name="one_reply_a_period")]

    def __str__(self) -> str:
        return self.sender


class Found(models.Model):
    """What was read in a reply about one item, until a person lets it land or drops it."""

    class Decision(models.TextChoices):
        """What became of it."""

        OPEN = "open", _("待确认")
        LANDED = "landed", _("已落到事项")
        DROPPED = "dropped", _("不采用")

    reply = models.ForeignKey(Reply, models.PROTECT, related_name="found")
    place = models.PositiveIntegerField()
    where = models.CharField(max_length=100)
    text = models.TextField()
    """As it stands in the reply."""
    commitment = models.ForeignKey("ledger.Commitment", models.PROTECT, null=True, related_name="+")
    """The likeliest item; none when there is none."""
    sure = models.BooleanField(default=False)
    candidates = models.JSONField(default=list)
    """Ids of the likeliest items, best first."""
    words = models.TextField(blank=True)
    claimed = models.CharField(max_length=20, blank=True)
    trouble = models.CharField(max_length=300, blank=True)
    next_step = models.CharField(max_length=300, blank=True)
    nothing_new = models.BooleanField(default=False)
    figures = models.JSONField(default=list)
    """Per figure: target, value, unit, about, on, numerator, denominator; decimals as text."""
    doubts = models.JSONField(default=list)
    """Findings, four words each."""
    decision = models.CharField(max_length=10, choices=Decision.choices, default=Decision.OPEN)
    reason = models.CharField(max_length=300, blank=True)
    decided_by = models.CharField(max_length=100, blank=True)
    report = models.ForeignKey(Report, models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["reply_id", "place"]
        indexes = [models.Index(fields=["reply", "decision"])]

    def __str__(self) -> str:
        return self.text[:40]
