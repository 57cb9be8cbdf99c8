"""星州 with a year whose figures of 优质均衡 and 普及普惠 are written down, so that every verdict can be reckoned by hand."""

from collections.abc import Mapping
from datetime import date

from luoshi.bureau.indicators.actions import keep_measuring
from luoshi.bureau.indicators.models import Measuring
from luoshi.bureau.indicators.packing import Moment
from luoshi.bureau.people.models import City
from luoshi.declared import PARAMETERS
from luoshi.words.parameters import in_force
from tests.bureau.xingzhou import actor

YEAR, MINE, OTHER = 2020, "990121", "990102"
FIGURES: Mapping[str, Mapping[str, tuple[str, str]]] = {
    MINE: {
        "preschool_gross_enrolment": ("900", "1000"),
        "affordable_share": ("800", "1000"),
        "public_share": ("499", "1000"),
        "blank_townships": ("0", ""),
        "junior_three_year_retention": ("951", "1000"),
    },
    OTHER: {"preschool_gross_enrolment": ("849", "1000"), "junior_three_year_retention": ("95", "100")},
}
"""By county: 分子 and 分母; 90 % of 85, 80 % of 80, 49.9 % of 50, none of 0."""


def keep(city: City) -> Measuring:
    """The run of the year."""
    run = Measuring(city=city, year=YEAR, entry=1, head="0" * 64, state=str(YEAR))
    run.values = {key: str(value) for key, value in in_force(PARAMETERS, date(YEAR, 9, 1)).items()}
    run.queries = {key: "0" * 64 for told in FIGURES.values() for key in told}
    moments = [
        Moment(key, "county", county, county, "", part, whole, "", "", 10, 10)
        for county, told in FIGURES.items()
        for key, (part, whole) in told.items()
    ]
    whole = Moment("preschool_gross_enrolment", "city", "city", "", "", "1749", "2000", "", "", 20, 20)
    return keep_measuring(actor("jijiao"), run, [*moments, whole])
