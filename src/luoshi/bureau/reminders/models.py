"""提醒: the habits by version, what was sent to whom on which day, and how each person wants to be reached."""

from django.db import models

from luoshi.bureau.fields import Sealed


class HabitsVersion(models.Model):
    """提醒规则: one version of it; a change is a new version, and each digest names the one it was made by."""

    city = models.ForeignKey("people.City", models.PROTECT, related_name="habits")
    number = models.PositiveSmallIntegerField()
    """2 is the first that a person set; 1 are the product's defaults, which are no row."""
    before = models.JSONField(default=list)
    """Working days before the day."""
    on_day = models.BooleanField()
    every = models.PositiveSmallIntegerField()
    most = models.PositiveSmallIntegerField()
    patience = models.PositiveSmallIntegerField()
    apart = models.PositiveSmallIntegerField()
    reason = models.TextField()
    by = models.CharField(max_length=100)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-number"]
        constraints = [models.UniqueConstraint(fields=["city", "number"], name="one_habits_a_number")]

    def __str__(self) -> str:
        return f"第{self.number}版"


class Round(models.Model):
    """A day whose round was run to its end."""

    city = models.ForeignKey("people.City", models.PROTECT, related_name="rounds")
    day = models.DateField()
    by = models.CharField(max_length=100)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-day"]
        constraints = [models.UniqueConstraint(fields=["city", "day"], name="one_reminding_a_day")]

    def __str__(self) -> str:
        return f"{self.day}"


class Digest(models.Model):
    """What one person was told on one day, as it was worded then."""

    city = models.ForeignKey("people.City", models.PROTECT, related_name="digests")
    day = models.DateField()
    person = models.CharField(max_length=150)
    """Login, by text: what was said stays when an account goes."""
    name = models.CharField(max_length=100)
    role = models.CharField(max_length=20)
    office = models.CharField(max_length=20, blank=True)
    division = models.CharField(max_length=20, blank=True)
    subject = models.CharField(max_length=300)
    habits = models.PositiveSmallIntegerField()
    """Number of the habits it was made by."""
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-day", "person"]
        constraints = [models.UniqueConstraint(fields=["city", "day", "person"], name="one_digest_a_day")]
        indexes = [models.Index(fields=["person", "day"], name="digests_of_a_person")]

    def __str__(self) -> str:
        return f"{self.day} {self.name}"


class Reminder(models.Model):
    """One line of a digest: a due thing, a person, a step."""

    digest = models.ForeignKey(Digest, models.PROTECT, related_name="reminders")
    place = models.PositiveIntegerField()
    day = models.DateField()
    person = models.CharField(max_length=150)
    due = models.CharField(max_length=100)
    """Mark of the due thing: its key and the day it was due."""
    step = models.SmallIntegerField()
    """−N working days before, 0 on the day, N the Nth after it."""
    copy = models.BooleanField(default=False)
    words = models.CharField(max_length=500)
    link = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["place"]
        constraints = [models.UniqueConstraint(fields=["day", "person", "due", "step"], name="one_reminder_a_step")]

    def __str__(self) -> str:
        return self.words


class Preference(models.Model):
    """How a person wants to be reached besides the pages."""

    person = models.OneToOneField("people.Person", models.PROTECT, related_name="preference")
    email = Sealed(bound=("person_id",), most=200, blank=True)
    """Empty: no mail."""
    token = models.CharField(max_length=64, unique=True, null=True)
    """SHA-256 of the secret in the calendar's address; the secret itself is shown once and kept nowhere."""
    token_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return str(self.person)
