"""报表备案: forms that sections want schools to fill, what of them was let through, what went out and came back; and 套表."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Baseline(models.Model):
    """报表基数: how many forms there were in the year that is counted from. Never changed, only followed by a newer one."""

    city = models.ForeignKey("people.City", models.PROTECT, related_name="+")
    year = models.PositiveSmallIntegerField()
    """The year whose forms are capped by it."""
    items = models.PositiveIntegerField()
    source = models.CharField(max_length=200)
    """Where the number comes from."""
    by = models.CharField(max_length=100)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-id"]

    def __str__(self) -> str:
        return f"{self.year} {self.items}"


class Request(models.Model):
    """报表申请: one form somebody wants filled."""

    class State(models.TextChoices):
        """申报 → 已备案 or 未同意; 撤销 at any time."""

        ASKED = "asked", _("待审批")
        APPROVED = "approved", _("已备案")
        DECLINED = "declined", _("未同意")
        WITHDRAWN = "withdrawn", _("已撤销")

    city = models.ForeignKey("people.City", models.PROTECT, related_name="form_requests")
    year = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=200)
    office = models.CharField(max_length=20)
    """Code of the section that asks, or through which another department asks."""
    outside = models.CharField(max_length=100, blank=True)
    """Name of the other department; empty for the section itself."""
    consent = models.CharField(max_length=200, blank=True)
    """商教育部门: by which paper the bureau agreed with that department."""
    basis = models.CharField(max_length=200)
    """Document it stands on."""
    kinds = models.JSONField(default=list)
    """Kinds of institutions that fill it."""
    counties = models.JSONField(default=list)
    """Codes of counties; empty for all."""
    times = models.PositiveSmallIntegerField()
    """How often a year."""
    month = models.PositiveSmallIntegerField()
    """In which month for the first time."""
    schools = models.PositiveIntegerField()
    """How many schools it reaches, by the register when it was asked for."""
    state = models.CharField(max_length=10, choices=State.choices, default=State.ASKED)
    number = models.CharField(max_length=40, blank=True)
    """备案号."""
    by = models.CharField(max_length=100)
    at = models.DateTimeField(auto_now_add=True)
    decided_by = models.CharField(max_length=100, blank=True)
    decided_on = models.DateField(null=True)
    reason = models.TextField(blank=True)
    """Why it was let through, declined or withdrawn."""
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["-year", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["city", "number"], condition=~models.Q(number=""), name="one_form_a_filing_number"
            )
        ]

    def __str__(self) -> str:
        return self.title


class RequestColumn(models.Model):
    """One column of a form: of a declared return, or free."""

    request = models.ForeignKey(Request, models.PROTECT, related_name="columns")
    place = models.PositiveSmallIntegerField()
    label = models.CharField(max_length=60)
    kind = models.CharField(max_length=60, blank=True)
    """Key of the declared return it is a column of; empty for a free one."""
    column = models.CharField(max_length=60, blank=True)
    form = models.CharField(max_length=10, blank=True)
    """Of a free one: count, amount, words, choice, flag or day."""
    unit = models.CharField(max_length=20, blank=True)
    choices = models.JSONField(default=list)
    source = models.CharField(max_length=200, blank=True)
    """Where it is held already; empty when it is not: then it may be asked."""
    released = models.BooleanField(default=False)
    """Held, and asked all the same: the approver said so, with the reason of the decision."""

    class Meta:
        ordering = ["place"]
        constraints = [models.UniqueConstraint(fields=["request", "place"], name="one_form_column_a_place")]

    def __str__(self) -> str:
        return self.label

    @property
    def blocked(self) -> bool:
        """Whether it may not be asked."""
        return bool(self.source) and not self.released


class Sheet(models.Model):
    """填报表: what went out to one school, with what was held of it that day."""

    request = models.ForeignKey(Request, models.PROTECT, related_name="sheets")
    period = models.CharField(max_length=20)
    unit = models.CharField(max_length=20)
    """Code of the school."""
    name = models.CharField(max_length=100)
    county = models.CharField(max_length=20)
    held = models.JSONField(default=dict)
    """By column name: value as text, source, 口径."""
    by = models.CharField(max_length=100)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["county", "unit"]
        constraints = [
            models.UniqueConstraint(fields=["request", "period", "unit"], name="one_sheet_a_school_a_period")
        ]

    def __str__(self) -> str:
        return self.name


class Filing(models.Model):
    """One filled sheet that came back. The newest counts; none is ever changed."""

    sheet = models.ForeignKey(Sheet, models.PROTECT, related_name="filings")
    file = models.ForeignKey("files.File", models.PROTECT, related_name="+")
    file_name = models.CharField(max_length=200)
    values = models.JSONField(default=dict)
    """By column name, as text; only what was asked."""
    findings = models.JSONField(default=list)
    """In four parts and a weight each."""
    stops = models.PositiveIntegerField(default=0)
    """How many of them have to be mended."""
    by = models.CharField(max_length=100)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-id"]

    def __str__(self) -> str:
        return self.file_name


class Deposit(models.Model):
    """入库: what schools of one county answered in one period, on its way into the lake as rows of a kind of its own.

    Written before the lake is touched, and given its edition afterwards, like the deposits of returns.
    """

    request = models.ForeignKey(Request, models.PROTECT, related_name="deposits")
    period = models.CharField(max_length=20)
    county = models.CharField(max_length=20)
    listing = models.ForeignKey("files.File", models.PROTECT, related_name="+")
    """入库清单: which filings it is made of, with the digests of their workbooks; its own digest is the source the lake names."""
    by = models.CharField(max_length=100)
    asked = models.DateTimeField(auto_now_add=True)
    edition = models.PositiveIntegerField(null=True)
    """Number of the lake's entry."""
    rows = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.request_id} {self.period} {self.county} {self.edition or ''}"


class TableMapping(models.Model):
    """套表对应: what the fields of another department's form are in our returns. A correction is a new row."""

    city = models.ForeignKey("people.City", models.PROTECT, related_name="table_mappings")
    digest = models.CharField(max_length=64)
    """Of the blank's structure."""
    name = models.CharField(max_length=200)
    blank = models.ForeignKey("files.File", models.PROTECT, related_name="+")
    bindings = models.JSONField(default=list)
    by = models.CharField(max_length=100)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-id"]
        indexes = [models.Index(fields=["city", "digest"])]

    def __str__(self) -> str:
        return self.name
