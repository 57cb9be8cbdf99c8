"""进入: what is kept of passwords beside the hash that lets in. Second factors and sessions are kept by allauth."""

from django.db import models

from luoshi.bureau.people.models import Person


class Password(models.Model):
    """One password of a person, the newest the one that lets in: its hash, since when, who set it."""

    person = models.ForeignKey(Person, models.PROTECT, related_name="passwords")
    hash = models.CharField(max_length=128)
    """As Django keeps it; to tell that a new password is none of the last ones."""
    set_at = models.DateTimeField()
    by = models.CharField(max_length=150)
    """Login of who set it."""
    issued = models.BooleanField(default=False)
    """Set by somebody else: whoever comes in with it changes it first."""
    until = models.DateTimeField(null=True)
    """A one-time password lets in until then; null for all others."""
    used_at = models.DateTimeField(null=True)
    """When a one-time password let in: it does not a second time."""

    class Meta:
        ordering = ["-id"]

    def __str__(self) -> str:
        return f"{self.person_id} {self.set_at}"
