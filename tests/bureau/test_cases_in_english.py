"""Cases, procedures and lists on English pages: no Chinese but names, numbers of documents and what people wrote."""

import re
from html import unescape

import pytest
from django.test import Client
from django.utils.translation import override

from luoshi.bureau.board import case_told, english
from luoshi.bureau.cases.models import Case
from luoshi.bureau.people.models import City
from luoshi.declared import procedures as declarations
from luoshi.handling.courses import Course, course
from luoshi.handling.diagrams import steps_table, svg
from luoshi.handling.gathering import procedures, registers
from luoshi.words.sayings import HAN
from tests.bureau import xingzhou
from tests.bureau.conftest import Enter
from tests.bureau.test_cases import REPLIED, REPLY, accepted, brought, native, step

__all__ = ["native"]
COURSES = {key: course(one) for key, one in procedures(declarations).items()}
_DOCUMENT = re.compile(r"[\u3400-\u9fff]+〔\d{4}〕\d+号")
"""The number of a document is what somebody has to look for, in any language."""
_QUOTED = re.compile(r"“[^”]*”")
"""So is what somebody has to write."""


def _left(words: str, *data: str) -> list[str]:
    """What stays Chinese when numbers of documents and the data are taken away."""
    words = _DOCUMENT.sub("", words)
    for one in sorted(filter(None, data), key=len, reverse=True):
        words = words.replace(one, "")
    return re.findall(r"[\u3400-\u9fff]+", words)


def _in_english(client: Client) -> Client:
    client.post("/language/", {"language": "en", "next": "/"})
    return client


def _main(client: Client, page: str) -> str:
    """What stands in the middle of a page, with titles of disabled buttons and names for screen readers."""
    answer = client.get(page)
    assert answer.status_code == 200, page
    html = re.sub(r"<script.*?</script>", "", answer.content.decode(), flags=re.DOTALL)
    main = html[html.index("<main") : html.index("</main>")]
    spoken = re.findall(r'(?:title|aria-label|data-l|placeholder)="([^"]*)"', main)
    return unescape(" ".join([re.sub(r"<[^>]*>", " ", main), *spoken]))


def _names(city: City) -> list[str]:
    """What is somebody's or of the city: people, offices, counties."""
    return [*(one.name for one in xingzhou.MEMBERS), *case_told.units_of(city).values()]


@pytest.mark.parametrize("one", COURSES.values(), ids=COURSES.keys())
def test_the_picture_and_the_steps_of_every_procedure_are_in_english(one: Course) -> None:
    with override("en"):
        said = [svg(one, one.begin, told=case_told.said)]
        said += [cell for row in steps_table(one, case_told.said) for cell in row]
        for timer in one.clocks.values():
            said += [case_told.said(words) for words in (timer.label, timer.source, timer.doubt)]
            said += [case_told.said(str(term)) for term in (timer.within, timer.warn) if term]
        for way in one.ways.values():
            said += [
                case_told.said(f"{way.label}{did}") for did in ("（待签字）", "（签字）", "（退回）", "（到期自动）")
            ]
    assert [words for words in said if _left(words)] == []


def test_a_picture_told_in_another_language_has_the_same_boxes_and_arrows() -> None:
    one = COURSES["petition"]
    with override("en"):
        english_, chinese = svg(one, told=case_told.said), svg(one)
    assert re.sub(r"<[^>]*>|\d", "", english_) != re.sub(r"<[^>]*>|\d", "", chinese)
    assert [english_.count(mark) for mark in ("<rect", "<path", "<text")] == [
        chinese.count(mark) for mark in ("<rect", "<path", "<text")
    ]
    assert svg(one, told=str) == chinese


def test_fields_of_every_procedure_and_list_are_in_english() -> None:
    kinds = [*(one.declaration.fields for one in procedures(declarations).values())]
    kinds += [one.fields for one in registers(declarations).values()]
    with override("en"):
        told = [
            str(english.told(words))
            for fields in kinds
            for one in fields.values()
            for words in (one.label, one.hint, one.because, *one.options.values())
        ]
    assert [words for words in told if _left(_QUOTED.sub("", words))] == []


def test_the_pages_of_a_case_are_in_english(native: City, enter: Enter) -> None:
    row = accepted(native)
    step(row, "answer", "jijiao", REPLIED, REPLY, result="explain", served_on="2020-11-20")
    brought(native)
    data = [*_names(native), *(case.number for case in Case.objects.all())]
    data += ["告知书.txt", "答复.txt", "演示家长", "退费（演示数据，虚构）"]
    told = ""
    for login in ("jijiao", "fenguan", "ducha"):
        client = _in_english(enter(login))
        for page in (
            "/cases/",
            "/cases/find/?procedure=petition",
            *(f"/cases/{one.pk}/" for one in Case.objects.all()),
        ):
            told += _main(client, page)
    assert _left(told, *data) == []
    assert "In hand" in told
    assert "Written answer" in told
    assert "Fees" in told, "the title is a choice"
    chinese = _main(enter("jijiao"), f"/cases/{row.pk}/")
    assert "信访事项" in chinese


def test_forms_of_every_procedure_are_in_english(native: City, enter: Enter) -> None:
    client = _in_english(enter("ducha"))
    for key in COURSES:
        told = _QUOTED.sub("", _main(client, f"/cases/new/{key}/"))
        assert _left(told, *_names(native)) == [], key


def test_steps_are_asked_for_and_refused_in_english(native: City, enter: Enter) -> None:
    row = brought(native).row
    client = _in_english(enter("jijiao"))
    page = f"/cases/{row.pk}/do/accept/"
    assert _left(_main(client, page), *_names(native), row.number) == []
    refused = client.post(page, {"version": row.version}).content.decode()
    found = re.findall(r"<dd>(.*?)</dd>", refused, re.DOTALL)
    assert found
    assert not [one for one in found if HAN.search(one)]


def test_procedures_and_lists_are_in_english(native: City, enter: Enter) -> None:
    client = _in_english(enter("ducha"))
    pages = ["/procedures/", *(f"/procedures/{key}/" for key in COURSES)]
    pages += [f"/registers/{key}/" for key in registers(declarations)]
    for page in pages:
        assert _left(_main(client, page), *_names(native), "局长办公会2020年第3次") == [], page
