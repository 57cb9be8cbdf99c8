"""佐证材料: pieces of evidence, what was withdrawn and why, what a reviewer said. Rows are added, never changed.

The rows of one item form a chain (see chain.py). Its end is kept apart, so that a row cut off at the end is missed too.
"""

from collections.abc import Mapping

from django.db import models
from django.utils.translation import gettext_lazy as _

from luoshi.bureau.journal.chain import GENESIS, moment


class Chain(models.Model):
    """The end of the chain of one item; held, under its item, while a link is added."""

    commitment = models.OneToOneField("ledger.Commitment", models.PROTECT, related_name="evidence_chain")
    number = models.PositiveIntegerField(default=0)
    digest = models.CharField(max_length=64, default=GENESIS)

    def __str__(self) -> str:
        return f"{self.commitment_id} {self.number} {self.digest}"


class Link(models.Model):
    """What every row of the chain has."""

    number = models.PositiveIntegerField()
    """Its place in the chain of its item."""
    by = models.CharField(max_length=100)
    by_login = models.CharField(max_length=150)
    at = models.DateTimeField()
    previous = models.CharField(max_length=64)
    digest = models.CharField(max_length=64, unique=True)

    class Meta:
        abstract = True
        ordering = ["number"]

    def _signed(self, act: str, **told: object) -> Mapping[str, object]:
        return {
            "act": act,
            "number": self.number,
            "by": self.by,
            "login": self.by_login,
            "at": moment(self.at),
            "previous": self.previous,
            "digest": self.digest,
            **told,
        }


class Piece(Link):
    """One file that is to show something about an item. It may be withdrawn, never deleted."""

    commitment = models.ForeignKey("ledger.Commitment", models.PROTECT, related_name="pieces")
    file = models.ForeignKey("files.File", models.PROTECT, related_name="+")
    name = models.CharField(max_length=200)
    """As it was called by whoever brought it: the same bytes may come under two names."""
    kind = models.CharField(max_length=20)
    """Key of a declared paper."""
    shows = models.CharField(max_length=300)
    """佐证内容."""
    document_number = models.CharField(max_length=100, blank=True)
    """文号."""
    page = models.CharField(max_length=60, blank=True)
    """Where in the paper: 第3页, 附件2."""
    office = models.CharField(max_length=20, blank=True)
    """Office of whoever brought it."""
    division = models.CharField(max_length=20, blank=True)
    """Code of the county that brought it; other counties do not see it."""

    class Meta(Link.Meta):
        constraints = [models.UniqueConstraint(fields=["commitment", "number"], name="one_piece_a_place")]

    def __str__(self) -> str:
        return self.name

    @property
    def code(self) -> str:
        """The check code that is printed beside it: the first twelve digits of the file's digest."""
        return self.file.digest[:12]

    def record(self) -> Mapping[str, object]:
        """The link as it is digested."""
        told = ("name", "kind", "shows", "document_number", "page", "office", "division")
        of = {name: getattr(self, name) for name in told}
        return self._signed("attach", item=self.commitment_id, file=self.file.digest, **of)


class Withdrawal(Link):
    """撤回: a piece that no longer counts, and why."""

    piece = models.OneToOneField(Piece, models.PROTECT, related_name="withdrawal")
    reason = models.TextField()

    def __str__(self) -> str:
        return f"{self.piece_id} {self.reason}"

    def record(self) -> Mapping[str, object]:
        """The link as it is digested."""
        return self._signed("withdraw", piece=self.piece.number, reason=self.reason)


class Verdict(Link):
    """核验: what a reviewer said of a piece. A later one supersedes; both stay."""

    class Outcome(models.TextChoices):
        """What was said."""

        ACCEPTED = "accepted", _("采信")
        RETURNED = "returned", _("退回")

    piece = models.ForeignKey(Piece, models.PROTECT, related_name="verdicts")
    outcome = models.CharField(max_length=10, choices=Outcome.choices)
    reason = models.TextField(blank=True)
    on = models.DateField()

    def __str__(self) -> str:
        return f"{self.piece_id} {self.outcome}"

    def record(self) -> Mapping[str, object]:
        """The link as it is digested."""
        told = {"outcome": self.outcome, "reason": self.reason, "on": self.on.isoformat()}
        return self._signed("judge", piece=self.piece.number, **told)
