"""What counties pay beyond running costs, and what comes in at their windows."""

import numpy as np
import polars as pl

from luoshi.declared.returns import Grants, Requests
from luoshi.declared.returns.county_work import CHANNELS, GRANTS
from luoshi.imagining.chance import Chance, Ints
from luoshi.imagining.columns import choices, days, first_of_january, framed, whole
from luoshi.imagining.counties import Counties
from luoshi.imagining.registers import county_of

_STANDARDS = np.array([600, 200, 3600, 120, 4800, 100])
"""元 a head and year, by kind of grant; made up."""
_ITEMS = len(GRANTS)
_CHANNEL_SHARE = np.array([40, 15, 10, 35])
"""Of a hundred matters, by channel."""


def grants(told: Counties) -> pl.DataFrame:
    """专项补助拨付: one county in ten is late with one kind."""
    totals, chance, year = told.totals, told.chance, told.year
    of, item = np.repeat(np.arange(len(totals.unit)), _ITEMS), np.tile(np.arange(_ITEMS), len(totals.unit))
    unit = totals.unit[of]
    teachers = totals.teachers.sum(axis=(1, 2))
    rural = totals.teachers[:, 3].sum(axis=1)
    children = told.people * 35 // 1000
    heads = np.stack(
        [children // 2, children // 3, rural, teachers, teachers // 3, totals.pupils // 2], axis=1
    ).reshape(-1)
    due = heads * _STANDARDS[item]
    late = chance.happens(100, "granted", unit, item, year)
    paid = np.where(late, due * 85 // 100, due)
    return framed(
        Grants,
        {
            "county": county_of(unit),
            "item": choices(tuple(GRANTS), item),
            "heads": heads,
            "standard": whole(_STANDARDS[item]),
            "due": whole(due),
            "paid": whole(paid),
            "paid_on": days(first_of_january(np.full_like(due, year)) + 300 + item, paid > 0),
        },
    )


def requests(told: Counties) -> pl.DataFrame:
    """信访和政务服务办件 of a year, as they stand in December."""
    many, width = len(told.totals.unit), 2 * len(CHANNELS)
    of, place = np.repeat(np.arange(many), width), np.tile(np.arange(width), many)
    matter, channel = place // len(CHANNELS), place % len(CHANNELS)
    unit, year, chance = told.totals.unit[of], told.year, told.chance
    usual = told.people[of] * np.array([6, 15])[matter] // 10_000 * _CHANNEL_SHARE[channel] // 100
    received = usual + chance.below(6, "requests", unit, place, year)

    def most(part: Ints, low: int, purpose: str) -> Ints:
        return _share(chance, part, low, purpose, unit, place, year)

    closed, rated = most(received, 88, "closed"), most(received, 50, "rated")
    visits = (matter == 0) & (channel == 1)
    return framed(
        Requests,
        {
            "county": county_of(unit),
            "matter": choices(("petition", "approval"), matter),
            "channel": choices(tuple(CHANNELS), channel),
            "received": received,
            "accepted_due": received,
            "accepted_on_time": most(received, 93, "accepted"),
            "closed_due": closed,
            "closed_on_time": most(closed, 90, "on time"),
            "repeated": received * chance.below(12, "repeated", unit, place, year) // 100,
            "groups": np.where(visits, chance.below(3, "groups", unit, year), 0),
            "rated": rated,
            "satisfied": most(rated, 85, "satisfied"),
        },
    )


def _share(chance: Chance, part: Ints, low: int, purpose: str, *of: Ints | int) -> Ints:
    """At least so many of a hundred, a hundred at most."""
    told: Ints = part * (low + chance.below(101 - low, purpose, *of)) // 100
    return told
