"""Who works here, in which role, for which office or division."""

from django.contrib.auth.models import AbstractUser
from django.db import models


class Role(models.TextChoices):
    """What a person may do; finer rights follow the division and the office."""

    SUPERVISOR = "supervisor", "督查室"
    SECTION = "section", "科室"
    LEADER = "leader", "分管局领导"
    COUNTY = "county", "县(市、区)"
    VIEWER = "viewer", "查阅"
    ADMIN = "admin", "系统管理员"


class Person(AbstractUser):
    """One account. Signs in by username; shown by name."""

    name = models.CharField("姓名", max_length=100)
    role = models.CharField("角色", max_length=20, choices=Role.choices, default=Role.VIEWER)
    office = models.CharField("科室", max_length=20, blank=True)
    """Code of the office; empty outside the bureau."""
    division = models.CharField("单位", max_length=20, blank=True)
    """Code of the division for county people; empty is the whole city."""
    demo = models.BooleanField("演示人员", default=False)

    REQUIRED_FIELDS = ["name"]

    def __str__(self) -> str:
        return self.name
