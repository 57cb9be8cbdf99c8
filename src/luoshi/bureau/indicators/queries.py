"""Figures as the spine knows them."""

from luoshi.bureau.indicators.models import Figure
from luoshi.spine import Measurement, Standing
from luoshi.words.provenance import Source


def measurements(city_id: int) -> list[Measurement]:
    """All figures of a city."""
    return [
        Measurement(
            indicator=row.indicator,
            on=row.on,
            known=row.known,
            value=row.value,
            unit=row.unit,
            definition=row.definition,
            standing=Standing(row.standing),
            source=Source(row.source_title, row.source_url, row.source_published, row.source_doubt),
            division=row.division,
            numerator=row.numerator,
            denominator=row.denominator,
            about=row.about,
            doubt=row.doubt,
        )
        for row in Figure.objects.filter(city_id=city_id)
    ]
