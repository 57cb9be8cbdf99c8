"""Files that were handed in: kept once by the digest of their bytes, never overwritten."""

from django.db import models


class File(models.Model):
    """One file as it came; its bytes lie in the folder of the house under their digest."""

    digest = models.CharField(max_length=64, unique=True)
    name = models.CharField(max_length=200)
    size = models.PositiveBigIntegerField()
    form = models.CharField(max_length=100)
    """What it is served as: a media type; that of an xlsx has 65 characters."""
    kept = models.DateTimeField(auto_now_add=True)
    destroyed = models.DateTimeField(null=True)
    """Since when its bytes and its key are no more; its digest and its name stay."""

    def __str__(self) -> str:
        return self.name
