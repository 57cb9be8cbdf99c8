"""Cases and entries of lists that each county and school keeps, as the doors are tried with them."""

from datetime import date

from luoshi.bureau.cases.actions import Bringing, Shown, open_case, set_conduct, take
from luoshi.bureau.cases.actions.conducting import Setting
from luoshi.bureau.cases.models import Case, CasePaper, Listing
from luoshi.bureau.people.models import City
from tests.bureau import xingzhou


def of(city: City, counties: tuple[str, ...], secret: tuple[str, str]) -> dict[str, dict[str, int]]:
    """A petition of each county, with a paper; that of one tells a secret."""
    set_conduct(xingzhou.actor("ducha"), city, "petition", Setting("native", "演示", "JJ"))
    told: dict[str, dict[str, int]] = {}
    for county in counties:
        words = secret[1] if county == secret[0] else "本县"
        letter = {
            "channel": "letter", "received_on": "2021-09-20", "who": words, "reachable": "yes", "persons": "1", "topic": "fees",
            "matter": words, "urgent": "usual",
        }  # fmt: skip
        by = xingzhou.actor("jijiao")
        row = open_case(by, city, "petition", Bringing(letter, county=county), date(2021, 9, 20)).row
        paper = {"accept_notice": [(f"{county}.txt", words.encode())]}
        row = take(by, Shown(row.pk, 1), "accept", Bringing({"handler_unit": county}, paper), date(2021, 9, 21))
        told[county] = {"case": row.pk, "case_paper": CasePaper.objects.get(happening__case=row).pk}
    return told


def entry(city: City, county: str, school: str, title: str) -> dict[str, int]:
    """An entry of a list about a school, that a case of its county decided."""
    row = Listing.objects.create(
        city=city, register="fire_equipment", title=title, school=school, county=county, same="0" * 32,
        since=date(2021, 9, 20), by=Case.objects.filter(county=county)[0],
    )  # fmt: skip
    return {"register_entry": row.pk}
