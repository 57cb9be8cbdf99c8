"""Indicators and parameters, as they are declared."""

from luoshi.declared import INDICATORS, PARAMETERS
from luoshi.describing.markdown import code, table
from luoshi.spine import Better, Indicator

_WAY = {Better.HIGHER: "more", Better.LOWER: "less"}


def indicators() -> str:
    """Every declared indicator with all it says."""
    head = f"""# Indicators

{len(INDICATORS)} questions a plan of an education bureau is measured by. A target is bound to one when its clause holds one of the
phrases (the longest wins), one of the words of *within* where there are any, none of *without*, and [nothing else speaks
against it](../explanation/reading.md). A rate names what
is counted above and below. *Answers* is the [mechanism](mechanisms.md) that asked for it; without one it is support.

"""
    columns = ("key", "中文", "unit", "better", "above ÷ below", "phrases", "within", "without", "source", "answers")
    return head + table(columns, (_row(one) for one in INDICATORS))


def _row(one: Indicator) -> tuple[str, ...]:
    counted = f"{one.part} ÷ {one.whole}" if one.whole else one.part
    named = ("、".join(words) for words in (one.phrases, one.within, one.without))
    asked = f"[{one.answers}](mechanisms.md#{one.answers.lower().replace('.', '-')})" if one.answers else "support"
    return (
        code(one.key),
        f"{one.label}<br>{one.label_en}",
        one.unit,
        _WAY[one.better],
        counted,
        *named,
        one.source,
        asked,
    )


def parameters() -> str:
    """Every threshold with its document and its doubt."""
    head = """# Parameters

Thresholds with the document they come from. A value is never changed, only followed by another with a later day. A
doubt is what a bureau has to confirm.

"""
    columns = ("key", "中文", "value", "unit", "from", "until", "region", "source", "doubt")
    rows = (
        (code(one.key), one.label, one.value, one.unit, one.begun, one.until or "", one.region, one.source, one.doubt)
        for one in PARAMETERS
    )
    return head + table(columns, rows)
