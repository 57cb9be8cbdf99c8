"""Who judges a return and who brought it: one person in one post may be both, no stand-in, and no two where a bureau wants two."""

from dataclasses import replace

from django.test import override_settings

from luoshi.bureau.journal.actions import Actor
from luoshi.bureau.returns import actions
from luoshi.bureau.returns.models import Unit, Window
from tests.bureau import collected, witness
from tests.bureau.collected import COUNTIES, NAMES, ON, rows, seen, sheet
from tests.bureau.xingzhou import actor

SECTION = actor("jijiao")
COUNTY = actor("xianqu")
HERE = COUNTIES[1]


def _handed(window: Window, unit: Unit, who: Actor) -> None:
    actions.bring(who, window.pk, sheet(rows("class_bands", unit.code)), "班额.xlsx", unit.code)
    collected.explained(window, unit.county)
    actions.hand_in(who, window.pk, seen(window, unit.code), NAMES, ON)


def test_a_stand_in_makes_no_second_person_of_whoever_brought_a_return(window: Window, unit: Unit) -> None:
    """Nobody brings a return in one post and judges it in another's, nor after his own stand-in."""
    for_county = replace(COUNTY, login=SECTION.login, name=f"{SECTION.name} 代 {COUNTY.name}", stands_for=COUNTY.login)
    for_section = replace(
        SECTION, login=COUNTY.login, name=f"{COUNTY.name} 代 {SECTION.name}", stands_for=SECTION.login
    )
    _handed(window, unit, for_county)
    with witness.refused("returns.check", "等于一个人办两步"):
        actions.check_county(SECTION, window.pk, seen(window, unit.code), ON)
    with witness.refused("returns.check", "等于一个人办两步"):
        actions.check_county(COUNTY, window.pk, seen(window, unit.code), ON)
    with witness.done("returns.check"):  # in his place all the way: he might do both himself
        actions.check_county(for_county, window.pk, seen(window, unit.code), ON)
    with witness.refused("returns.accept", "等于一个人办两步"):
        actions.accept(for_section, window.pk, HERE, seen(window, unit.code), ON)
    actions.accept(replace(SECTION, login="jijiao2", name="基教丑"), window.pk, HERE, seen(window, unit.code), ON)
    assert Unit.objects.get(pk=unit.pk).state == Unit.State.ACCEPTED


def test_a_bureau_that_wants_two_people_has_returns_judged_by_another(window: Window, unit: Unit) -> None:
    other = replace(SECTION, login="jijiao2", name="基教丑")
    _handed(window, unit, SECTION)
    with override_settings(RETURN_SECOND_HAND="all"):
        with witness.refused("returns.check", "由两个人办理"):
            actions.check_county(SECTION, window.pk, seen(window, unit.code), ON)
        actions.check_county(COUNTY, window.pk, seen(window, unit.code), ON)
        with witness.refused("returns.accept", "由两个人办理"):
            actions.accept(SECTION, window.pk, HERE, seen(window, unit.code), ON)
    with override_settings(RETURN_SECOND_HAND="city"), witness.refused("returns.accept", "由两个人办理"):
        actions.accept(SECTION, window.pk, HERE, seen(window, unit.code), ON)
    with override_settings(RETURN_SECOND_HAND="city"):
        actions.accept(other, window.pk, HERE, seen(window, unit.code), ON)
    assert Unit.objects.get(pk=unit.pk).state == Unit.State.ACCEPTED
