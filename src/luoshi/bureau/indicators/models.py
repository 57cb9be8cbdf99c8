"""Figures: measurements with their 口径, 时点 and source. Nothing here is ever changed; a correction is a new row."""

from django.db import models


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
