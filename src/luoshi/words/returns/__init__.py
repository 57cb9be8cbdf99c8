"""Returns: what a declaration of one is made of. Engines are loaded only when they are asked for."""

from luoshi.words.returns.columns import Amount, Choice, Code, Count, Day, Flag, Key, ReturnColumn, Words
from luoshi.words.returns.declaring import Basis, Grain, Return
from luoshi.words.returns.expressions import Beside, Call, Expression, Threshold, beside, last_year, told
from luoshi.words.returns.identified import credit_holds, identity_holds
from luoshi.words.returns.rules import Rule, RuleKind, must, should

__all__ = [
    "Amount",
    "Basis",
    "Beside",
    "Call",
    "Choice",
    "Code",
    "Count",
    "Day",
    "Expression",
    "Flag",
    "Grain",
    "Key",
    "Return",
    "ReturnColumn",
    "Rule",
    "RuleKind",
    "Threshold",
    "Words",
    "beside",
    "credit_holds",
    "identity_holds",
    "last_year",
    "must",
    "should",
    "told",
]
