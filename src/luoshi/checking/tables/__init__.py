"""套表: another department's blank table, understood once, confirmed by a person, then filled for every unit from what is held."""

from luoshi.checking.tables.bindings import Binding, How, as_record, binding_of, parse_filters, say_filters
from luoshi.checking.tables.fields import TOTAL, Form, Slot, Unit
from luoshi.checking.tables.filling import Filled, Gap, fill, read_form, zipped
from luoshi.checking.tables.proposing import Proposal, propose
from luoshi.checking.tables.reckoning import Reckoned, Rows, reckon

__all__ = [
    "TOTAL",
    "Binding",
    "Filled",
    "Form",
    "Gap",
    "How",
    "Proposal",
    "Reckoned",
    "Rows",
    "Slot",
    "Unit",
    "as_record",
    "binding_of",
    "fill",
    "parse_filters",
    "propose",
    "read_form",
    "reckon",
    "say_filters",
    "zipped",
]
