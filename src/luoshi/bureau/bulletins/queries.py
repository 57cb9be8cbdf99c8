"""Texts read back, and as files."""

from luoshi.bureau.bulletins.models import Bulletin
from luoshi.bureau.plans.models import Edition
from luoshi.reporting.official import OfficialDocument, as_word, settled
from luoshi.reporting.official.books import as_workbook
from luoshi.reporting.official.keeping import from_plain


def bulletins(edition: Edition) -> list[Bulletin]:
    """All texts of a plan without their bodies, the newest first."""
    return list(Bulletin.objects.filter(edition=edition).defer("document", "sources"))


def bulletin(number: int) -> Bulletin | None:
    """One text with its plan and city."""
    found = Bulletin.objects.filter(pk=number).select_related("edition", "edition__city", "scan", "file")
    return found.first()


def next_issue(edition: Edition) -> int:
    """The number of the next serial of the plan's year."""
    used = Bulletin.objects.filter(edition=edition, kind=Bulletin.Kind.SERIAL, stage=Bulletin.Stage.SETTLED)
    return max((one or 0 for one in used.values_list("issue", flat=True)), default=0) + 1


def document_of(one: Bulletin) -> OfficialDocument:
    """The text as it stands."""
    told: OfficialDocument = from_plain(one.document)
    return told


def word_of(one: Bulletin) -> bytes:
    """The Word file: 送审稿 with its figures bound, until it is settled; what was dropped never was more than a draft."""
    return unbound(one, as_word(document_of(one), draft=one.stage != Bulletin.Stage.SETTLED))


def unbound(one: Bulletin, word: bytes) -> bytes:
    """The Word file as it leaves the house: once the text is settled, without the keys of its figures."""
    return settled(word) if one.stage == Bulletin.Stage.SETTLED else word


def workbook_of(one: Bulletin) -> bytes:
    """The attachments as a workbook, made from the same text."""
    return as_workbook(document_of(one))
