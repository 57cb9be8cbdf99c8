"""个人信息: the list is whole, values are masked, one is seen whole for a purpose that is on the journal."""

import pytest
from django.apps import apps

from luoshi.bureau.fields import Cipher, Sealed
from luoshi.bureau.journal.models import Entry
from luoshi.bureau.ledger.actions import confirm
from luoshi.bureau.ledger.models import Commitment
from luoshi.bureau.people.models import City
from luoshi.bureau.plans.models import Proposal
from luoshi.declared.private import PERSONAL, RETENTIONS
from luoshi.declared.returns import RETURNS, codes
from luoshi.measuring.explaining import PERSONS
from luoshi.words.private import Kept
from luoshi.words.returns.columns import Code
from tests.bureau.conftest import Enter
from tests.bureau.xingzhou import actor

PHONE = "13800001234"


def _of_persons() -> set[str]:
    """Returns with a row a person, by the code that is their key."""
    return {
        key
        for key, of in RETURNS.items()
        if any(isinstance(one, Code) and one.key and one.pattern == codes.PERSON for one in of)
    }


def test_every_column_of_a_return_of_persons_is_on_the_list() -> None:
    listed = {(one.table, name) for one in PERSONAL for name in one.fields}
    assert _of_persons() == {"pupils", "staff", "vision"} == set(RETENTIONS)
    for key in _of_persons():
        assert {name for table, name in listed if table == f"lake.{key}"} == set(RETURNS[key].columns)


def test_what_says_who_a_person_is_is_not_kept() -> None:
    thrown = {(one.table, name) for one in PERSONAL if one.kept is Kept.NOT for name in one.fields}
    identifying = {(f"lake.{key}", one.name) for key, of in RETURNS.items() for one in of if one.identifies}
    assert identifying
    assert identifying <= thrown


def test_every_sealed_column_is_on_the_list_and_every_column_on_the_list_is_there() -> None:
    told = {
        (model._meta.label, one.name): isinstance(one, Sealed)
        for model in apps.get_models()
        for one in model._meta.get_fields()
    }
    listed = {(one.table, name): one.kept for one in PERSONAL for name in one.fields if "lake." not in one.table}
    assert set(listed) <= set(told)
    assert {place for place, kept in listed.items() if kept is Kept.COLUMN} == {
        place for place, sealed in told.items() if sealed
    }


@pytest.fixture
def row(proposals: dict[str, Proposal]) -> Commitment:
    """An item with a contact who has a telephone, in writing sealed."""
    told = confirm(actor("ducha"), proposals["1.1"].pk, proposals["1.1"].version)
    told.contact, told.phone = "演示员", PHONE
    told.save(update_fields=["contact", "phone"])
    return told


def test_a_telephone_number_is_masked_on_the_page_and_sealed_in_the_database(row: Commitment, enter: Enter) -> None:
    page = enter("ducha").get(f"/items/{row.pk}/").content.decode()
    assert "138****1234" in page
    assert PHONE not in page
    assert Commitment.objects.get(pk=row.pk).phone == PHONE
    assert isinstance(Commitment.objects.values_list("phone", flat=True).get(pk=row.pk), Cipher)


def test_one_value_is_seen_whole_once_for_a_purpose_that_is_on_the_journal(row: Commitment, enter: Enter) -> None:
    browser, page = enter("ducha"), f"/private/item/{row.pk}/"
    assert PHONE not in browser.get(page).content.decode()
    shown = browser.post(page, {"purpose": "核对8月进展"})
    assert PHONE in shown.content.decode()
    assert shown["Cache-Control"] == "no-store"
    entry = Entry.objects.filter(action="people.unmask").latest("number")
    assert (entry.outcome, entry.actor, entry.reason) == ("done", "ducha", "核对8月进展")
    assert PHONE not in f"{entry.detail}{entry.subject}"
    assert PHONE not in browser.get(page).content.decode()


@pytest.mark.parametrize("purpose", ["", "  ", "看看"])
def test_without_a_purpose_nothing_is_seen_and_the_refusal_is_entered(
    row: Commitment, enter: Enter, purpose: str
) -> None:
    told = enter("ducha").post(f"/private/item/{row.pk}/", {"purpose": purpose})
    assert told.status_code == 409
    assert PHONE not in told.content.decode()
    assert Entry.objects.filter(action="people.unmask").latest("number").outcome == "refused"


@pytest.mark.parametrize(("login", "status"), [("chayue", 403), ("guanli", 403), ("xianqu", 403), ("", 302)])
def test_others_see_the_mask(row: Commitment, enter: Enter, login: str, status: int) -> None:
    told = enter(login).post(f"/private/item/{row.pk}/", {"purpose": "核对8月进展"})
    assert told.status_code == status
    assert PHONE not in told.content.decode()


def test_what_a_person_may_not_open_has_no_value_to_be_seen(row: Commitment, enter: Enter) -> None:
    Commitment.objects.filter(pk=row.pk).update(audience="leaders")
    assert enter("jijiao").post(f"/private/item/{row.pk}/", {"purpose": "核对8月进展"}).status_code == 404
    assert enter("ducha").post("/private/item/999999/", {"purpose": "核对8月进展"}).status_code == 404
    assert enter("ducha").get(f"/private/person/{row.pk}/").status_code == 404


def test_the_list_is_a_page_with_every_field_and_every_term(city: City, enter: Enter) -> None:
    page = enter("chayue").get("/private/").content.decode()
    assert all(one.label in page for one in PERSONAL)
    assert all(RETURNS[key].label in page for key in RETENTIONS)


def test_tv_21c_no_identity_number_is_kept_that_an_export_could_hold() -> None:
    columns = {one.name for of in RETURNS.values() for one in of if one.label in {"身份证件号", "证件号", "全国学籍号"}}
    assert columns == {"identity", "roll_number"}
    assert all(
        RETURNS[key].columns[name].identifies for key in RETENTIONS for name in columns & set(RETURNS[key].columns)
    )


def test_tv_21c_rows_of_persons_stand_behind_no_figure_one_by_one() -> None:
    for key in RETENTIONS:
        assert PERSONS & set(RETURNS[key].keys), "explained by school, see measuring.explaining"


def test_tv_21e_no_photo_of_a_child_is_asked_for() -> None:
    assert not [one.label for of in RETURNS.values() for one in of if "照片" in one.label or "相片" in one.label]
