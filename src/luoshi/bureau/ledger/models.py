"""督查台账: what was confirmed, its targets and milestones, and what people judged about it."""

from decimal import Decimal

from django.db import models
from django.utils.translation import gettext_lazy as _

from luoshi.bureau.fields import JSON, Sealed
from luoshi.bureau.plans.models import AUDIENCES, TargetColumns


class Breakdown(models.Model):
    """任务分解表: the items of a plan that are drafted, commented on, approved and issued together."""

    class Stage(models.TextChoices):
        """草拟 → 征求意见 → 审定 → 印发. Only what is issued is 立项."""

        DRAFTING = "drafting", _("草拟")
        CONSULTING = "consulting", _("征求意见")
        APPROVED = "approved", _("审定")
        ISSUED = "issued", _("印发")

    edition = models.ForeignKey("plans.Edition", models.PROTECT, related_name="breakdowns")
    place = models.PositiveSmallIntegerField(default=1)
    """The first, then what was added after it was issued."""
    stage = models.CharField(max_length=20, choices=Stage.choices, default=Stage.DRAFTING)
    reply_by = models.DateField(null=True)
    """Comments are asked for until this day."""
    document_number = models.CharField(max_length=100, blank=True)
    """文号, given by the document office; empty when there is none yet."""
    issued_on = models.DateField(null=True)
    scan = models.ForeignKey("files.File", models.PROTECT, null=True, related_name="+")
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["edition", "place"]
        constraints = [models.UniqueConstraint(fields=["edition", "place"], name="one_breakdown_a_place")]

    def __str__(self) -> str:
        return f"{self.edition_id} {self.place} {self.stage}"


class Approval(models.Model):
    """审定: a leader approved the items in his charge, himself or on a paper that was entered for him."""

    breakdown = models.ForeignKey(Breakdown, models.PROTECT, related_name="approvals")
    leader = models.CharField(max_length=60)
    on = models.DateField()
    words = models.TextField()
    by = models.CharField(max_length=100)
    by_login = models.CharField(max_length=150)
    at = models.DateTimeField(auto_now_add=True)
    scan = models.ForeignKey("files.File", models.PROTECT, null=True, related_name="+")
    digest = models.CharField(max_length=64)
    """Of the items as they were approved: what is issued must be the same."""
    void = models.BooleanField(default=False)
    """True since the breakdown went back to drafting."""

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.leader} {self.on}"


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
    divisions = JSON(default=list)
    """Codes of the divisions that answer for it; empty is the whole city."""
    lead = models.CharField(max_length=20, blank=True)
    partners = JSON(default=list)
    leader = models.CharField(max_length=60, blank=True)
    begun = models.DateField(null=True)
    due = models.DateField(null=True)
    audience = models.CharField(max_length=20, choices=AUDIENCES, default="system")
    missing = JSON(default=list)
    """What the promise lacks as written."""
    trouble = models.CharField(max_length=300, blank=True)
    """存在问题."""
    breakdown = models.ForeignKey(Breakdown, models.PROTECT, related_name="commitments")
    continues = models.ForeignKey("self", models.PROTECT, null=True, related_name="continued_by")
    """The item of an earlier plan that this one goes on with (结转)."""
    source_words = models.CharField(max_length=300, blank=True)
    """重点工作 as an imported ledger names it; empty where the plan's point says it."""
    source_number = models.CharField(max_length=100, blank=True)
    person = models.CharField(max_length=60, blank=True)
    due_words = models.CharField(max_length=60, blank=True)
    """完成时限 verbatim where it is no plain day: 9月底前, 长期坚持, 按省厅时限."""
    units_words = models.CharField(max_length=300, blank=True)
    """责任单位 verbatim where it is more than the bureau's own divisions."""
    lead_words = models.CharField(max_length=60, blank=True)
    """牵头科室 verbatim where it is no section of the bureau."""
    partners_words = models.CharField(max_length=300, blank=True)
    progress = models.TextField(blank=True)
    """形象进度."""
    needs = models.CharField(max_length=300, blank=True)
    """需协调解决的问题."""
    next_step = models.TextField(blank=True)
    expected = models.DateField(null=True)
    evidence_wanted = models.CharField(max_length=300, blank=True)
    """佐证要求: what will show that it is done."""
    evidence = models.TextField(blank=True)
    contact = models.CharField(max_length=60, blank=True)
    phone = Sealed(bound=("edition_id", "number"), most=60, blank=True)
    note = models.TextField(blank=True)
    sheet = models.CharField(max_length=100, blank=True)
    sheet_row = models.PositiveIntegerField(null=True)
    """Where it stands in the workbook it was imported from."""
    extra = JSON(default=dict)
    """Columns of that workbook that the ledger has no place for, verbatim."""
    judged = models.CharField(max_length=20, blank=True)
    """核定状态 as 督查室 last verified it; empty is 待核定."""
    judged_on = models.DateField(null=True)
    claimed = models.CharField(max_length=20, blank=True)
    """科室自评; empty when none."""
    coordination = models.CharField(max_length=300, blank=True)
    """Why a person marked it as 协调事项: others decide, so nothing turns bad for the bureau; empty when not marked."""
    duties = JSON(default=dict)
    """配合科室任务: by code of a partner, what it owes, in words."""
    partner_weight = models.DecimalField(max_digits=4, decimal_places=2, default=Decimal("0.50"))
    """What a partner's part counts beside the lead's one: half, unless the bureau sets it otherwise."""
    agreed = JSON(default=dict)
    """What shares, pauses and decisions of meetings say now: carried here so that a board of 300 rows asks for none."""
    closed_on = models.DateField(null=True)
    """已销号 since this day; empty while it is open, and again once it was reopened."""
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
    read_as = JSON(default=dict)
    """What the reader proposed, when a person corrected it; empty otherwise."""


class Milestone(models.Model):
    """时间节点: a step of a commitment with a day of its own."""

    commitment = models.ForeignKey(Commitment, models.PROTECT, related_name="milestones")
    name = models.CharField(max_length=200)
    due = models.DateField(null=True)
    done = models.DateField(null=True)
    percent = models.PositiveSmallIntegerField(null=True)
    """How much of the whole is done with it, where it is a step of a declared staircase; None for one set by hand."""
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


class Change(models.Model):
    """变更: what was issued and is to read otherwise; waits for the leader in charge, and the original stays here."""

    class State(models.TextChoices):
        """Where it stands."""

        OPEN = "open", _("待审批")
        APPROVED = "approved", _("已批准")
        DECLINED = "declined", _("未批准")

    commitment = models.ForeignKey(Commitment, models.PROTECT, related_name="changes")
    column = models.CharField(max_length=30)
    """Key of a declared ledger column."""
    was = models.CharField(max_length=300, blank=True)
    becomes = models.CharField(max_length=300, blank=True)
    reason = models.TextField()
    state = models.CharField(max_length=10, choices=State.choices, default=State.OPEN)
    asked_by = models.CharField(max_length=100)
    asked_at = models.DateTimeField(auto_now_add=True)
    decided_by = models.CharField(max_length=100, blank=True)
    decided_on = models.DateField(null=True)
    words = models.TextField(blank=True)
    meeting = models.ForeignKey("plans.Edition", models.PROTECT, null=True, related_name="+")
    """The registered minutes that decided it; None when the leader in charge did."""

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.column} {self.was} → {self.becomes}"


class Share(models.Model):
    """县区分解: what one division answers for of one target. A new division of the target voids the old one and keeps it."""

    target = models.ForeignKey(Target, models.PROTECT, related_name="shares")
    division = models.CharField(max_length=20)
    value = models.DecimalField(max_digits=24, decimal_places=6, null=True)
    """In the target's unit; None where the target has no number."""
    due = models.DateField(null=True)
    """Its own day; None is the target's."""
    words = models.CharField(max_length=300, blank=True)
    """责任单位、责任人 there."""
    why = models.CharField(max_length=300, blank=True)
    """Why the shares do not add up to the target, as a person said; the same for all shares of one act."""
    place = models.PositiveSmallIntegerField(default=0)
    void = models.BooleanField(default=False)
    by = models.CharField(max_length=100)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["target", "place"]
        constraints = [
            models.UniqueConstraint(
                fields=["target", "division"], condition=models.Q(void=False), name="one_share_a_division"
            )
        ]

    def __str__(self) -> str:
        return f"{self.division} {self.value}"


class Pause(models.Model):
    """暂缓: asked for by the section, decided by the leader in charge; while it holds the clock stands still."""

    class State(models.TextChoices):
        """Where it stands."""

        OPEN = "open", _("待审批")
        APPROVED = "approved", _("已批准")
        DECLINED = "declined", _("未批准")

    commitment = models.ForeignKey(Commitment, models.PROTECT, related_name="pauses")
    begun = models.DateField()
    until = models.DateField(null=True)
    """The last day; None is until it is resumed."""
    extends = models.BooleanField(default=False)
    """Whether the due day moves by as many days."""
    reason = models.TextField()
    state = models.CharField(max_length=10, choices=State.choices, default=State.OPEN)
    asked_by = models.CharField(max_length=100)
    asked_at = models.DateTimeField(auto_now_add=True)
    decided_by = models.CharField(max_length=100, blank=True)
    decided_on = models.DateField(null=True)
    words = models.TextField(blank=True)
    scan = models.ForeignKey("files.File", models.PROTECT, null=True, related_name="+")
    resumed_on = models.DateField(null=True)
    """The first day the clock runs again, where somebody said so before the last day."""
    resumed_by = models.CharField(max_length=100, blank=True)
    resumed_words = models.TextField(blank=True)

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.begun} {self.until} {self.state}"


class Layout(models.Model):
    """How the columns of a home-made ledger were mapped, remembered by the signature of its headings."""

    city = models.ForeignKey("people.City", models.PROTECT, related_name="layouts")
    signature = models.CharField(max_length=64)
    mapping = JSON(default=dict)
    by = models.CharField(max_length=100)
    at = models.DateTimeField(auto_now=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["city", "signature"], name="one_layout_a_signature")]

    def __str__(self) -> str:
        return self.signature
