"""培训: who teaches and what each has learnt: hours by event, how far with each requirement, what is to be corrected."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from luoshi.bureau.fields import JSON, Sealed

TENTHS = 10
"""Hours are kept as whole tenths, so that sums are exact."""


class Teacher(models.Model):
    """教师: one person of the register, by code. The name is sealed; whoever has no need of it sees it masked."""

    city = models.ForeignKey("people.City", models.PROTECT, related_name="+")
    code = models.CharField(max_length=24)
    """Keyed digest of the identity number, the same as in the roll of staff."""
    who = Sealed(bound=("city_id", "code"), most=60)
    login = models.CharField(max_length=150, blank=True)
    """Of their account; empty where they have none."""
    school = models.CharField(max_length=14)
    county = models.CharField(max_length=20)
    subject = models.CharField(max_length=20, blank=True)
    stage = models.CharField(max_length=20, blank=True)
    rural = models.BooleanField(default=False)
    trade = models.CharField(max_length=40, blank=True)
    """专业 of a vocational teacher of specialised courses; empty for everybody else."""
    began = models.DateField(null=True)
    """First working day."""
    left_on = models.DateField(null=True)
    """Since when they are no longer on the register."""

    class Meta:
        ordering = ["school", "id"]
        constraints = [
            models.UniqueConstraint(fields=["city", "code"], name="one_teacher_a_code"),
            models.UniqueConstraint(fields=["login"], condition=~models.Q(login=""), name="one_teacher_a_login"),
        ]
        indexes = [
            models.Index(fields=["school", "left_on", "id"], name="teachers_of_a_school"),
            models.Index(fields=["city", "county", "left_on"], name="teachers_of_a_county"),
            models.Index(fields=["city", "trade"], condition=~models.Q(trade=""), name="teachers_of_a_trade"),
        ]

    def __str__(self) -> str:
        return self.code


class Event(models.Model):
    """培训活动: what hours were given for, a session of this house or a line of a list that was brought."""

    city = models.ForeignKey("people.City", models.PROTECT, related_name="+")
    key = models.CharField(max_length=24)
    """Digest of what makes it the same event wherever it comes from."""
    title = models.CharField(max_length=100)
    project = models.CharField(max_length=40, blank=True)
    kind = models.CharField(max_length=20)
    year = models.PositiveSmallIntegerField()
    session = models.OneToOneField("training.Session", models.PROTECT, null=True, related_name="event")

    class Meta:
        ordering = ["-year", "id"]
        constraints = [models.UniqueConstraint(fields=["city", "key"], name="one_event_a_key")]
        indexes = [models.Index(fields=["city", "project", "year"], name="events_of_a_project")]

    def __str__(self) -> str:
        return self.title


class Turnout(models.Model):
    """参加人数: how many of a county have hours from an event, so that a project's years are a sum of few rows."""

    event = models.ForeignKey(Event, models.PROTECT, related_name="turnouts", db_index=False)
    county = models.CharField(max_length=20)
    people = models.PositiveIntegerField(default=0)
    tenths = models.PositiveBigIntegerField(default=0)

    class Meta:
        ordering = ["event", "county"]
        constraints = [models.UniqueConstraint(fields=["event", "county"], name="one_turnout_a_county")]

    def __str__(self) -> str:
        return f"{self.event_id} {self.county}"


class Credit(models.Model):
    """学时: hours of a teacher from an event; an event counts once."""

    teacher = models.ForeignKey("training.Teacher", models.PROTECT, related_name="credits", db_index=False)
    event = models.ForeignKey("training.Event", models.PROTECT, related_name="credits")
    on = models.DateField()
    tenths = models.PositiveIntegerField()
    practice = models.PositiveIntegerField(default=0)
    certificate = models.CharField(max_length=16, null=True)
    """Check code; null where this house gave none."""

    class Meta:
        ordering = ["-on", "-id"]
        constraints = [
            models.UniqueConstraint(fields=["teacher", "event"], name="an_hour_counts_once"),
            # Most hours have none: an index of all rows would hold millions of nothings, and SQLite would not use it.
            models.UniqueConstraint(
                fields=["certificate"],
                condition=models.Q(certificate__isnull=False),
                name="one_certificate_a_code",
            ),
            models.CheckConstraint(
                condition=models.Q(practice__lte=models.F("tenths")), name="practice_is_of_the_hours"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.teacher_id} {self.event_id}"


class Correction(models.Model):
    """更正: what somebody says is wrong in a record; nothing changes until it is approved."""

    class State(models.TextChoices):
        """待审 → 已更正 or 不更正."""

        ASKED = "asked", _("待审核")
        APPROVED = "approved", _("已更正")
        REFUSED = "refused", _("不予更正")

    teacher = models.ForeignKey("training.Teacher", models.PROTECT, related_name="corrections")
    credit = models.ForeignKey("training.Credit", models.SET_NULL, null=True, related_name="+")
    """Null where an entry is missing."""
    wanted = JSON(default=dict)
    """title, kind, year, on, tenths, practice; tenths 0 takes the entry off."""
    reason = Sealed(bound=("teacher_id",), most=300)
    state = models.CharField(max_length=10, choices=State.choices, default=State.ASKED)
    asked_by = models.CharField(max_length=100)
    asked_login = models.CharField(max_length=150)
    asked_on = models.DateField()
    decided_by = models.CharField(max_length=100, blank=True)
    decided_login = models.CharField(max_length=150, blank=True)
    decided_on = models.DateField(null=True)
    why_not = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ["-id"]
        indexes = [models.Index(fields=["state", "-id"], name="corrections_by_state")]

    def __str__(self) -> str:
        return f"{self.teacher_id} {self.state}"


class Standing(models.Model):
    """达标情况: how far a teacher has come with one requirement, kept up with every hour."""

    teacher = models.ForeignKey("training.Teacher", models.PROTECT, related_name="standings", db_index=False)
    requirement = models.CharField(max_length=20)
    since = models.DateField()
    until = models.DateField()
    asked = models.PositiveIntegerField()
    counted = models.PositiveIntegerField()
    practice = models.PositiveIntegerField(default=0)
    short = models.PositiveIntegerField()
    """Tenths of hours still owed; 0 is done."""
    kinds = JSON(default=list)
    """Kind, earned and counted tenths."""

    class Meta:
        ordering = ["teacher", "requirement"]
        constraints = [models.UniqueConstraint(fields=["teacher", "requirement"], name="one_standing_a_requirement")]

    def __str__(self) -> str:
        return f"{self.teacher_id} {self.requirement}"


class Tally(models.Model):
    """达标人数: of one school and subject, by requirement, so that a county is a sum of few rows."""

    city = models.ForeignKey("people.City", models.PROTECT, related_name="+", db_index=False)
    county = models.CharField(max_length=20)
    school = models.CharField(max_length=14)
    subject = models.CharField(max_length=20, blank=True)
    requirement = models.CharField(max_length=20)
    teachers = models.PositiveIntegerField()
    met = models.PositiveIntegerField()
    idle = models.PositiveIntegerField()
    """Without any hour in the span."""
    short = models.PositiveBigIntegerField()
    """Tenths of hours owed by all together."""

    class Meta:
        ordering = ["school", "requirement", "subject"]
        constraints = [
            models.UniqueConstraint(fields=["city", "school", "requirement", "subject"], name="one_tally_a_subject"),
        ]
        indexes = [
            models.Index(
                fields=["city", "requirement", "county", "subject", "teachers", "met", "idle", "short"],
                name="tallies_of_a_requirement",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.school} {self.requirement}"
