"""Columns of a ledger on any paper: what they are called, what they hold, who may fill them."""

from dataclasses import dataclass
from enum import StrEnum


class Fill(StrEnum):
    """What stands in a column."""

    TEXT = "text"
    """Words."""
    DAY = "day"
    """A day; vague words (9月底前, 长期坚持) are kept as they are and read beside."""
    AMOUNT = "amount"
    """A target: sign, number, unit."""
    OFFICE = "office"
    """One section of the bureau."""
    OFFICES = "offices"
    """Sections, separated by 、."""
    UNITS = "units"
    """Divisions, separated by 、; 各县(市、区) is all of them."""
    PERSON = "person"
    """A name or a title."""
    CHOICE = "choice"
    """One of a few words."""


@dataclass(frozen=True, slots=True)
class Column:
    """One column of the ledger."""

    key: str
    """Its name in code and files."""
    label: str
    """Its heading on paper, in Chinese."""
    fill: Fill
    """What stands in it."""
    aliases: tuple[str, ...] = ()
    """Other headings it goes by in home-made ledgers."""
    width: int = 12
    """Width on paper, in Chinese characters."""
    longest: int = 300
    """Characters it may hold."""
    by: tuple[str, ...] = ()
    """Roles that may fill it; empty is computed or fixed, nobody types it. A section fills only the rows it leads."""
    approved: bool = False
    """After issue a change waits for the leader in charge, and the original stays."""
    choices: tuple[tuple[str, str], ...] = ()
    """Of a CHOICE: code and word."""
    label_en: str = ""
