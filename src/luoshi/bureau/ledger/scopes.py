"""Which divisions a promise's own words make answer for it (9县(市), 中心城区, 市直学校)."""

import re
from collections.abc import Iterable, Sequence

_WORDS = (
    (re.compile(r"(?P<number>\d{1,2})?个?县[(（]市[)）]"), ("county", "city_county")),
    (re.compile(r"(?P<number>\d{1,2})?个?(?:中心|主|老)?城区"), ("district",)),
    (re.compile(r"市[直属](?P<number>)"), ("direct",)),
)
_EVERY = re.compile(r"(?:各|所有|全市各?)县[(（]市[、,，]区[)）]|各县区|各区县")
"""Every unit of the bureau's own list, 市直 among them."""


def answering(scope: str, known: Iterable[tuple[str, str]]) -> Sequence[str]:
    """Codes of the divisions a scope names by their kind; empty when it means the whole city or cannot be told.

    Args:
        scope: the words of the plan.
        known: code and kind of every division of the city.

    A count in the words (9县(市)) that is not the city's own is a doubt, and nothing is narrowed by it.
    """
    if _EVERY.fullmatch(scope):
        return [code for code, kind in known if kind != "city"]
    for words, kinds in _WORDS:
        told = words.fullmatch(scope)
        if told:
            codes = [code for code, kind in known if kind in kinds]
            counted = told["number"]
            return codes if not counted or int(counted) == len(codes) else ()
    return ()
