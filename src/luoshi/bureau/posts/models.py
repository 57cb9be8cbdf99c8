"""任职: who holds which post from when to when, who stands in for whom, and what was brought as a workbook."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from luoshi.bureau.fields import JSON
from luoshi.bureau.people.models import City, Role


class CountyOffice(models.Model):
    """股室: a named office of a county's bureau, kept by that county."""

    city = models.ForeignKey(City, models.PROTECT, related_name="county_offices")
    division = models.CharField(max_length=20)
    """Code of the division."""
    name = models.CharField(max_length=60)
    duties = JSON(default=list)
    head = models.CharField(max_length=60, blank=True)
    """负责人."""
    phone = models.CharField(max_length=60, blank=True)
    """Of the office."""
    until = models.DateField(null=True)
    """The last day it stands; empty while it does."""

    class Meta:
        ordering = ["division", "name"]
        constraints = [
            models.UniqueConstraint(fields=["city", "division", "name"], name="one_county_office_a_name"),
        ]

    def __str__(self) -> str:
        return self.name


class Intake(models.Model):
    """One workbook of accounts that was carried out: which file, by whom, what became of it."""

    digest = models.CharField(max_length=64)
    """Of the file."""
    name = models.CharField(max_length=200)
    rows = models.PositiveIntegerField()
    done = models.PositiveIntegerField(default=0)
    """Rows done; fewer than all where somebody stopped it."""
    counts = JSON(default=dict)
    """People new, posts new, changed, ended."""
    on = models.DateField()
    by = models.CharField(max_length=100)

    class Meta:
        ordering = ["-id"]

    def __str__(self) -> str:
        return self.name


class Post(models.Model):
    """One post of one person. Rows are ended, never deleted: they are the history of a person."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="posts")
    role = models.CharField(max_length=20, choices=Role.choices)
    office = models.CharField(max_length=20, blank=True)
    """Code of the office; empty outside the bureau."""
    division = models.CharField(max_length=20, blank=True)
    """Code of the division; empty is the whole city. Of a school's post its county."""
    school = models.CharField(max_length=14, blank=True)
    """Code of the institution of a school's post; empty for every other."""
    section = models.ForeignKey(CountyOffice, models.PROTECT, null=True, related_name="posts")
    """股室 of the division; empty is the county's own contact, who minds its 股室."""
    title = models.CharField(max_length=60, blank=True)
    """职务 as on paper: 科长."""
    phone = models.CharField(max_length=60, blank=True)
    """Of the post, not of the person."""
    begun = models.DateField()
    until = models.DateField(null=True)
    """The last day; empty while no end is known."""
    main = models.BooleanField(default=False)
    ended_on = models.DateField(null=True)
    """Given up on this day, before the last day was over: nothing follows from it any more."""
    reason = models.CharField(max_length=300, blank=True)
    by = models.CharField(max_length=100)
    """Who entered it."""
    intake = models.ForeignKey(Intake, models.PROTECT, null=True, related_name="posts")
    """The workbook it came in."""
    stands_for = models.ForeignKey("self", models.PROTECT, null=True, related_name="stand_ins")
    """The post of somebody else that is stood in for (委托代办)."""
    acts = JSON(default=list)
    """Rights that were given to the stand-in; empty is all that may be given."""

    class Meta:
        ordering = ["-begun", "-id"]
        indexes = [
            models.Index(fields=["role", "office"], name="posts_of_an_office"),
            models.Index(fields=["division"], name="posts_of_a_division"),
            models.Index(fields=["school"], name="posts_of_a_school", condition=~models.Q(school="")),
        ]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(until=None) | models.Q(until__gte=models.F("begun")),
                name="a_post_ends_after_it_begins",
            ),
            models.CheckConstraint(
                condition=models.Q(role=Role.SCHOOL) & ~models.Q(school="")
                | ~models.Q(role=Role.SCHOOL) & models.Q(school=""),
                name="a_school_post_names_its_school",
            ),
            models.UniqueConstraint(
                fields=["person"],
                condition=models.Q(main=True, ended_on=None, until=None),
                name="one_open_main_post_a_person",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_role_display()} {self.office or self.school or self.division}"


class Delegation(models.Model):
    """委托代办: one person does what another may, while that one is away."""

    class State(models.TextChoices):
        """Where it stands. Its end needs nobody: the stand-in's post is over on its day."""

        ASKED = "asked", _("待批准")
        APPROVED = "approved", _("已批准")
        DECLINED = "declined", _("不同意")
        ENDED = "ended", _("已提前结束")

    post = models.ForeignKey(Post, models.PROTECT, related_name="delegations")
    """Whose post is given."""
    taker = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="taken_delegations")
    acts = JSON(default=list)
    begun = models.DateField()
    until = models.DateField()
    reason = models.CharField(max_length=300)
    state = models.CharField(max_length=10, choices=State.choices, default=State.ASKED)
    asked_by = models.CharField(max_length=100)
    asked_login = models.CharField(max_length=150)
    decided_by = models.CharField(max_length=100, blank=True)
    decided_on = models.DateField(null=True)
    words = models.CharField(max_length=300, blank=True)
    """Why it was declined or ended."""
    stand_in = models.OneToOneField(Post, models.PROTECT, null=True, related_name="delegation")
    """What the approval made."""

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(until__gte=models.F("begun")), name="a_delegation_ends_after_it_begins"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.post_id} {self.taker_id}"


class FirstCode(models.Model):
    """首次进入码: lets somebody in who has set no password yet. Only a keyed digest is kept; the code was printed once."""

    person = models.OneToOneField(settings.AUTH_USER_MODEL, models.PROTECT, related_name="first_code")
    digest = models.CharField(max_length=64)
    """HMAC-SHA256 of account and code, under a key drawn from SECRET_KEY."""
    until = models.DateField()
    """The last day it opens anything."""
    by = models.CharField(max_length=100)

    def __str__(self) -> str:
        return f"{self.person_id}"


class OfficeChange(models.Model):
    """One dated change of an office: what it said before, what after, why."""

    city = models.ForeignKey(City, models.PROTECT, related_name="office_changes")
    code = models.CharField(max_length=20)
    """Of the office."""
    on = models.DateField()
    """Since when it holds."""
    reason = models.CharField(max_length=300)
    before = JSON(default=dict)
    after = JSON(default=dict)
    by = models.CharField(max_length=100)

    class Meta:
        ordering = ["-on", "-id"]

    def __str__(self) -> str:
        return f"{self.code} {self.on}"
