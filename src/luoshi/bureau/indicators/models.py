"""Figures: measurements with their 口径, 时点 and source. Nothing here is ever changed; a correction is a new row."""

from django.db import models

from luoshi.bureau.fields import JSON


class Figure(models.Model):
    """One measurement of one indicator, as spine.Measurement."""

    city = models.ForeignKey("people.City", models.PROTECT, related_name="figures")
    indicator = models.CharField(max_length=60)
    division = models.CharField(max_length=20, blank=True)
    on = models.DateField()
    known = models.DateField()
    value = models.DecimalField(max_digits=24, decimal_places=6)
    unit = models.CharField(max_length=40)
    numerator = models.DecimalField(max_digits=24, decimal_places=6, null=True)
    denominator = models.DecimalField(max_digits=24, decimal_places=6, null=True)
    about = models.BooleanField(default=False)
    definition = models.CharField(max_length=300)
    standing = models.CharField(max_length=20)
    source_title = models.CharField(max_length=300)
    source_url = models.CharField(max_length=400, blank=True)
    source_published = models.DateField(null=True)
    source_doubt = models.CharField(max_length=300, blank=True)
    doubt = models.CharField(max_length=300, blank=True)
    digest = models.CharField(max_length=64)
    """Of all fields above: the same figure is not stored twice."""

    class Meta:
        ordering = ["indicator", "on", "known"]
        constraints = [models.UniqueConstraint(fields=["city", "digest"], name="one_row_a_figure")]

    def __str__(self) -> str:
        return f"{self.indicator} {self.on} {self.value} {self.unit}"


class OwnParameter(models.Model):
    """The bureau's own value of a declared parameter from a day on, as spine.Parameter. Another value is another row."""

    city = models.ForeignKey("people.City", models.PROTECT, related_name="parameters")
    key = models.CharField(max_length=60)
    value = models.DecimalField(max_digits=24, decimal_places=6)
    begun = models.DateField()
    source = models.CharField(max_length=300)

    class Meta:
        ordering = ["key", "begun"]
        constraints = [models.UniqueConstraint(fields=["city", "key", "begun"], name="one_value_a_day")]

    def __str__(self) -> str:
        return f"{self.key} {self.begun} {self.value}"


class Measuring(models.Model):
    """One run over the lake for one year: what was known, with which values of parameters. A later run stands beside it."""

    city = models.ForeignKey("people.City", models.PROTECT, related_name="measurings")
    year = models.PositiveSmallIntegerField()
    """First year of the school year, or the calendar year."""
    at = models.DateTimeField()
    entry = models.PositiveBigIntegerField()
    """Number of the lake's last entry then."""
    head = models.CharField(max_length=64)
    """Digest of that entry."""
    state = models.CharField(max_length=64)
    """Digest of that entry and the values: the same rows are not measured twice."""
    values = JSON(default=dict)
    """Parameters by key, as text."""
    unmeasured = JSON(default=dict)
    """Why a measure is not there, by its key."""
    editions = JSON(default=dict)
    """By return, numbers of the lake's editions that were read."""

    class Meta:
        ordering = ["-year", "-pk"]
        constraints = [models.UniqueConstraint(fields=["city", "year", "state"], name="one_run_a_state")]

    def __str__(self) -> str:
        return f"{self.year} ({self.entry})"


class Moment(models.Model):
    """What rows came to for one measure and division, as measuring.Moment; exact numbers are kept as text."""

    measuring = models.ForeignKey(Measuring, models.PROTECT, related_name="moments")
    measure = models.CharField(max_length=60)
    level = models.CharField(max_length=10)
    """city, county, township or school."""
    division = models.CharField(max_length=20)
    county = models.CharField(max_length=20, blank=True)
    name = models.CharField(max_length=100, blank=True)
    """Of a school, as its register has it."""
    part = models.CharField(max_length=60, blank=True)
    whole = models.CharField(max_length=60, blank=True)
    value = models.CharField(max_length=70, blank=True)
    """To 28 digits; empty where nothing is known."""
    shown = models.CharField(max_length=60)
    rows = models.PositiveIntegerField()
    used = models.PositiveIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["measuring", "measure", "level", "division"], name="one_moment_a_division")
        ]
        indexes = [models.Index(fields=["measuring", "level", "county"], name="moments_of_a_level")]

    def __str__(self) -> str:
        return f"{self.measure} {self.division} {self.shown}"


class Behind(models.Model):
    """Rows behind one county's figure, as they were read when it was measured: the classes that are too large.

    The row of no county stands for all: it says what is in the columns, and that the rows of this measure were kept.
    """

    measuring = models.ForeignKey(Measuring, models.PROTECT, related_name="behind")
    measure = models.CharField(max_length=60)
    county = models.CharField(max_length=20, blank=True)
    columns = JSON(default=list)
    """Name and heading of each."""
    rows = JSON(default=list)
    """The first of them, cells as text."""
    total = models.PositiveIntegerField()
    """How many there are."""

    class Meta:
        constraints = [models.UniqueConstraint(fields=["measuring", "measure", "county"], name="rows_kept_once")]

    def __str__(self) -> str:
        return f"{self.measure} {self.county} {self.total}"
