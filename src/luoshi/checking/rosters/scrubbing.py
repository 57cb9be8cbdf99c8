"""Cells that hold somebody's number although their heading does not say so: told by their address, and blanked."""

from collections.abc import Sequence

import polars as pl

_PERSON = r"(?:^|[^0-9])[1-9][0-9]{5}(?:18|19|20)[0-9]{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12][0-9]|3[01])[0-9]{3}[0-9Xx](?:[^0-9]|$)"
_OLD = r"(?:^|[^0-9])[1-9][0-9]{7}(?:0[1-9]|1[0-2])(?:0[1-9]|[12][0-9]|3[01])[0-9]{3}(?:[^0-9]|$)"
_PHONE = r"(?:^|[^0-9])(?:\+?86[- ]?)?1[3-9][0-9][- ]?[0-9]{4}[- ]?[0-9]{4}(?:[^0-9]|$)"
_CODED = frozenset({"class_code", "school", "number", "household", "township"})
"""Fields of long codes: fifteen digits may be a code there."""
JOINING = frozenset({"sourced", "class_sourced", "org", "state"})
"""Fields that only join tables and are in no row that is taken."""


def scrub(frame: pl.DataFrame, fields: Sequence[str]) -> tuple[pl.DataFrame, dict[str, pl.Series]]:
    """The frame with such cells empty, and by field which they were.

    Args:
        frame: text.
        fields: columns to look at.
    """
    found = dict[str, pl.Series]()
    for name in fields:
        cells = frame[name]
        forms = "|".join((_PERSON, _PHONE) if name in _CODED else (_PERSON, _OLD, _PHONE))
        values = cells.unique()
        suspect = values.filter(values.str.len_chars() >= 11).str.normalize("NFKC")  # noqa: PLR2004  # digits of a phone
        if not suspect.str.contains(forms).any():
            continue
        held = cells.str.normalize("NFKC").str.contains(forms).fill_null(False)
        found[name] = held
        frame = frame.with_columns(pl.when(~held).then(pl.col(name)).alias(name))
    return frame, found
