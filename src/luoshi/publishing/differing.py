"""What a correction says otherwise than the edition before, cell by cell, in the open."""

from collections.abc import Iterator, Mapping

from luoshi.publishing.nouns import Change, Content, Table, name_of_row

GONE, NEW = "（删去）", "（新增）"
"""What stands in place of a row, column or paragraph that is in one edition only."""


def changes(before: Content, after: Content) -> tuple[Change, ...]:
    """Every difference, paragraphs first, then tables in their order."""
    earlier = {one.key: one for one in before.tables}
    told = [*_words(before, after)]
    for table in after.tables:
        told += _cells(earlier[table.key], table) if table.key in earlier else [Change(table.title, "", "", "", NEW)]
    kept = {one.key for one in after.tables}
    told += [Change(one.title, "", "", GONE, "") for one in before.tables if one.key not in kept]
    return tuple(told)


def _words(before: Content, after: Content) -> Iterator[Change]:
    if before.title != after.title:
        yield Change("", "标题", "", before.title, after.title)
    for at in range(max(len(before.text), len(after.text))):
        one = before.text[at] if at < len(before.text) else NEW
        other = after.text[at] if at < len(after.text) else GONE
        if one != other:
            yield Change("", f"第{at + 1}段", "", one, other)


def _cells(before: Table, after: Table) -> Iterator[Change]:
    earlier, later = _by_name(before), _by_name(after)
    labels = {one.key: one.label for one in (*before.columns, *after.columns)}
    for name, cells in later.items():
        if name not in earlier:
            yield Change(after.title, name, "", NEW, "　".join(filter(None, cells.values())))
            continue
        for key, value in cells.items():
            was = earlier[name].get(key, "")
            if was != value:
                yield Change(after.title, name, labels[key], was, value)
    for name, cells in earlier.items():
        if name not in later:
            yield Change(after.title, name, "", "　".join(filter(None, cells.values())), GONE)


def _by_name(table: Table) -> Mapping[str, Mapping[str, str]]:
    """Cells by row and column; rows of one name are told apart by their number."""
    told: dict[str, dict[str, str]] = {}
    for row in table.rows:
        name, many = name_of_row(table, row), 2
        while name in told:
            name, many = f"{name_of_row(table, row)} {many}", many + 1
        told[name] = {one.key: value for one, value in zip(table.columns, row, strict=True)}
    return told
