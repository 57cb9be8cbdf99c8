"""The sorts of publication this house knows."""

from collections.abc import Mapping
from functools import cache

import luoshi.declared.publications
from luoshi.bureau.cases.known import hosted_by
from luoshi.bureau.people.models import City, Office
from luoshi.publishing.declaring import Kind, kinds


@cache
def known() -> Mapping[str, Kind]:
    """Every declared sort by key."""
    return kinds(luoshi.declared.publications)


def offices_of(city: City) -> dict[str, str]:
    """By sort the code of the office that owes it; empty where no office's duties name it. One query."""
    offices = list(Office.objects.filter(city=city))
    return {key: hosted_by(one.duties, offices) for key, one in known().items()}
