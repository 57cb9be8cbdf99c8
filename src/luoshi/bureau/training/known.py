"""Declared trainings as this bureau runs them: projects, kinds, requirements, and the values in force."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from functools import cache
from hashlib import sha256

import luoshi.declared.trainings
from luoshi.bureau.indicators.queries import own_parameters
from luoshi.bureau.people.models import City
from luoshi.declared.returns.staff import SUBJECTS
from luoshi.declared.training_hours import KINDS, TRAINING_VALUES
from luoshi.learning.declaring import Requirement, Training, requirements, trainings
from luoshi.words.parameters import in_force

KIND_LABELS: Mapping[str, str] = {one.key: one.label for one in KINDS}
SUBJECT_LABELS: Mapping[str, str] = SUBJECTS
STAGE_LABELS: Mapping[str, str] = {"preschool": "学前", "primary": "小学", "junior": "初中", "senior": "普通高中", "vocational": "中职", "special": "特教"}  # fmt: skip
FORMS: Mapping[str, str] = {"present": "集中面授", "online": "网络研修", "mixed": "混合式"}


@cache
def known() -> Mapping[str, Training]:
    """Every declared training by key."""
    return trainings(luoshi.declared.trainings)


@cache
def asked() -> Mapping[str, Requirement]:
    """Every declared requirement by key."""
    return requirements(luoshi.declared.trainings)


def values(city: City, on: date) -> Mapping[str, Decimal]:
    """What the room reads, on a day; the bureau's own values where it has set some: one query."""
    return in_force(TRAINING_VALUES, on, own_parameters(city.pk))


def event_key(*parts: object) -> str:
    """What makes it the same event wherever it comes from."""
    return sha256("\x1f".join(str(one) for one in parts).encode()).hexdigest()[:24]
