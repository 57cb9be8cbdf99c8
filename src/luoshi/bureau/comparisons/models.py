"""名单比对: what was compared, whom it found, which pairs a person has to decide, and what was decided."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from luoshi.bureau.fields import JSON, Sealed

_WORDS = 2000


class Run(models.Model):
    """比对: lists of one day held against one another. The lists themselves are kept until it is closed."""

    class State(models.TextChoices):
        """待比对 → 已比对 → 已结束."""

        WAITING = "waiting", _("待比对")
        COMPARED = "compared", _("已比对")
        CLOSED = "closed", _("已结束")

    city = models.ForeignKey("people.City", models.PROTECT, related_name="+")
    county = models.CharField(max_length=20, blank=True)
    """Code of the county that brought it; empty for the whole city."""
    on = models.DateField()
    """The day the lists are of."""
    state = models.CharField(max_length=10, choices=State.choices, default=State.WAITING)
    by = models.CharField(max_length=100)
    by_login = models.CharField(max_length=150)
    at = models.DateTimeField(auto_now_add=True)
    until = models.DateField()
    """The last day the lists are kept, if nobody closes it before."""
    compared_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)
    decided = models.PositiveIntegerField(default=0)
    """Decisions that were known when it was compared."""
    counts = JSON(default=list)
    """By county: its code, how many each comparison found, how many rows are doubtful."""
    told = JSON(default=list)
    """What was told of the lists: where, what, rule, remedy."""
    job = models.ForeignKey("jobs.Job", models.SET_NULL, null=True, related_name="+")

    class Meta:
        ordering = ["-id"]
        indexes = [
            models.Index(fields=["city", "county", "-id"], name="runs_of_a_county"),
            models.Index(fields=["until"], condition=~models.Q(state="closed"), name="open_runs"),
        ]

    def __str__(self) -> str:
        return f"{self.county} {self.on}"


class RunFile(models.Model):
    """比对的名单: one list as it came; its bytes are sealed by a key of their own and go with it."""

    run = models.ForeignKey(Run, models.PROTECT, related_name="files")
    key = models.CharField(max_length=20)
    """Of the declared list."""
    file = models.ForeignKey("files.File", models.PROTECT, related_name="+")

    class Meta:
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["run", "key"], name="one_list_of_a_kind")]

    def __str__(self) -> str:
        return f"{self.key} {self.file_id}"


class Finding(models.Model):
    """查出的人: by code, never by name. The line of the list leads to the child as long as the list is kept."""

    run = models.ForeignKey(Run, models.PROTECT, related_name="findings")
    place = models.PositiveIntegerField()
    city = models.ForeignKey("people.City", models.PROTECT, related_name="+")
    year = models.PositiveSmallIntegerField()
    """The school year of the lists, by its first calendar year."""
    comparison = models.CharField(max_length=20)
    key = models.CharField(max_length=20)
    """Of the list its line stands in."""
    line = models.PositiveIntegerField()
    county = models.CharField(max_length=20)
    school = models.CharField(max_length=100, blank=True)
    code = models.CharField(max_length=24)
    """Keyed digest of the number."""
    who = Sealed(blank=True, bound=("run_id", "place"), most=_WORDS)
    """Name and number, masked, as JSON; empty when the run is closed."""
    poor = models.CharField(max_length=10, blank=True)
    """yes, no, doubtful; empty where no list of the poor was given."""
    reason = models.CharField(max_length=200)
    procedure = models.CharField(max_length=40, blank=True)
    """Of the case it may become; empty where it becomes none."""
    case = models.ForeignKey("cases.Case", models.PROTECT, null=True, related_name="+")
    opened = models.BooleanField(default=False)
    """The case was opened from this very finding."""

    class Meta:
        ordering = ["run", "place"]
        constraints = [
            models.UniqueConstraint(fields=["run", "place"], name="one_finding_a_place"),
            models.UniqueConstraint(
                fields=["city", "procedure", "code", "year"],
                condition=models.Q(opened=True),
                name="one_case_a_child_and_year",
            ),
        ]
        indexes = [models.Index(fields=["run", "county", "comparison", "place"], name="findings_of_a_county")]

    def __str__(self) -> str:
        return f"{self.comparison} {self.code}"


class Doubt(models.Model):
    """待认定: a row, or two, of which a person has to say whether it is one child. Gone when the run is closed."""

    run = models.ForeignKey(Run, models.PROTECT, related_name="doubts")
    place = models.PositiveIntegerField()
    pair = models.CharField(max_length=24)
    """Its lasting code: a keyed digest of what both rows say."""
    comparison = models.CharField(max_length=20, blank=True)
    doubt = models.CharField(max_length=10)
    """A `matching.Doubt`."""
    key = models.CharField(max_length=20)
    line = models.PositiveIntegerField()
    county = models.CharField(max_length=20)
    other = models.CharField(max_length=20, blank=True)
    other_line = models.PositiveIntegerField(null=True)
    other_county = models.CharField(max_length=20, blank=True)
    who = Sealed(blank=True, bound=("run_id", "place"), most=_WORDS)
    """Names and numbers of both, masked, as JSON."""
    reason = models.CharField(max_length=200)

    class Meta:
        ordering = ["run", "place"]
        constraints = [models.UniqueConstraint(fields=["run", "place"], name="one_doubt_a_place")]
        indexes = [models.Index(fields=["run", "county", "place"], name="doubts_of_a_county")]

    def __str__(self) -> str:
        return self.pair


class Decision(models.Model):
    """认定: what a person said of a pair. Never changed, only followed by a newer one; it tells of nobody."""

    city = models.ForeignKey("people.City", models.PROTECT, related_name="+")
    county = models.CharField(max_length=20)
    pair = models.CharField(max_length=24)
    judged = models.CharField(max_length=10)
    """A `matching.Judged`."""
    reason = Sealed(bound=("city_id", "pair"), most=600)
    """Sealed, because people write names."""
    by = models.CharField(max_length=100)
    by_login = models.CharField(max_length=150)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-id"]
        indexes = [models.Index(fields=["city", "pair", "-id"], name="decisions_of_a_pair")]

    def __str__(self) -> str:
        return f"{self.pair} {self.judged}"
