"""报表: periods that are opened, who owes them, what was filed, what was said of it, what went into the lake.

Filings, explanations, opinions and steps are rows that are added. Only where a unit stands just now is changed in place, and
every such change leaves a step.
"""

from django.db import models
from django.utils.translation import gettext_lazy as _

from luoshi.bureau.fields import JSON, Sealed


class Window(models.Model):
    """期次: one or several returns for one period, who owes them, and until when."""

    class Stage(models.TextChoices):
        """How far it is open."""

        OPEN = "open", _("填报中")
        CLOSED = "closed", _("已截止")
        LOCKED = "locked", _("已锁定")

    class Owers(models.TextChoices):
        """Who owes."""

        SCHOOLS = "schools", _("学校（机构）")
        COUNTIES = "counties", _("县(市、区)")

    city = models.ForeignKey("people.City", models.PROTECT, related_name="return_windows")
    title = models.CharField(max_length=200)
    returns = JSON(default=list)
    """Keys of the declared returns."""
    period = models.CharField(max_length=20)
    """2020 for a year, 2020-1 for a term, 2020-09 for a month."""
    definition = models.CharField(max_length=40)
    """口径 under which the rows are kept."""
    basis = models.CharField(max_length=300)
    """依据: the document or survey system that asks for it."""
    layout_year = models.PositiveSmallIntegerField(null=True)
    """The year whose layouts the files have; empty is the period's own."""
    owers = models.CharField(max_length=10, choices=Owers.choices, default=Owers.SCHOOLS)
    kinds = JSON(default=list)
    """办学类型 of the institutions that owe; empty is all."""
    due_school = models.DateField()
    due_county = models.DateField()
    due_city = models.DateField()
    office = models.CharField(max_length=20)
    """Code of the section whose statistics they are: it opens, verifies and sees schools' rows."""
    readers = JSON(default=list)
    """Codes of further sections that need the rows of single schools."""
    stage = models.CharField(max_length=10, choices=Stage.choices, default=Stage.OPEN)
    opened = models.DateField()
    closed = models.DateField(null=True)
    locked = models.DateField(null=True)
    by = models.CharField(max_length=100)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["-opened", "-pk"]

    def __str__(self) -> str:
        return self.title


class Unit(models.Model):
    """应报单位: one institution or county that owes one window, and where it stands."""

    class State(models.TextChoices):
        """Where it stands."""

        OWING = "owing", _("未导入")
        IMPORTED = "imported", _("已导入")
        HANDED = "handed", _("已报")
        COUNTY = "county", _("县核")
        DEPOSITING = "depositing", _("市核，待入库")
        ACCEPTED = "accepted", _("市核（已入库）")
        RETURNED = "returned", _("退回修改")
        REOPENED = "reopened", _("重新打开")

    window = models.ForeignKey(Window, models.PROTECT, related_name="units")
    code = models.CharField(max_length=20)
    """学校标识码, or the code of a county."""
    label = models.CharField(max_length=200)
    county = models.CharField(max_length=20)
    """Code of the division that checks it first."""
    kind = models.CharField(max_length=10, blank=True)
    """办学类型."""
    merged_into = models.CharField(max_length=20, blank=True)
    """The school this teaching point files with; such a unit owes nothing by itself."""
    state = models.CharField(max_length=12, choices=State.choices, default=State.OWING)
    filing = models.OneToOneField("Filing", models.PROTECT, null=True, related_name="holder")
    """The newest try."""
    accepted = models.OneToOneField("Filing", models.PROTECT, null=True, related_name="kept_of")
    """The try that was accepted last; its rows count until another is accepted."""
    handed_on = models.DateField(null=True)
    """The first day it was handed in."""
    late = models.PositiveSmallIntegerField(null=True)
    """Days late on that day; empty before."""
    sent_back = models.PositiveSmallIntegerField(default=0)
    """How often."""
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["county", "code"]
        constraints = [models.UniqueConstraint(fields=["window", "code"], name="one_unit_a_window")]
        indexes = [
            models.Index(fields=["window", "county", "state"], name="units_of_a_county"),
            models.Index(fields=["code"], name="windows_of_a_unit"),
        ]

    def __str__(self) -> str:
        return self.label


class Filing(models.Model):
    """报送: one try of one unit: the file it came in, its rows, what was found, who answers for it."""

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="filings")
    number = models.PositiveSmallIntegerField()
    """Which try."""
    file = models.ForeignKey("files.File", models.PROTECT, null=True, related_name="+")
    """The file as it came; empty where it named persons: then only rows without names are kept."""
    file_digest = models.CharField(max_length=64)
    file_name = models.CharField(max_length=200)
    parts = JSON(default=dict)
    """By key of the return: digest of the Parquet file the rows lie in, how many, digest of the rows themselves.

    A county's import keeps one file for all its schools; rows of this unit are those of its own codes.
    """
    rows = models.PositiveIntegerField()
    stops = models.PositiveIntegerField()
    """逻辑校验 that do not hold, and cells that could not be read."""
    asks = models.PositiveIntegerField()
    """经验校验 that ask for a 填写说明."""
    unexplained = models.PositiveIntegerField()
    """Those that have none yet, or whose explanation was sent back."""
    asked = models.PositiveSmallIntegerField()
    """Rules that were asked."""
    skipped = JSON(default=list)
    """Rules that could not be asked, each with the reason."""
    code = models.CharField(max_length=12)
    """校验码, printed at the foot of the sheet: digest over unit, period and rows."""
    filler = models.CharField(max_length=60, blank=True)
    """填表人."""
    statistician = models.CharField(max_length=60, blank=True)
    """统计负责人."""
    head = models.CharField(max_length=60, blank=True)
    """单位负责人."""
    phone = Sealed(bound=("unit_id", "number"), most=40, blank=True)
    reported = models.DateField(null=True)
    """报出日期, as the sheet says."""
    scan = models.ForeignKey("files.File", models.PROTECT, null=True, related_name="+")
    """The sheet signed and stamped."""
    scan_by = models.CharField(max_length=100, blank=True)
    by = models.CharField(max_length=100)
    by_login = models.CharField(max_length=150)
    at = models.DateTimeField()

    class Meta:
        ordering = ["-number"]
        constraints = [models.UniqueConstraint(fields=["unit", "number"], name="one_filing_a_try")]

    def __str__(self) -> str:
        return f"{self.unit_id} 第{self.number}次"

    @property
    def printed(self) -> str:
        """The check code as it is printed: in three groups."""
        return "-".join(self.code[place : place + 4] for place in range(0, 12, 4))


class Breach(models.Model):
    """核对结果: one rule that rows of one filing do not meet, with those rows and cells."""

    filing = models.ForeignKey(Filing, models.PROTECT, related_name="breaches")
    of = models.CharField(max_length=80)
    """Key of the return."""
    rule = models.CharField(max_length=80)
    """Id of the rule; `cell` where cells could not be read, `file` where the file itself lacks something."""
    severity = models.CharField(max_length=10)
    sentence = models.CharField(max_length=400)
    """What holds when it is met, with kind, version and source."""
    remedy = models.CharField(max_length=300)
    rows = models.PositiveIntegerField()
    told = JSON(default=list)
    """One entry a row: key, where it stands in the file, what is met there with the arithmetic, mark."""
    again = models.ForeignKey("Deposit", models.PROTECT, null=True, related_name="+")
    """再核对: what was accepted later and made the rule be asked again; empty where it was found when the file came."""
    gone = models.ForeignKey("Deposit", models.PROTECT, null=True, related_name="+")
    """What was accepted later and made it hold, or made it say something else; such a finding counts no more."""

    class Meta:
        ordering = ["severity", "of", "rule"]
        indexes = [models.Index(fields=["of", "rule"], name="breaches_of_a_rule")]

    def __str__(self) -> str:
        return f"{self.of}.{self.rule} {self.rows}"


class Explanation(models.Model):
    """填写说明: why a row that breaks a should is right all the same. It holds for the very same values, in a later try too."""

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="explanations")
    of = models.CharField(max_length=80)
    rule = models.CharField(max_length=80)
    key = JSON(default=list)
    mark = models.CharField(max_length=16)
    """Digest over return, rule with its version, key and values."""
    words = models.CharField(max_length=500)
    by = models.CharField(max_length=100)
    by_login = models.CharField(max_length=150)
    at = models.DateTimeField()

    class Meta:
        ordering = ["pk"]
        indexes = [models.Index(fields=["unit", "mark"], name="explanations_of_a_row")]

    def __str__(self) -> str:
        return self.words


class Opinion(models.Model):
    """审核意见: what the county or the city said of an explanation. A later one of the same level supersedes."""

    class Level(models.TextChoices):
        """Who says it."""

        COUNTY = "county", _("县")
        CITY = "city", _("市")

    class Outcome(models.TextChoices):
        """What is said."""

        ACCEPTED = "accepted", _("认可")
        RETURNED = "returned", _("不认可")

    explanation = models.ForeignKey(Explanation, models.PROTECT, related_name="opinions")
    level = models.CharField(max_length=10, choices=Level.choices)
    outcome = models.CharField(max_length=10, choices=Outcome.choices)
    reason = models.CharField(max_length=500, blank=True)
    by = models.CharField(max_length=100)
    at = models.DateTimeField()

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.explanation_id} {self.level} {self.outcome}"


class Step(models.Model):
    """办理过程: one thing that was done with a unit's return."""

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="steps")
    filing = models.ForeignKey(Filing, models.PROTECT, null=True, related_name="steps")
    act = models.CharField(max_length=20)
    """Key of WORDS in `words`."""
    on = models.DateField()
    by = models.CharField(max_length=100)
    reason = models.CharField(max_length=500, blank=True)
    at = models.DateTimeField()

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.unit_id} {self.act}"


class Reopening(models.Model):
    """重新打开: somebody asks that an accepted return may be corrected; another, by name, approves or declines."""

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="reopenings")
    reason = models.CharField(max_length=500)
    asked_by = models.CharField(max_length=100)
    asked_login = models.CharField(max_length=150)
    asked_on = models.DateField()
    approved = models.BooleanField(null=True)
    """Empty while nobody decided."""
    decided_by = models.CharField(max_length=100, blank=True)
    decided_on = models.DateField(null=True)
    words = models.CharField(max_length=500, blank=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["unit"], condition=models.Q(approved__isnull=True), name="one_reopening_asked"
            )
        ]

    def __str__(self) -> str:
        return self.reason


class Merge(models.Model):
    """教学点归并: a teaching point whose rows its parent school brings along; told once, remembered until it is ended."""

    city = models.ForeignKey("people.City", models.PROTECT, related_name="merged_points")
    point = models.CharField(max_length=20)
    point_label = models.CharField(max_length=200)
    parent = models.CharField(max_length=20)
    parent_label = models.CharField(max_length=200)
    county = models.CharField(max_length=20)
    since = models.DateField()
    by = models.CharField(max_length=100)
    ended = models.DateField(null=True)
    ended_by = models.CharField(max_length=100, blank=True)

    class Meta:
        ordering = ["county", "parent", "point"]
        constraints = [
            models.UniqueConstraint(
                fields=["city", "point"], condition=models.Q(ended__isnull=True), name="one_parent_a_point"
            )
        ]

    def __str__(self) -> str:
        return f"{self.point} → {self.parent}"


class Deposit(models.Model):
    """入库: what the city accepted of one return and county, on its way into the lake.

    It is written with the acceptance, before the lake is touched, and gets its edition afterwards. One without an edition is
    finished by whoever comes next: the lake knows the same rows from the same source again.
    """

    window = models.ForeignKey(Window, models.PROTECT, related_name="deposits")
    county = models.CharField(max_length=20)
    of = models.CharField(max_length=80)
    listing = models.ForeignKey("files.File", models.PROTECT, related_name="+")
    """入库清单: which filings it is made of, as a kept file; its digest is the source the lake names."""
    by = models.CharField(max_length=100)
    asked = models.DateTimeField()
    edition = models.PositiveIntegerField(null=True)
    """Number of the lake's entry."""
    rows = models.PositiveIntegerField(default=0)
    asked_again = models.BooleanField(default=False)
    """Whether rules of other returns that look at it were asked again."""

    class Meta:
        ordering = ["pk"]
        indexes = [models.Index(fields=["window", "county"], name="deposits_of_a_county")]

    def __str__(self) -> str:
        return f"{self.of} {self.county} {self.edition or ''}"


class Destroying(models.Model):
    """销毁: rows of persons whose term is over, or one person's rows; proposed, approved by two people, carried out."""

    class State(models.TextChoices):
        """Where it stands."""

        PROPOSED = "proposed", _("待两人批准")
        APPROVED = "approved", _("已批准，正在办理")
        DONE = "done", _("已销毁")
        DECLINED = "declined", _("不同意")

    of = models.CharField(max_length=80)
    """Key of the return."""
    period = models.CharField(max_length=20, blank=True)
    """Empty for a person, who is taken out of every period."""
    person = Sealed(bound=("of", "at"), most=40, blank=True)
    """The code of the person whose rows go; empty for a whole period, and again once it is done."""
    why = models.CharField(max_length=300)
    state = models.CharField(max_length=10, choices=State.choices, default=State.PROPOSED)
    at = models.DateTimeField()
    by = models.CharField(max_length=100)
    first = models.CharField(max_length=100, blank=True)
    first_login = models.CharField(max_length=150, blank=True)
    second = models.CharField(max_length=100, blank=True)
    done_at = models.DateTimeField(null=True)
    editions = JSON(default=list)
    """Numbers of the lake's editions that were destroyed by it."""
    rows = models.PositiveBigIntegerField(default=0)
    """How many rows they had."""

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["of", "period"],
                condition=models.Q(state="proposed") & ~models.Q(period=""),
                name="one_proposal_a_period",
            )
        ]

    def __str__(self) -> str:
        return f"{self.of} {self.period}".strip()
