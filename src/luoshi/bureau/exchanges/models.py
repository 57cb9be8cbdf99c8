"""县级版: the other house's key, the packages that went each way, and what became of each part of them."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from luoshi.bureau.fields import JSON


class Peer(models.Model):
    """对方公钥: by whose signature packages are known. In the city's house a county's, in a county's house the city's.

    A newer row of the same county supersedes; the earlier one stays.
    """

    city = models.ForeignKey("people.City", models.PROTECT, related_name="peers")
    county = models.CharField(max_length=20)
    """Code of the county this house exchanges packages for."""
    key = models.CharField(max_length=64)
    """Ed25519 public key, 32 bytes in hexadecimal."""
    by = models.CharField(max_length=100)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-id"]

    def __str__(self) -> str:
        return f"{self.county} {self.key[:8]}"


class Package(models.Model):
    """交换包: one signed file that went from one house to the other, numbered each way; every one names the one before."""

    class Way(models.TextChoices):
        """Which way it goes."""

        DOWN = "down", _("市到县")
        UP = "up", _("县到市")

    class Kind(models.TextChoices):
        """What it is."""

        ISSUE = "issue", _("下发包")
        ANSWERS = "answers", _("上报包")
        RECEIPT = "receipt", _("回执包")

    class State(models.TextChoices):
        """How far it is, in the house that keeps this row."""

        MADE = "made", _("已生成")
        TAKING = "taking", _("收取中")
        TAKEN = "taken", _("已收")

    city = models.ForeignKey("people.City", models.PROTECT, related_name="packages")
    county = models.CharField(max_length=20)
    way = models.CharField(max_length=4, choices=Way.choices)
    kind = models.CharField(max_length=10, choices=Kind.choices)
    number = models.PositiveIntegerField()
    digest = models.CharField(max_length=64)
    """Of its manifest, which names the digest of everything in it."""
    file = models.ForeignKey("files.File", models.PROTECT, null=True, related_name="+")
    """Empty where a house was founded anew after it: then only number and digest are known."""
    state = models.CharField(max_length=10, choices=State.choices)
    by = models.CharField(max_length=100)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(fields=["city", "county", "way", "number"], name="one_package_a_number"),
        ]

    def __str__(self) -> str:
        return f"{self.county} {self.way} {self.number}"


class Part(models.Model):
    """包里的一件: one answer, return or figure of a package, and what became of it."""

    class Outcome(models.TextChoices):
        """What became of it."""

        SENT = "sent", _("等回执")
        TAKEN = "taken", _("已收")
        THERE = "there", _("市里已有")
        REFUSED = "refused", _("未收")
        CAME = "came", _("市里代录")

    package = models.ForeignKey(Package, models.PROTECT, related_name="parts")
    key = models.CharField(max_length=100)
    """Of the county's: kind and number of the row it was there; the same in both houses."""
    title = models.CharField(max_length=300)
    outcome = models.CharField(max_length=10, choices=Outcome.choices)
    findings = JSON(default=list)
    """Why it was refused: four words each."""
    made = models.PositiveBigIntegerField(default=0)
    """Number of the row that came of it in this house; 0 where none did."""

    class Meta:
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["package", "key"], name="one_part_a_key")]
        indexes = [models.Index(fields=["key", "made"], name="parts_by_key")]

    def __str__(self) -> str:
        return f"{self.key} {self.outcome}"
