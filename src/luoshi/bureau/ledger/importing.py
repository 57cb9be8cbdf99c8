"""Old ledgers read with what the house knows, and written again in their own look."""

from collections.abc import Mapping, Sequence

from luoshi.bureau.files.queries import content
from luoshi.bureau.ledger.cells import COLUMNS, cells, known_of
from luoshi.bureau.ledger.models import Commitment, Layout
from luoshi.bureau.people.models import City
from luoshi.bureau.plans.models import Edition
from luoshi.bureau.related import with_related
from luoshi.declared import LEDGER_COLUMNS
from luoshi.reading.sheets import Ledger, Table, read_ledger, written_again
from luoshi.words.errors import RefusedError
from luoshi.words.findings import Finding


def read_file(city: City, sent: bytes, name: str, mapping: Mapping[str, str] | None = None) -> Ledger:
    """A workbook as a ledger, its columns as a person set them, else as they were remembered for these headings.

    Raises:
        RefusedError: it cannot be read.
    """
    offices = [one.name for one in city.offices.all()]
    units = [one.name for one in city.divisions.all()]
    ledger = read_ledger(sent, name, LEDGER_COLUMNS, offices=offices, units=units, mapping=mapping)
    known = {} if mapping else remembered(city, list(ledger.tables.values()))
    if known:
        return read_ledger(sent, name, LEDGER_COLUMNS, offices=offices, units=units, mapping=known)
    return ledger


def remembered(city: City, tables: Sequence[Table]) -> dict[str, str]:
    """How these very headings were mapped last time; empty when they are new."""
    signatures = [table.signature for table in tables]
    told: dict[str, str] = {}
    for layout in Layout.objects.filter(city=city, signature__in=signatures):
        told.update(layout.mapping)
    return told


def again(edition: Edition, paper: str = "") -> bytes:
    """An imported ledger as a workbook in its own look; only what was changed since says something else.

    Raises:
        RefusedError: it was not imported, or its file is gone.
    """
    if edition.file is None:
        raise RefusedError(Finding(edition.title, "不是导入的旧台账", "只有导入的台账能按原样写回", "请用外发导出"))
    sent, known = content(edition.file), known_of(edition.city)
    ledger = read_file(edition.city, sent, edition.file.name)
    places = {(row.sheet, row.row): row.places for row in ledger.rows}
    rows = Commitment.objects.filter(edition=edition).select_related("point", "edition", "breakdown")
    changes = {}
    for row in with_related(rows, "targets", "milestones", "changes"):
        now, came = cells(row, known), row.extra.get("came", {})
        where = (row.sheet, row.sheet_row or 0)
        for key, place in places.get(where, {}).items():
            if key in COLUMNS and now[key] != came.get(key, now[key]):
                changes[*where, place] = now[key]
    headings = {sheet: table.bottom + 1 for sheet, table in ledger.tables.items()}
    return written_again(sent, changes, paper=paper, headings=headings)
