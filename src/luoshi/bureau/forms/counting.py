"""Forms let through against the baseline, as a figure: counted from the forms, never typed."""

from datetime import date
from decimal import Decimal

from luoshi.bureau.forms import queries
from luoshi.bureau.forms.models import Request
from luoshi.spine import Measurement, Standing
from luoshi.words.provenance import Source

INDICATOR = "forms_to_baseline"
DEFINITION = "报表备案的准发项数除以当年基数，按批准日"
_PLACES = Decimal("0.000001")


def to_baseline(city_id: int, year: int, on: date) -> list[Measurement]:
    """What the forms of a year come to on a day, in %; nothing while no baseline was set."""
    baseline = queries.baseline(city_id, year)
    if baseline is None or not baseline.items:
        return []
    numbered = Request.objects.filter(city_id=city_id, year=year).exclude(number="")
    ever, filed = numbered.count(), numbered.filter(state=Request.State.APPROVED).count()
    value = (Decimal(filed * 100) / baseline.items).quantize(_PLACES)
    # What was let through and taken back since the year began tells two counts of one day apart.
    told = f"{year}年报表清单：备案 {ever} 项，撤销 {ever - filed} 项"
    source = Source(told, doubt=f"基数来自：{baseline.source}"[:300])
    return [
        Measurement(
            indicator=INDICATOR,
            on=on,
            known=on,
            value=value,
            unit="%",
            definition=DEFINITION,
            standing=Standing.REPORTED,
            source=source,
            numerator=Decimal(filed),
            denominator=Decimal(baseline.items),
        )
    ]
