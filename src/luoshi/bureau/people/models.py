"""The city this house works for, its offices and divisions, and who works here in which role."""

from datetime import date
from typing import ClassVar, TypeVar

from django.contrib.auth.models import AbstractUser
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from luoshi.bureau.fields import JSON
from luoshi.bureau.people.periods import ParentAbove, PeriodsApart
from luoshi.words.divisions import Level

_COUNTY, _TOWNSHIP = int(Level.COUNTY), int(Level.TOWNSHIP)
_Row = TypeVar("_Row", bound=models.Model)


class Role(models.TextChoices):
    """What a person may do; finer rights follow the division and the office."""

    SUPERVISOR = "supervisor", _("督查室")
    SECTION = "section", _("科室")
    CONTACT = "contact", _("联络员")
    LEADER = "leader", _("分管局领导")
    COUNTY = "county", _("县(市、区)")
    SCHOOL = "school", _("学校")
    TEACHER = "teacher", _("教师")
    VIEWER = "viewer", _("查阅")
    ADMIN = "admin", _("系统管理员")
    SECURITY = "security", _("安全管理员")
    AUDITOR = "auditor", _("审计管理员")


class Person(AbstractUser):
    """One account. Signs in by username; shown by name."""

    name = models.CharField("姓名", max_length=100)
    role = models.CharField("角色", max_length=20, choices=Role.choices, default=Role.VIEWER)
    office = models.CharField("科室", max_length=20, blank=True)
    """Code of the office; empty outside the bureau."""
    division = models.CharField("单位", max_length=20, blank=True)
    """Code of the division for county people, of a school's people that of its county; empty is the whole city."""
    school = models.CharField("学校标识码", max_length=14, blank=True)
    """Code of the institution for a school's people; empty for everybody else."""
    demo = models.BooleanField("演示人员", default=False)
    must_change = models.BooleanField("首次进入须改密码", default=False)
    """Came in by a first code or has yet to: no password of one's own is set."""
    last_login = None
    """Not kept here: the journal knows every coming in, and nothing is written beside it."""

    REQUIRED_FIELDS = ["name"]

    class Meta(AbstractUser.Meta):
        indexes = [
            models.Index(fields=["office"], name="people_of_an_office"),
            models.Index(fields=["division"], name="people_of_a_division"),
            models.Index(fields=["school"], name="people_of_a_school", condition=~models.Q(school="")),
        ]

    def __str__(self) -> str:
        return self.name


class City(models.Model):
    """The city this house works for, and the offices and divisions of its bureau."""

    key = models.CharField(max_length=40, unique=True)
    """Name of its folder under cities/."""
    name = models.CharField(max_length=60)
    bureau = models.CharField(max_length=100)
    imaginary = models.BooleanField(default=False)
    """True for a made-up city: every page then says 演示数据(虚构)."""
    opens = models.DateField(null=True)
    """The day the board opens on when nobody chose one; empty is today."""
    public = models.BooleanField(default=False)
    """Whether the page without signing in shows approved public texts: the bureau switches it on."""
    following = models.BooleanField(default=False)
    """Whether whoever brought a matter may follow it by number and code without signing in: the bureau switches it on."""
    bringing = models.BooleanField(default=False)
    """Whether a matter may be brought on the web without signing in: the bureau switches it on."""
    begun = models.DateField(null=True)
    """The day 序时进度 is counted from; empty is the first day of the plan's period."""
    county = models.CharField(max_length=20, blank=True)
    """县级版: code of the county whose house this is; empty in the city's own."""
    stands = models.CharField(max_length=100, blank=True)
    """县级版: whose it is and until which package of the city's it stands, in words: the banner of every page asks for nothing."""

    def __str__(self) -> str:
        return self.name


class SpecialDay(models.Model):
    """A day off or a working day of the city's own, laid over the national calendar."""

    city = models.ForeignKey(City, models.PROTECT, related_name="special_days")
    day = models.DateField()
    works = models.BooleanField()
    name = models.CharField(max_length=60)

    class Meta:
        ordering = ["day"]
        constraints = [models.UniqueConstraint(fields=["city", "day"], name="one_special_day_a_day")]

    def __str__(self) -> str:
        return f"{self.day} {self.name}"


class Office(models.Model):
    """科室: a section that leads or helps."""

    city = models.ForeignKey(City, models.PROTECT, related_name="offices")
    code = models.CharField(max_length=20)
    name = models.CharField(max_length=60)
    duties = JSON(default=list)
    leads = JSON(default=list)
    leader = models.CharField(max_length=60, blank=True)
    doubt = models.CharField(max_length=200, blank=True)
    place = models.PositiveSmallIntegerField(default=0)
    """Protocol order."""

    class Meta:
        ordering = ["place"]
        constraints = [models.UniqueConstraint(fields=["city", "code"], name="one_office_a_code")]

    def __str__(self) -> str:
        return self.name


class Counties(models.Manager["Division"]):
    """县(市、区), 功能区 and 市直 of today: what the city is divided into for every page that asks nothing else."""

    def get_queryset(self) -> models.QuerySet["Division"]:
        """Those that stand today; whoever asks for another day, or for townships, asks `ever`."""
        return standing(super().get_queryset().filter(level__lte=_COUNTY), timezone.localdate())


def standing(rows: models.QuerySet[_Row], on: date) -> models.QuerySet[_Row]:
    """Of rows with a first and a last day those that stand on a day."""
    begun = models.Q(begun=None) | models.Q(begun__lte=on)
    return rows.filter(begun, models.Q(until=None) | models.Q(until__gte=on))


class Division(models.Model):
    """县(市、区), 功能区, 市直, a unit that answers for its share; and its townships. One row a period: name, kind, parent."""

    city = models.ForeignKey(City, models.PROTECT, related_name="divisions")
    code = models.CharField(max_length=20)
    name = models.CharField(max_length=60)
    kind = models.CharField(max_length=20)
    doubt = models.CharField(max_length=200, blank=True)
    place = models.PositiveSmallIntegerField(default=0)
    level = models.PositiveSmallIntegerField(default=_COUNTY)
    parent = models.CharField(max_length=20, blank=True)
    """Code of the unit above it; empty below the city itself."""
    county = models.CharField(max_length=20, blank=True)
    """Code of the county a township belongs to, so that a subtree is one condition; empty for a county."""
    begun = models.DateField(null=True)
    """The first day; null where nobody says."""
    until = models.DateField(null=True)
    """The last day; null while it stands."""
    longitude = models.FloatField(null=True)
    latitude = models.FloatField(null=True)
    row = models.PositiveSmallIntegerField(null=True)
    """Of its tile on the map of counties, from 1 at the north; null where the city's folder gives none."""
    column = models.PositiveSmallIntegerField(null=True)
    """From 1 at the west."""

    objects = Counties()
    ever: ClassVar[models.Manager["Division"]] = models.Manager()

    class Meta:
        ordering = ["place"]
        constraints = [
            models.UniqueConstraint(
                fields=["city", "code"], condition=models.Q(until=None), name="one_division_a_code"
            ),
            models.UniqueConstraint(
                fields=["city", "code"], condition=models.Q(begun=None), name="one_first_division_a_code"
            ),
            models.UniqueConstraint(fields=["city", "code", "begun"], name="one_division_a_code_and_day"),
            PeriodsApart(name="division_periods_apart"),
            ParentAbove(name="division_parent_above"),
            models.CheckConstraint(
                condition=models.Q(begun=None) | models.Q(until=None) | models.Q(until__gte=models.F("begun")),
                name="divisions_end_after_they_begin",
            ),
            models.CheckConstraint(
                condition=models.Q(level__lte=_COUNTY, county="") | models.Q(level=_TOWNSHIP) & ~models.Q(county=""),
                name="townships_have_a_county",
            ),
        ]
        indexes = [
            models.Index(fields=["city", "level", "county", "code", "begun", "until"], name="divisions_by_level"),
        ]

    def __str__(self) -> str:
        return self.name


class Institution(models.Model):
    """学校、幼儿园、教学点、校区. One row a period: name, 办学类型, whose it is, where it stands."""

    city = models.ForeignKey(City, models.PROTECT, related_name="institutions")
    code = models.CharField(max_length=14)
    """学校（机构）标识码; of a campus that of its school, a dash and a number."""
    name = models.CharField(max_length=100)
    kind = models.CharField(max_length=3)
    """办学类型, GB/T 33782-2017 表4."""
    operator = models.CharField(max_length=10, blank=True)
    """举办者: public, private, or empty."""
    county = models.CharField(max_length=20)
    township = models.CharField(max_length=20, blank=True)
    host = models.CharField(max_length=14, blank=True)
    """Code of the school it belongs to."""
    begun = models.DateField(null=True)
    until = models.DateField(null=True)
    longitude = models.FloatField(null=True)
    latitude = models.FloatField(null=True)

    class Meta:
        ordering = ["county", "code"]
        constraints = [
            models.UniqueConstraint(
                fields=["city", "code"], condition=models.Q(until=None), name="one_institution_a_code"
            ),
            models.UniqueConstraint(
                fields=["city", "code"], condition=models.Q(begun=None), name="one_first_institution_a_code"
            ),
            models.UniqueConstraint(fields=["city", "code", "begun"], name="one_institution_a_code_and_day"),
            PeriodsApart(name="institution_periods_apart"),
            models.CheckConstraint(
                condition=models.Q(begun=None) | models.Q(until=None) | models.Q(until__gte=models.F("begun")),
                name="institutions_end_after_they_begin",
            ),
        ]
        indexes = [
            models.Index(fields=["city", "county", "code", "begun", "until"], name="institutions_by_county"),
            models.Index(fields=["city", "township", "begun", "until"], name="institutions_by_township"),
        ]

    def __str__(self) -> str:
        return self.name


class Succession(models.Model):
    """One step from a unit to what came of it: merged, split, renamed, given another code, or a part cut off."""

    city = models.ForeignKey(City, models.PROTECT, related_name="successions")
    of_schools = models.BooleanField(default=False)
    level = models.PositiveSmallIntegerField(default=_COUNTY)
    """Of the unit before, so that rights ask counties' steps alone."""
    before = models.CharField(max_length=20)
    after = models.CharField(max_length=20)
    on = models.DateField()
    """The first day of the new state."""
    how = models.CharField(max_length=10)
    doubt = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ["on", "id"]
        constraints = [
            models.UniqueConstraint(fields=["city", "of_schools", "before", "after", "on"], name="one_step_a_day")
        ]
        indexes = [models.Index(fields=["city", "of_schools", "after"], name="steps_by_heir")]

    def __str__(self) -> str:
        return f"{self.on} {self.before} → {self.after}"


class ApiKey(models.Model):
    """接口密钥: lets a program read what its owner may read. Only the digest is kept; the key itself was shown once."""

    person = models.ForeignKey(Person, models.PROTECT, related_name="keys")
    purpose = models.CharField(max_length=100)
    """Which program reads, and what for."""
    token = models.CharField(max_length=64, unique=True)
    """SHA-256 of the key."""
    begins = models.CharField(max_length=20)
    """Its first characters, to tell keys apart."""
    made_at = models.DateTimeField()
    until = models.DateField()
    """The last day it opens anything."""
    revoked_at = models.DateTimeField(null=True)
    revoked_by = models.CharField(max_length=100, blank=True)

    class Meta:
        ordering = ["-id"]

    def __str__(self) -> str:
        return f"{self.begins}… {self.purpose}"
