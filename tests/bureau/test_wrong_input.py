"""Addresses and forms nobody would send from a page: answered calmly, never with a fault of ours."""

import pytest

from luoshi.bureau.plans.models import Edition
from tests.bureau.conftest import Enter

HUGE = "9" * 30


@pytest.mark.parametrize(
    "page",
    [
        f"/handbacks/{HUGE}/", f"/handouts/{HUGE}/", f"/plans/{HUGE}/compare/", f"/plans/{HUGE}/handouts/",
        f"/notices/{HUGE}/", f"/breakdowns/{HUGE}/remarks/", f"/plans/{HUGE}/ledger.xlsx", "/import/zz/", "/scans/zz/",
        f"/items/{HUGE}/edit/", f"/plans/{HUGE}/breakdown/", f"/plans/{HUGE}/quality/",
    ],
)  # fmt: skip
def test_what_is_not_there_is_not_found(edition: Edition, enter: Enter, page: str) -> None:
    assert enter("ducha").get(page).status_code == 404


@pytest.mark.parametrize("query", [f"with={HUGE}", "with=abc", "with="])
def test_a_comparison_with_nonsense_is_one_with_the_latest(edition: Edition, enter: Enter, query: str) -> None:
    assert enter("ducha").get(f"/plans/{edition.pk}/compare/?{query}").status_code == 200


@pytest.mark.parametrize(
    ("form", "sent"),
    [
        ("handouts/take/", {}),
        ("handouts/send/", {"purpose": "x", "form": "y", "column": ["zz", "title"]}),
        ("notices/draft/", {"act": "draft", "on": "xx", "title": "a"}),
        ("carry/", {"item": HUGE}),
        ("gather/", {"pick": ["1:1"]}),
        ("add/", {"words": ""}),
    ],
)
def test_a_form_that_cannot_be_meant_is_refused_in_four_parts(
    edition: Edition, enter: Enter, form: str, sent: dict[str, object]
) -> None:
    answer = enter("ducha").post(f"/plans/{edition.pk}/{form}", sent)
    assert answer.status_code in {409, 422}
    assert "处理" in answer.content.decode()
