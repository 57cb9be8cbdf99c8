"""Figures: measurements with their 口径, 时点 and source. Nothing here is ever changed; a correction is a new row."""

from django.db import models

from luoshi.bureau.fields import JSON
from luoshi.bureau.indicators.packing import Moment as Moment  # noqa: PLC0414 -- what a run came to, before it is packed


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
    measuring = models.ForeignKey("Measuring", models.PROTECT, null=True, related_name="figures")
    """The run over the lake it comes from; empty for what people reported."""

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
    reason = models.CharField(max_length=300, blank=True)
    by = models.CharField(max_length=60, blank=True)
    """Name of who set it; empty for what came with the city's folder in former times."""
    at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["key", "begun"]
        constraints = [models.UniqueConstraint(fields=["city", "key", "begun"], name="one_value_a_day")]

    def __str__(self) -> str:
        return f"{self.key} {self.begun} {self.value}"


class PublishedDefinition(models.Model):
    """The 口径 an indicator is published in for a year, as somebody chose it. Another choice is another row; the last counts."""

    city = models.ForeignKey("people.City", models.PROTECT, related_name="definitions")
    indicator = models.CharField(max_length=60)
    year = models.PositiveSmallIntegerField()
    """First year of the school year, or the calendar year: that of the 时点."""
    measure = models.CharField(max_length=60, blank=True)
    """Key of the measure; empty for what people filed."""
    definition = models.CharField(max_length=300)
    """As figures name it."""
    reason = models.CharField(max_length=400)
    by = models.CharField(max_length=60)
    at = models.DateTimeField()

    class Meta:
        ordering = ["indicator", "year", "pk"]
        indexes = [models.Index(fields=["city", "indicator", "year"], name="chosen_of_a_year")]

    def __str__(self) -> str:
        return f"{self.indicator} {self.year} {self.definition}"


class LastDigits(models.Model):
    """How often each last digit stands among the counts that schools of one county reported in a column, in a run."""

    measuring = models.ForeignKey("Measuring", models.PROTECT, related_name="digits")
    form = models.CharField(max_length=60)
    """Key of the return."""
    column = models.CharField(max_length=60)
    county = models.CharField(max_length=20)
    counts = JSON(default=list)
    """Ten numbers: values that end in 0, in 1, and so on."""

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["measuring", "form", "column", "county"], name="digits_counted_once")
        ]

    def __str__(self) -> str:
        return f"{self.form}.{self.column} {self.county}"


class Confirmation(models.Model):
    """A doubt of a declared value that somebody verified on a document. Another finding is another row; the last one speaks."""

    city = models.ForeignKey("people.City", models.PROTECT, related_name="confirmations")
    key = models.CharField(max_length=60)
    begun = models.DateField()
    """First day of the declared value; with its region it says which one."""
    region = models.CharField(max_length=20, blank=True)
    doubt = models.CharField(max_length=300)
    """As it was declared then: a doubt that is worded anew is open again."""
    source = models.CharField(max_length=300)
    words = models.CharField(max_length=300, blank=True)
    by = models.CharField(max_length=60)
    at = models.DateTimeField()

    class Meta:
        ordering = ["key", "pk"]

    def __str__(self) -> str:
        return f"{self.key} {self.begun} {self.source}"


class Judgement(models.Model):
    """What people judged of one item of a checklist, with its evidence. Another judgement is another row; the last one speaks."""

    city = models.ForeignKey("people.City", models.PROTECT, related_name="judgements")
    checklist = models.CharField(max_length=60)
    item = models.CharField(max_length=20)
    county = models.CharField(max_length=20)
    """Code of the county; "city" for the city as a whole."""
    year = models.PositiveSmallIntegerField()
    verdict = models.CharField(max_length=10)
    """As words.checklists.Holds: yes, no, or people where it was opened again."""
    words = models.CharField(max_length=600)
    """The evidence: what was looked at, and what it shows."""
    by = models.CharField(max_length=60)
    at = models.DateTimeField()

    class Meta:
        ordering = ["pk"]
        indexes = [models.Index(fields=["city", "checklist", "year"], name="judged_of_a_year")]

    def __str__(self) -> str:
        return f"{self.checklist} {self.item} {self.county} {self.year} {self.verdict}"


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
    rows = JSON(default=dict)
    """By return, digest of the rows of these editions."""
    queries = JSON(default=dict)
    """By measure, digest of its formula and of the parameters it reads: another one breaks the series."""

    class Meta:
        ordering = ["-year", "-pk"]
        constraints = [models.UniqueConstraint(fields=["city", "year", "state"], name="one_run_a_state")]

    def __str__(self) -> str:
        return f"{self.year} ({self.entry})"


class Roster(models.Model):
    """Divisions that a run's sheaves of one level and county speak of, packed."""

    measuring = models.ForeignKey(Measuring, models.PROTECT, related_name="rosters")
    level = models.CharField(max_length=10)
    """city, county, township or school."""
    county = models.CharField(max_length=20, blank=True)
    """Of schools; the other levels stand in one roster."""
    body = models.BinaryField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["measuring", "level", "county"], name="one_roster_a_county")]

    def __str__(self) -> str:
        return f"{self.level} {self.county}"


class Sheaf(models.Model):
    """What one measure came to in a run, for all divisions of a roster, packed; `packing` reads it."""

    measuring = models.ForeignKey(Measuring, models.PROTECT, related_name="sheaves", db_index=False)
    level = models.CharField(max_length=10)
    county = models.CharField(max_length=20, blank=True)
    measure = models.CharField(max_length=60)
    scale = models.IntegerField()
    """What the quotient is multiplied by, as packing.Form."""
    places = models.PositiveSmallIntegerField()
    unit = models.CharField(max_length=40, blank=True)
    body = models.BinaryField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["measuring", "level", "measure", "county"], name="one_sheaf_a_measure")
        ]

    def __str__(self) -> str:
        return f"{self.measure} {self.level} {self.county}"


class Legend(models.Model):
    """Measures that a run's profiles speak of, in their order, and how each is divided and shown; packed."""

    measuring = models.OneToOneField(Measuring, models.PROTECT, related_name="legend", primary_key=True)
    body = models.BinaryField()

    def __str__(self) -> str:
        return str(self.measuring)


class Profile(models.Model):
    """What one division came to in a run, all measures of the legend in one row: the sheaves the other way round."""

    measuring = models.ForeignKey(Measuring, models.PROTECT, related_name="profiles", db_index=False)
    level = models.CharField(max_length=10)
    division = models.CharField(max_length=20)
    county = models.CharField(max_length=20, blank=True)
    name = models.TextField(blank=True)
    """Of a school, as its register has it."""
    body = models.BinaryField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["measuring", "division", "level"], name="one_profile_a_division")
        ]

    def __str__(self) -> str:
        return f"{self.level} {self.division}"


class Query(models.Model):
    """What was asked of the rows for a measure: kept once for each definition, named by the digest of formula and parameters."""

    digest = models.CharField(max_length=64, unique=True)
    measure = models.CharField(max_length=60)
    formula = models.TextField()
    values = JSON(default=dict)
    """Of the parameters it reads, as text."""
    sql = models.TextField()

    def __str__(self) -> str:
        return f"{self.measure} {self.digest[:8]}"


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
