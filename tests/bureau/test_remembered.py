"""What is put back is what was built."""

import pytest

from luoshi.bureau.people.models import City
from luoshi.bureau.plans.models import Edition
from tests.bureau import remembered
from tests.bureau.remembered import build_once, tables


@pytest.mark.django_db
def test_what_is_put_back_is_what_was_built(edition: Edition) -> None:
    built = tables()
    assert built["plans_proposal"]
    changed = lambda: City.objects.filter(pk=edition.city_id).update(name="另一个市")  # noqa: E731
    remembered._KEPT.pop("test", None)
    build_once("test", changed)
    assert City.objects.get().name == "另一个市"
    City.objects.filter(pk=edition.city_id).update(name="星州市")
    assert tables() == built
    build_once("test", lambda: pytest.fail("built twice"))
    assert City.objects.get().name == "另一个市"
    City.objects.filter(pk=edition.city_id).update(name="第三个市")
    build_once("test", changed)
    assert City.objects.get().name == "另一个市"


@pytest.mark.django_db
@pytest.mark.parametrize("_", range(2))
def test_the_second_time_the_same_rows_stand(edition: Edition, _: int) -> None:
    _STANDING.append(tables())
    assert _STANDING[0] == _STANDING[-1]


_STANDING: list[dict[str, remembered.Rows]] = []
