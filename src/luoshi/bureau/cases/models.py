"""办件 and 名单: what happened to each case, kept as it happened; how each stands, for lists; and entries that cases decided."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from luoshi.bureau.fields import JSON, Sealed

PAGES = 20_000
"""Characters of a step's private answers at most."""


class CourseText(models.Model):
    """流程版本: the text of a course as cases run by it; never changed."""

    version = models.CharField(max_length=16, unique=True)
    procedure = models.CharField(max_length=40)
    text = models.TextField()
    at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return f"{self.procedure} {self.version}"


class Numbering(models.Model):
    """办件编号: the last number that a procedure gave in a year."""

    city = models.ForeignKey("people.City", models.PROTECT, related_name="+")
    procedure = models.CharField(max_length=40)
    year = models.PositiveSmallIntegerField()
    last = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["city", "procedure", "year"], name="one_numbering_a_year"),
        ]

    def __str__(self) -> str:
        return f"{self.procedure} {self.year}"


class Conduct(models.Model):
    """办理设置: how a bureau lets a procedure run, from a day on. Never changed, only followed by a newer one."""

    class Way(models.TextChoices):
        """本系统办理, 导入外部平台的数, or 不用."""

        NATIVE = "native", _("在本系统办理")
        IMPORTED = "imported", _("在外部平台办理，只导入数")
        OFF = "off", _("不用")

    city = models.ForeignKey("people.City", models.PROTECT, related_name="conducts")
    procedure = models.CharField(max_length=40)
    way = models.CharField(max_length=10, choices=Way.choices)
    office = models.CharField(max_length=20, blank=True)
    """Code of the office that hosts it; empty for the one its duties name."""
    terms = JSON(default=dict)
    """How long the bureau itself set its clocks, by key."""
    reason = models.CharField(max_length=300)
    """Document or decision it stands on."""
    by = models.CharField(max_length=100)
    by_login = models.CharField(max_length=150)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-id"]
        indexes = [models.Index(fields=["city", "procedure", "-id"], name="conduct_of_a_procedure")]

    def __str__(self) -> str:
        return f"{self.procedure} {self.way}"


class Case(models.Model):
    """办件: how a case stands, so that lists need not follow what happened to it. `Happening` is what counts."""

    city = models.ForeignKey("people.City", models.PROTECT, related_name="cases")
    course = models.ForeignKey(CourseText, models.PROTECT, related_name="+")
    procedure = models.CharField(max_length=40)
    number = models.CharField(max_length=40)
    """Of the procedure and year: 教育信访-2020-0007."""
    title = models.CharField(max_length=200)
    """Never of a person."""
    state = models.CharField(max_length=40)
    since = models.DateField()
    """The day it came into its state."""
    opened_on = models.DateField()
    last_on = models.DateField()
    """The day of what happened last."""
    ended_on = models.DateField(null=True)
    decided = models.BooleanField(default=False)
    """Ended by a decision."""
    due = models.DateField(null=True)
    """The last day for the next step; null where no clock runs or it stands still."""
    warned = models.DateField(null=True)
    late = models.BooleanField(default=False)
    """A step was taken after its last day."""
    raised = models.DateField(null=True)
    """The last day of which the leader in charge was told that it is long over; null while nobody was told."""
    turn = models.CharField(max_length=12, blank=True)
    """Key of the part whose turn it is; empty where the clock or a citizen is waited for."""
    office = models.CharField(max_length=20, blank=True)
    """Code of the office that hosts it."""
    sponsor = models.CharField(max_length=20, blank=True)
    """Code of the office, county or school that opened it."""
    handler = models.CharField(max_length=20, blank=True)
    """Code of the office, county or school it was given to."""
    county = models.CharField(max_length=20, blank=True)
    school = models.CharField(max_length=14, blank=True)
    accused = models.CharField(max_length=20, blank=True)
    """Code of the unit complained of: it sees nothing of it."""
    theme = models.CharField(max_length=40, blank=True)
    score = models.DecimalField(max_digits=9, decimal_places=2, null=True)
    """Points that its last settled sheet came to; null while none is settled, or where nothing is scored."""
    grade = models.CharField(max_length=60, blank=True)
    """What they came to in words."""
    weight = models.PositiveIntegerField(default=1)
    same = models.CharField(max_length=32, blank=True)
    """Keyed digest of what makes two cases one matter; it tells nothing of it."""
    code = models.CharField(max_length=64, blank=True)
    """SHA-256 of the code by which whoever brought it follows it; empty where nobody does."""
    into = models.ForeignKey("self", models.PROTECT, null=True, related_name="merged")
    entry = models.ForeignKey("cases.Listing", models.PROTECT, null=True, related_name="cases")
    """The entry of a list that the case is about."""
    period = models.CharField(max_length=20, blank=True)
    """Of a case that begins anew each period: 2020-09."""
    version = models.PositiveIntegerField(default=1)
    """How many things happened to it."""

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(fields=["city", "number"], name="one_case_a_number"),
            models.UniqueConstraint(
                fields=["city", "procedure", "county", "school", "period"],
                condition=~models.Q(period="") & models.Q(entry=None),
                name="one_case_a_period",
            ),
            models.UniqueConstraint(
                fields=["procedure", "entry", "period"],
                condition=~models.Q(period=""),
                name="one_case_an_entry_and_period",
            ),
        ]
        indexes = [
            models.Index(
                fields=["turn", "office", "due", "id"], condition=models.Q(ended_on=None), name="cases_of_an_office"
            ),
            models.Index(
                fields=["turn", "handler", "due", "id"], condition=models.Q(ended_on=None), name="cases_of_a_handler"
            ),
            models.Index(
                fields=["turn", "county", "due", "id"], condition=models.Q(ended_on=None), name="cases_of_a_county"
            ),
            models.Index(
                fields=["turn", "school", "due", "id"], condition=models.Q(ended_on=None), name="cases_of_a_school"
            ),
            models.Index(
                fields=["turn", "sponsor", "due", "id"], condition=models.Q(ended_on=None), name="cases_of_a_sponsor"
            ),
            models.Index(fields=["due", "id"], condition=models.Q(ended_on=None), name="cases_by_due"),
            models.Index(fields=["procedure", "due"], condition=models.Q(ended_on=None), name="open_cases"),
            models.Index(fields=["procedure", "-id"], name="cases_of_a_procedure"),
            models.Index(fields=["procedure", "county", "-id"], name="procedure_in_a_county"),
            models.Index(fields=["procedure", "state", "-id"], name="procedure_in_a_state"),
            models.Index(fields=["school", "-id"], name="cases_about_a_school"),
            models.Index(fields=["procedure", "weight", "opened_on"], name="cases_of_many_persons"),
            models.Index(fields=["procedure", "same"], name="cases_of_one_matter"),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.title}"


class Happening(models.Model):
    """办理经过: one thing that happened to a case; never changed, never taken away."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="happenings")
    number = models.PositiveIntegerField()
    did = models.CharField(max_length=10)
    """A `handling.cases.Did`."""
    step = models.CharField(max_length=40, blank=True)
    on = models.DateField()
    at = models.DateTimeField(auto_now_add=True)
    login = models.CharField(max_length=150)
    name = models.CharField(max_length=100)
    part = models.CharField(max_length=12, blank=True)
    answers = JSON(default=dict)
    """What tells of no person, by key of the field; a file by its number."""
    private = Sealed(blank=True, bound=("case_id", "number"), most=PAGES)
    """What tells of a person, as JSON."""
    once = models.CharField(max_length=64, blank=True)
    """Digest of the login and the form it came with: the same form sent twice does it once."""

    class Meta:
        ordering = ["case", "number"]
        constraints = [
            models.UniqueConstraint(fields=["case", "number"], name="one_happening_a_number"),
            models.UniqueConstraint(fields=["once"], condition=~models.Q(once=""), name="one_happening_a_form"),
        ]

    def __str__(self) -> str:
        return f"{self.on} {self.did} {self.step}"


class CasePaper(models.Model):
    """办件材料: a file or picture that came with a step."""

    happening = models.ForeignKey(Happening, models.PROTECT, related_name="papers")
    key = models.CharField(max_length=40)
    """Of the field."""
    file = models.ForeignKey("files.File", models.PROTECT, related_name="+")

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.key} {self.file_id}"


class Unsent(models.Model):
    """待交材料: a file that came with a form that was refused. It goes on with the form, or is gone after some days."""

    login = models.CharField(max_length=150)
    once = models.CharField(max_length=64)
    """Digest of the login and the form, as at `Happening.once`."""
    key = models.CharField(max_length=40)
    """Of the field."""
    file = models.ForeignKey("files.File", models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["once", "key", "file"], name="one_unsent_a_file")]
        indexes = [models.Index(fields=["at"], name="unsent_by_age")]

    def __str__(self) -> str:
        return f"{self.key} {self.file_id}"


class Listing(models.Model):
    """名单条目: an entry of a list. It comes, is renewed and goes by decided cases alone."""

    city = models.ForeignKey("people.City", models.PROTECT, related_name="listings")
    register = models.CharField(max_length=40)
    title = models.CharField(max_length=200)
    school = models.CharField(max_length=14, blank=True)
    """Code of the school it is about; empty where it is about none."""
    county = models.CharField(max_length=20, blank=True)
    values = JSON(default=dict)
    """What tells of no person, by key of the field."""
    private = Sealed(blank=True, bound=("city_id", "register", "same"), most=PAGES)
    same = models.CharField(max_length=32)
    """Keyed digest of what makes two entries one."""
    since = models.DateField()
    until = models.DateField(null=True)
    """The last day; null until it is withdrawn."""
    warned = models.DateField(null=True)
    withdrawn_on = models.DateField(null=True)
    by = models.ForeignKey(Case, models.PROTECT, related_name="listed")
    """The case that decided it."""
    withdrawn_by = models.ForeignKey(Case, models.PROTECT, null=True, related_name="struck")
    follows = models.OneToOneField("self", models.PROTECT, null=True, related_name="followed_by")
    """The entry it renews."""

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(withdrawn_on=None, withdrawn_by=None)
                | models.Q(withdrawn_on__isnull=False, withdrawn_by__isnull=False),
                name="a_case_withdraws_a_listing",
            )
        ]
        indexes = [
            models.Index(fields=["city", "register", "until", "id"], name="listings_by_end"),
            models.Index(fields=["register", "same", "-id"], name="listings_of_one_thing"),
            models.Index(fields=["register", "county", "-id"], name="listings_of_a_county"),
            models.Index(fields=["school", "register"], name="listings_about_a_school"),
        ]

    def __str__(self) -> str:
        return self.title


class Tally(models.Model):
    """办件统计: how many cases of a kind a month brought and ended, counted with each act."""

    city = models.ForeignKey("people.City", models.PROTECT, related_name="+")
    procedure = models.CharField(max_length=40)
    county = models.CharField(max_length=20, blank=True)
    theme = models.CharField(max_length=40, blank=True)
    month = models.DateField()
    """First day of the month in which they were opened, or ended."""
    opened = models.PositiveIntegerField(default=0)
    persons = models.PositiveIntegerField(default=0)
    repeated = models.PositiveIntegerField(default=0)
    """Opened although the same matter had come before."""
    ended = models.PositiveIntegerField(default=0)
    late = models.PositiveIntegerField(default=0)
    """Ended, and a step was taken after its last day."""
    reopened = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["city", "procedure", "county", "theme", "month"], name="one_tally_a_kind_and_month"
            )
        ]

    def __str__(self) -> str:
        return f"{self.procedure} {self.month}"


class Imported(models.Model):
    """导入的办件数: what an outside platform counted for a county and month. Never changed, only followed by a newer one."""

    city = models.ForeignKey("people.City", models.PROTECT, related_name="+")
    procedure = models.CharField(max_length=40)
    county = models.CharField(max_length=20, blank=True)
    month = models.DateField()
    opened = models.PositiveIntegerField()
    ended = models.PositiveIntegerField()
    late = models.PositiveIntegerField()
    running = models.PositiveIntegerField()
    """Open at the end of the month."""
    source = models.CharField(max_length=200)
    by = models.CharField(max_length=100)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-id"]
        indexes = [models.Index(fields=["city", "procedure", "month", "county", "-id"], name="imported_by_month")]

    def __str__(self) -> str:
        return f"{self.procedure} {self.month}"


class Extract(models.Model):
    """导出申请: cases with what tells of a person leave the house as a table only for a purpose that a leader agreed to."""

    class State(models.TextChoices):
        """待批准, 已批准, 不同意."""

        ASKED = "asked", _("待批准")
        APPROVED = "approved", _("已批准")
        DECLINED = "declined", _("不同意")

    city = models.ForeignKey("people.City", models.PROTECT, related_name="+")
    procedure = models.CharField(max_length=40)
    since = models.DateField()
    """Cases opened from this day on."""
    until = models.DateField()
    """To this day, with it."""
    purpose = models.CharField(max_length=300)
    state = models.CharField(max_length=10, choices=State.choices, default=State.ASKED)
    asked_by = models.CharField(max_length=100)
    asked_login = models.CharField(max_length=150)
    at = models.DateTimeField(auto_now_add=True)
    decided_by = models.CharField(max_length=100, blank=True)
    decided_login = models.CharField(max_length=150, blank=True)
    decided_on = models.DateField(null=True)
    said = models.CharField(max_length=300, blank=True)
    taken = models.PositiveIntegerField(default=0)
    """How often it was taken out."""
    lines = models.PositiveIntegerField(default=0)
    """Cases in the table that was taken last."""

    class Meta:
        ordering = ["-id"]

    def __str__(self) -> str:
        return f"{self.procedure} {self.since} {self.until}"
