"""Which figures belong together, so that the house can ask when they do not fit."""

from luoshi.declared.parameters import PRIMARY_SHARE_LEAST, PRIMARY_SHARE_MOST
from luoshi.tracking.doubts import Footing, Pool

POOLS: tuple[Pool, ...] = (
    Pool(
        "compulsory_large_class_rate",
        "primary_large_class_rate",
        "junior_large_class_rate",
        PRIMARY_SHARE_LEAST.value,
        PRIMARY_SHARE_MOST.value,
        "小学班数",
    ),
)
"""Rates over a whole parted in two."""

FOOTINGS: tuple[Footing, ...] = (Footing("dormitories_delivered", ("dormitories_built", "dormitories_rebuilt")),)
"""Totals told once for targets set apart."""
