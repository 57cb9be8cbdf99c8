"""督办: the rules in force, the papers they led to, what is to be mended, and how an item was closed."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class RuleSet(models.Model):
    """One version of a city's rules; never changed, only followed."""

    city = models.ForeignKey("people.City", models.PROTECT, related_name="rule_sets")
    version = models.PositiveIntegerField()
    begun = models.DateField()
    """In force from this day on."""
    rungs = models.JSONField()
    """As tracking.ladder reads them."""
    report_day = models.PositiveSmallIntegerField()
    reason = models.TextField()
    by = models.CharField(max_length=100)
    by_login = models.CharField(max_length=150)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["version"]
        constraints = [models.UniqueConstraint(fields=["city", "version"], name="one_rule_set_a_version")]

    def __str__(self) -> str:
        return f"{self.version} {self.begun}"


class Paper(models.Model):
    """督办单: drafted by rule, sent by a person once it was signed, answered or withdrawn."""

    class Stage(models.TextChoices):
        """拟稿 → 已发出 → 已答复, or 已撤回."""

        DRAFT = "draft", _("拟稿")
        SENT = "sent", _("已发出")
        ANSWERED = "answered", _("已答复")
        WITHDRAWN = "withdrawn", _("已撤回")

    commitment = models.ForeignKey("ledger.Commitment", models.PROTECT, related_name="papers")
    step = models.CharField(max_length=10)
    """A tracking.ladder.Step."""
    name = models.CharField(max_length=20)
    """As the city called it then."""
    month = models.DateField()
    """First day of the month it is for."""
    because = models.CharField(max_length=300)
    rule = models.CharField(max_length=200)
    rules_version = models.PositiveIntegerField(default=0)
    """0 for the defaults of the product."""
    title = models.CharField(max_length=200)
    to = models.CharField(max_length=100, blank=True)
    """主送."""
    words = models.TextField()
    answer_days = models.PositiveSmallIntegerField(default=0)
    """Working days for the answer; 0 asks for none."""
    answer_by = models.DateField(null=True)
    stage = models.CharField(max_length=10, choices=Stage.choices, default=Stage.DRAFT)
    drafted_on = models.DateField()
    drafted_by = models.CharField(max_length=100)
    signer = models.CharField(max_length=60, blank=True)
    """签发人."""
    signed_on = models.DateField(null=True)
    """Signed by a leader in the house; empty when it is signed on paper, or was edited since."""
    document_number = models.CharField(max_length=100, blank=True)
    sent_on = models.DateField(null=True)
    sent_by = models.CharField(max_length=100, blank=True)
    scan = models.ForeignKey("files.File", models.PROTECT, null=True, related_name="+")
    answer = models.TextField(blank=True)
    answered_on = models.DateField(null=True)
    answered_by = models.CharField(max_length=100, blank=True)
    answer_file = models.ForeignKey("files.File", models.PROTECT, null=True, related_name="+")
    withdrawn_by = models.CharField(max_length=100, blank=True)
    withdrawn_because = models.TextField(blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["-month", "-id"]
        constraints = [models.UniqueConstraint(fields=["commitment", "step", "month"], name="one_paper_a_month")]

    def __str__(self) -> str:
        return self.title


class Rectification(models.Model):
    """整改台账: a problem, where it was found, what is done about it, by whom and until when."""

    class Source(models.TextChoices):
        """Where the problem was found."""

        LEDGER = "ledger", _("督查")
        INSPECTION = "inspection", _("督导")
        PATROL = "patrol", _("巡察")
        AUDIT = "audit", _("审计")

    class State(models.TextChoices):
        """整改中 → 待复核 → 已整改."""

        OPEN = "open", _("整改中")
        CLAIMED = "claimed", _("待复核")
        MENDED = "mended", _("已整改")

    edition = models.ForeignKey("plans.Edition", models.PROTECT, related_name="rectifications")
    commitment = models.ForeignKey("ledger.Commitment", models.PROTECT, null=True, related_name="rectifications")
    paper = models.ForeignKey(Paper, models.PROTECT, null=True, related_name="rectifications")
    problem = models.TextField()
    source = models.CharField(max_length=10, choices=Source.choices, default=Source.LEDGER)
    measure = models.TextField(blank=True)
    lead = models.CharField(max_length=20, blank=True)
    due = models.DateField()
    evidence = models.TextField(blank=True)
    scan = models.ForeignKey("files.File", models.PROTECT, null=True, related_name="+")
    state = models.CharField(max_length=10, choices=State.choices, default=State.OPEN)
    mended_on = models.DateField(null=True)
    by = models.CharField(max_length=100)
    at = models.DateTimeField(auto_now_add=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["due", "id"]

    def __str__(self) -> str:
        return self.problem[:60]


class LookBack(models.Model):
    """回头看: somebody went and looked whether it stayed mended; never changed afterwards."""

    rectification = models.ForeignKey(Rectification, models.PROTECT, related_name="look_backs")
    on = models.DateField()
    who = models.CharField(max_length=100)
    found = models.TextField()
    kept = models.BooleanField()
    """Whether it stayed mended."""
    by = models.CharField(max_length=100)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.on} {self.found[:40]}"


class Closing(models.Model):
    """销号: one round of three signatures, and how it ended."""

    commitment = models.ForeignKey("ledger.Commitment", models.PROTECT, related_name="closings")
    shown = models.TextField()
    """佐证: what the section handed in with its request."""
    figures = models.JSONField(default=list)
    """Each target's figure when it was closed."""
    closed_on = models.DateField(null=True)
    declined_because = models.TextField(blank=True)
    reopened_on = models.DateField(null=True)
    reopened_by = models.CharField(max_length=100, blank=True)
    reopened_because = models.TextField(blank=True)
    figures_after = models.JSONField(default=list)
    """The figures because of which it was reopened."""
    ended = models.BooleanField(default=False)
    """True once it was declined or reopened: the next request begins anew."""
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["commitment"], condition=models.Q(ended=False), name="one_open_closing_an_item"
            )
        ]

    def __str__(self) -> str:
        return f"{self.commitment_id} {self.closed_on or ''}"


class Signature(models.Model):
    """One signature of a closing; never changed afterwards."""

    class Step(models.TextChoices):
        """In this order."""

        SECTION = "section", _("牵头科室")
        LEADER = "leader", _("分管局领导")
        OFFICE = "office", _("督查室")
        BACK = "back", _("退回")

    closing = models.ForeignKey(Closing, models.PROTECT, related_name="signatures")
    step = models.CharField(max_length=10, choices=Step.choices)
    name = models.CharField(max_length=100)
    """Who signed."""
    on = models.DateField()
    words = models.TextField()
    scan = models.ForeignKey("files.File", models.PROTECT, null=True, related_name="+")
    by = models.CharField(max_length=100)
    by_login = models.CharField(max_length=150)
    """Who entered it; another person than the signer for 代录."""
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.get_step_display()} {self.name} {self.on}"


class Switch(models.Model):
    """Cards, scores or ranking switched on by a named approver until a day, or switched off again."""

    class What(models.TextChoices):
        """All off unless switched on."""

        CARDS = "cards", _("黄牌、红牌")
        SCORES = "scores", _("计分")
        RANKING = "ranking", _("排名")

    city = models.ForeignKey("people.City", models.PROTECT, related_name="switches")
    what = models.CharField(max_length=10, choices=What.choices)
    on = models.BooleanField()
    shown = models.CharField(max_length=10, blank=True)
    """For a ranking: all, ends or none."""
    approver = models.CharField(max_length=60)
    reason = models.TextField()
    begun = models.DateField()
    until = models.DateField(null=True)
    scan = models.ForeignKey("files.File", models.PROTECT, null=True, related_name="+")
    by = models.CharField(max_length=100)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.what} {self.on}"


class Established(models.Model):
    """认定: what a leader established about a section and the score takes off; the software counts neither by itself."""

    class What(models.TextChoices):
        """Both are found by people."""

        FALSE = "false", _("弄虚作假")
        CHANGE = "change", _("未经批准变更")

    edition = models.ForeignKey("plans.Edition", models.PROTECT, related_name="established")
    office = models.CharField(max_length=20)
    """Code of the section."""
    what = models.CharField(max_length=10, choices=What.choices)
    commitment = models.ForeignKey("ledger.Commitment", models.PROTECT, null=True, related_name="established")
    on = models.DateField()
    approver = models.CharField(max_length=60)
    """The leader who established it."""
    reason = models.TextField()
    scan = models.ForeignKey("files.File", models.PROTECT, null=True, related_name="+")
    by = models.CharField(max_length=100)
    at = models.DateTimeField(auto_now_add=True)
    withdrawn_on = models.DateField(null=True)
    withdrawn_by = models.CharField(max_length=100, blank=True)
    withdrawn_because = models.TextField(blank=True)

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.office} {self.what} {self.on}"
