"""What is done with forms: asked for, let through or not, sent, taken back, kept as rows; and tables of others mapped."""

from luoshi.bureau.forms.actions.collecting import Brought, fill, gather, send
from luoshi.bureau.forms.actions.filing import Decision, Field, Terms, decide, request, set_baseline, withdraw
from luoshi.bureau.forms.actions.keeping import deposit, settle
from luoshi.bureau.forms.actions.mapping import bring_blank, keep_mapping

__all__ = [
    "Brought",
    "Decision",
    "Field",
    "Terms",
    "bring_blank",
    "decide",
    "deposit",
    "fill",
    "gather",
    "keep_mapping",
    "request",
    "send",
    "set_baseline",
    "settle",
    "withdraw",
]
