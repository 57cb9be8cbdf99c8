"""The city this house works for, its offices and divisions, and who works here in which role."""

from django.contrib.auth.models import AbstractUser
from django.db import models
from django.utils.translation import gettext_lazy as _

from luoshi.bureau.fields import JSON


class Role(models.TextChoices):
    """What a person may do; finer rights follow the division and the office."""

    SUPERVISOR = "supervisor", _("督查室")
    SECTION = "section", _("科室")
    CONTACT = "contact", _("联络员")
    LEADER = "leader", _("分管局领导")
    COUNTY = "county", _("县(市、区)")
    VIEWER = "viewer", _("查阅")
    ADMIN = "admin", _("系统管理员")


class Person(AbstractUser):
    """One account. Signs in by username; shown by name."""

    name = models.CharField("姓名", max_length=100)
    role = models.CharField("角色", max_length=20, choices=Role.choices, default=Role.VIEWER)
    office = models.CharField("科室", max_length=20, blank=True)
    """Code of the office; empty outside the bureau."""
    division = models.CharField("单位", max_length=20, blank=True)
    """Code of the division for county people; empty is the whole city."""
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
    begun = models.DateField(null=True)
    """The day 序时进度 is counted from; empty is the first day of the plan's period."""

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


class Division(models.Model):
    """县(市、区), 功能区, 市直: a unit that answers for its share."""

    city = models.ForeignKey(City, models.PROTECT, related_name="divisions")
    code = models.CharField(max_length=20)
    name = models.CharField(max_length=60)
    kind = models.CharField(max_length=20)
    doubt = models.CharField(max_length=200, blank=True)
    place = models.PositiveSmallIntegerField(default=0)
    row = models.PositiveSmallIntegerField(null=True)
    """Of its tile on the map of counties, from 1 at the north; null where the city's folder gives none."""
    column = models.PositiveSmallIntegerField(null=True)
    """From 1 at the west."""

    class Meta:
        ordering = ["place"]
        constraints = [models.UniqueConstraint(fields=["city", "code"], name="one_division_a_code")]

    def __str__(self) -> str:
        return self.name


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
