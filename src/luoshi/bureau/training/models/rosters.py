"""培训: quotas of projects and whom counties name, rosters of years, rolls counted in person-times."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from luoshi.bureau.fields import JSON, Sealed


class Quota(models.Model):
    """名额: places of a project for a year, the whole city's or a county's share."""

    city = models.ForeignKey("people.City", models.PROTECT, related_name="+")
    project = models.CharField(max_length=40)
    year = models.PositiveSmallIntegerField()
    county = models.CharField(max_length=20, blank=True)
    """Empty for the whole city."""
    seats = models.PositiveIntegerField()
    document = models.CharField(max_length=100)
    by = models.CharField(max_length=100)

    class Meta:
        ordering = ["project", "-year", "county"]
        constraints = [models.UniqueConstraint(fields=["city", "project", "year", "county"], name="one_quota_a_county")]

    def __str__(self) -> str:
        return f"{self.project} {self.year} {self.county}"


class Nomination(models.Model):
    """推荐: a county names a teacher for a project, within its share, once a year."""

    class State(models.TextChoices):
        """已推荐 → 已确认 or 已退回."""

        NAMED = "named", _("已推荐")
        CONFIRMED = "confirmed", _("已确认")
        RETURNED = "returned", _("已退回")

    city = models.ForeignKey("people.City", models.PROTECT, related_name="+")
    project = models.CharField(max_length=40)
    year = models.PositiveSmallIntegerField()
    county = models.CharField(max_length=20)
    teacher = models.ForeignKey("training.Teacher", models.PROTECT, related_name="nominations")
    state = models.CharField(max_length=10, choices=State.choices, default=State.NAMED)
    doubt = models.CharField(max_length=200, blank=True)
    """What the house noticed: sent for the same before."""
    by = models.CharField(max_length=100)
    by_login = models.CharField(max_length=150)
    decided_by = models.CharField(max_length=100, blank=True)

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["project", "year", "teacher"],
                condition=~models.Q(state="returned"),
                name="one_nomination_a_year",
            )
        ]
        indexes = [models.Index(fields=["city", "project", "year", "county"], name="nominations_of_a_county")]

    def __str__(self) -> str:
        return f"{self.project} {self.year} {self.teacher_id}"


class Rotation(models.Model):
    """轮训计划: five years in which everybody goes once."""

    city = models.ForeignKey("people.City", models.PROTECT, related_name="+")
    first = models.PositiveSmallIntegerField()
    capacity = JSON(default=dict)
    """By year, how many go."""
    share = models.PositiveSmallIntegerField()
    """Percent of a school's people that may be away in one year."""
    made_on = models.DateField()
    by = models.CharField(max_length=100)

    class Meta:
        ordering = ["-first"]
        constraints = [models.UniqueConstraint(fields=["city", "first"], name="one_rotation_a_cycle")]

    def __str__(self) -> str:
        return f"{self.first}"


class Turn(models.Model):
    """轮训名册的一人: in which year, or why in none."""

    rotation = models.ForeignKey("training.Rotation", models.PROTECT, related_name="turns")
    teacher = models.ForeignKey("training.Teacher", models.PROTECT, related_name="turns")
    year = models.PositiveSmallIntegerField(null=True)
    months = models.PositiveSmallIntegerField(default=0)
    """Recent ones, that put them in the order."""
    left = models.CharField(max_length=10, blank=True)
    """A `learning.rotation.Left` where they stand in no year."""

    class Meta:
        ordering = ["rotation", "id"]
        constraints = [models.UniqueConstraint(fields=["rotation", "teacher"], name="one_turn_a_rotation")]
        indexes = [models.Index(fields=["rotation", "year"], name="turns_of_a_year")]

    def __str__(self) -> str:
        return f"{self.teacher_id} {self.year}"


class Roll(models.Model):
    """培训班名册: whoever came to one class that is counted in person-times."""

    city = models.ForeignKey("people.City", models.PROTECT, related_name="+")
    project = models.CharField(max_length=40)
    title = models.CharField(max_length=100)
    holder = models.CharField(max_length=100)
    """Institution or branch."""
    county = models.CharField(max_length=20, blank=True)
    begun = models.DateField()
    until = models.DateField()
    tenths = models.PositiveIntegerField(default=0)
    trade = models.CharField(max_length=60, blank=True)
    funding = models.CharField(max_length=60, blank=True)
    persons = models.PositiveIntegerField()
    lines = models.PositiveIntegerField()
    """As they came; more than persons where somebody stood twice."""
    digest = models.CharField(max_length=64)
    by = models.CharField(max_length=100)
    by_login = models.CharField(max_length=150)
    on = models.DateField()

    class Meta:
        ordering = ["-begun", "-id"]
        constraints = [models.UniqueConstraint(fields=["city", "project", "digest"], name="one_roll_a_file")]
        indexes = [models.Index(fields=["city", "project", "begun"], name="rolls_of_a_project")]

    def __str__(self) -> str:
        return self.title


class Trainee(models.Model):
    """名册的一人, by code; once a class, whatever the list says."""

    roll = models.ForeignKey("training.Roll", models.PROTECT, related_name="trainees")
    code = models.CharField(max_length=24)
    """Keyed digest of the identity number."""
    who = Sealed(bound=("roll_id", "code"), most=60)
    """The name, masked."""
    group = models.CharField(max_length=20, blank=True)
    poor = models.BooleanField(default=False)
    passed = models.BooleanField(null=True)

    class Meta:
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["roll", "code"], name="one_person_a_roll")]
        indexes = [models.Index(fields=["code"], name="trainees_by_code")]

    def __str__(self) -> str:
        return f"{self.roll_id} {self.code}"
