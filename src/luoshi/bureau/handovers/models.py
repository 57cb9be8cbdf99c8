"""交接: what a person had in hand when they left a post or the bureau, and who has it now."""

from django.conf import settings
from django.db import models

from luoshi.bureau.fields import JSON


class Handover(models.Model):
    """One 交接单, as it was carried out. It is never changed."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="handovers")
    """Who leaves."""
    whole = models.BooleanField()
    """Whether they leave the bureau; else one post."""
    post = models.CharField(max_length=200, blank=True)
    """The post or posts given up, in words."""
    on = models.DateField()
    reason = models.CharField(max_length=300)
    ended = JSON(default=dict)
    """What was ended with it, in words with counts: posts, keys, stand-ins."""
    by = models.CharField(max_length=100)

    class Meta:
        ordering = ["-id"]

    def __str__(self) -> str:
        return f"{self.person_id} {self.on}"


class Line(models.Model):
    """One thing that changed hands."""

    handover = models.ForeignKey(Handover, models.PROTECT, related_name="lines")
    kind = models.CharField(max_length=40)
    """Key of the kind in the declared list."""
    thing = models.CharField(max_length=60)
    """Its number in its own table."""
    title = models.CharField(max_length=300)
    to = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="taken_over")

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return self.title
