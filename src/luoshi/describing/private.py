"""What is kept about persons, as the page 个人信息清单 lists it."""

from luoshi.declared.private import PERSONAL, RETENTIONS
from luoshi.declared.returns import RETURNS
from luoshi.describing.markdown import code, table


def page() -> str:
    """Every field, and every term."""
    fields = (
        (f"{code(one.table)} {'、'.join(map(code, one.fields))}", one.label, one.of.value, one.purpose, one.basis,
         one.term, one.kept.value, one.shown)
        for one in PERSONAL
    )  # fmt: skip
    terms = ((RETURNS[one.of].label, f"{one.years} 年", one.because, one.doubt) for one in RETENTIONS.values())
    return f"""# Personal information

Every field about persons, as it is declared in `declared/private.py`; [how it is protected](../explanation/private-data.md).

{table(("field", "in words", "class", "purpose", "basis", "term", "kept", "shown"), fields)}
## Terms

Rows of persons are kept so many whole years after the year their period begins in.

{table(("return", "years", "because", "doubt"), terms)}"""
