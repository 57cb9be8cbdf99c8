"""公开网站: everything that was approved and nothing else, as a folder that works anywhere; the same day makes the same bytes."""

import json
from datetime import date
from hashlib import sha256
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from django.db import connection
from django.test import override_settings
from django.test.utils import CaptureQueriesContext
from typer.testing import CliRunner

from luoshi.bureau.board.site.gathering import Told
from luoshi.bureau.board.site.making import SUMS, site
from luoshi.bureau.board.site.writing import write
from luoshi.bureau.journal.models import Entry
from luoshi.bureau.ledger.models import Commitment
from luoshi.bureau.notices.actions import approve, draft, publish
from luoshi.bureau.people.models import City
from luoshi.bureau.plans.models import Edition
from luoshi.bureau.publications import actions
from luoshi.cli import app
from luoshi.publishing.searching import Page, found
from luoshi.words.errors import RefusedError
from tests.bureau import published
from tests.bureau.published import SECRET, TODAY, inspected, licensed, seen
from tests.bureau.reading_sites import dead_links, faults, files_of, read_sdmx, wrong_sums
from tests.bureau.test_notices import told as _told
from tests.bureau.xingzhou import actor

pytestmark = pytest.mark.django_db
told = _told
"""One public item verified with an inner note, one verified that is not public, one public that nobody verified."""


@pytest.fixture
def house(told: Edition) -> City:
    """A bureau that published a text, a bulletin, a corrected list, results, a roster, and withdrew something."""
    city = City.objects.get()
    City.objects.update(public=True)
    city.public = True
    with override_settings(LAKE=published.lake()):
        published.measure(city)
    kept = draft(actor("ducha"), told, date(2021, 12, 31), "进展情况")
    kept = approve(actor("ducha"), kept.pk, kept.version, "同意", date(2021, 12, 31))
    publish(actor("ducha"), kept.pk, kept.version)
    published.schools(city)
    licensed(city, "演示一小学")  # bears the name of a school, so that its page tells of it
    published.published(city, "education_spending")
    first = published.published(city, "training_institutions")
    licensed(city, "演示第二中心（虚构）")
    second = actions.correct(actor("ducha"), seen(first), "漏列一家", TODAY)
    second = actions.approve(actor("fenguan"), seen(second), "同意", TODAY)
    actions.publish(actor("ducha"), seen(second), TODAY)
    published.published(city, "school_roster")
    inspected(city)
    gone = published.published(city, "inspection_results")
    actions.withdraw(actor("ducha"), seen(gone), "核查中")
    published.adopted(city, "city", date(2021, 8, 2), "只给系统内的标题（演示）")
    published.published(city, "adoption_points", period="2021-Q3", audience="system")
    return city


def made(city: City, base: str = "") -> dict[str, bytes]:
    return dict(site(Told(city, TODAY, base), lambda _: None))


def test_every_page_is_well_formed_and_every_link_leads_somewhere(house: City, tmp_path: Path) -> None:
    write(tmp_path / "site", site(Told(house, TODAY), lambda _: None))
    files = files_of(tmp_path / "site")
    assert {
        name: wrong for name, content in files.items() if name.endswith(".html") and (wrong := faults(content))
    } == {}
    assert list(dead_links(files)) == []
    assert wrong_sums(files) == []
    reached, left = {"index.html"}, ["index.html"]
    from tests.bureau.reading_sites import _joined, read

    while left:
        here = left.pop()
        for link in read(files[here]).links if here.endswith(".html") else ():
            target = _joined(here, link.partition("#")[0].partition("?")[0])
            if target in files and target not in reached:
                reached.add(target)
                left.append(target)
    lonely = {name for name in files if not name.startswith("search/")} - reached
    assert lonely <= {
        "indicators/figures.csv",
        "indicators/indicators.csv",
        "indicators/divisions.csv",
        "indicators/dcat.jsonld",
        "indicators/datapackage.json",
    }


def test_the_same_day_makes_the_same_bytes(house: City) -> None:
    assert made(house) == made(house)


def test_every_editions_files_are_there_and_what_was_withdrawn_is_named_without_its_figures(house: City) -> None:
    files = made(house)
    assert "publications/2021-2/1/licensed.csv" in files
    assert "publications/2021-2/2/licensed.csv" in files
    assert "这一版已经更正" in files["publications/2021-2/1/index.html"].decode()
    assert "漏列一家" in files["publications/2021-2/index.html"].decode()
    gone = files["publications/2021-4/index.html"].decode()
    assert "核查中" in gone
    assert "演示培训学校" not in gone
    assert not [name for name in files if name.startswith("publications/2021-4/1/")]
    assert "撤回" in files["feed.atom"].decode()


def test_nothing_leaves_that_is_not_public(house: City) -> None:
    everything = b"\n".join(made(house).values()).decode(errors="replace")
    for secret in (
        SECRET,
        "内部",
        "王某",
        "缺地",
        "督查甲",
        "分管戊",
        "只给系统内的标题",
        "信息采用积分",
        "新建公办幼儿园",
    ):
        assert secret not in everything, secret
    hidden = Commitment.objects.exclude(audience="public").values_list("title", flat=True)
    assert hidden
    assert [title for title in hidden if title in everything] == []


def test_the_site_asks_the_same_of_the_database_whatever_the_number_of_schools(house: City) -> None:
    made(house)
    with CaptureQueriesContext(connection) as few:
        made(house)
    published.schools(house, 9, "3")
    published.published(house, "school_roster")
    with CaptureQueriesContext(connection) as many:
        files = made(house)
    assert len([name for name in files if name.startswith("schools/") and name[8].isdigit()]) == 12
    assert len(many) == len(few) < 40


def test_a_school_page_tells_the_roster_and_what_was_published_of_it(house: City) -> None:
    page = made(house)["schools/2199012100.html"].decode()
    assert "演示一小学" in page
    assert "校外培训机构" in page
    assert "公办" in page


def test_tables_are_read_by_programs_that_never_saw_ours(house: City) -> None:
    files = made(house)
    rows = read_sdmx(files["publications/2021-1/1/funds.sdmx.csv"], files["publications/2021-1/1/funds.structure.json"])
    assert {row["OBS_STATUS"] for row in rows} <= {"A", "M", "Q"}
    assert rows
    if "indicators/figures.sdmx.csv" in files:
        read_sdmx(files["indicators/figures.sdmx.csv"], files["indicators/structure.json"])
    package = json.loads(files["publications/2021-1/1/datapackage.json"])
    for one in package["resources"]:
        content = files[f"publications/2021-1/1/{one['path']}"]
        assert len(content) == one["bytes"]
        heads = content.decode().splitlines()[0].split(",")
        assert heads == [field["name"] for field in one["schema"]["fields"]]


def test_catalogues_of_open_data_and_readers_of_feeds_take_it_in(house: City) -> None:
    base = "https://xingzhou.invalid/open/"
    files = made(house, base)
    catalogue = json.loads(files["dcat.jsonld"])
    for dataset in catalogue["dcat:dataset"]:
        for one in dataset["dcat:distribution"]:
            assert one["dcat:downloadURL"]["@id"].removeprefix(base) in files
    feed = ET.fromstring(files["feed.atom"])
    names = {"a": "http://www.w3.org/2005/Atom"}
    assert feed.find("a:id", names) is not None
    entries = feed.findall("a:entry", names)
    assert len({one.findtext("a:id", "", names) for one in entries}) == len(entries) > 4
    for one in entries:
        link = one.find("a:link", names)
        assert link is not None
        assert link.attrib["href"].removeprefix(base) in files
    places = ET.fromstring(files["sitemap.xml"]).findall("{*}url/{*}loc")
    assert {str(one.text).removeprefix(base) for one in places} <= files.keys()


def test_the_index_finds_what_looking_through_every_page_finds(house: City) -> None:
    files = made(house)
    shards = {
        name: json.loads(content.decode().partition(",")[2].rstrip(")\n"))
        for name, content in files.items()
        if name.startswith("search/")
    }
    named = [one for at in range(len(shards)) for one in shards.get(f"search/pages-{at}.js", [])]
    told = {
        key: value for name, one in shards.items() if name.startswith("search/pairs-") for key, value in one.items()
    }
    school = next(at for at, one in enumerate(named) if one[1] == "演示一小学")
    steps = told["一小"]
    assert school in [sum(steps[: at + 1]) for at in range(len(steps))]
    assert found([Page(one[0], one[1], one[2]) for one in named], "一小学")


def test_a_bureau_that_keeps_its_public_page_shut_exports_nothing(house: City) -> None:
    house.public = False
    with pytest.raises(RefusedError, match="公开页没有打开"):
        Told(house, TODAY)


def test_a_folder_with_something_else_in_it_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "site").mkdir()
    (tmp_path / "site" / "论文.docx").write_bytes(b"x")
    with pytest.raises(RefusedError, match="这里有别的文件"):
        write(tmp_path / "site", [("index.html", b"x")])
    assert (tmp_path / "site" / "论文.docx").read_bytes() == b"x"


def test_a_stop_on_the_way_leaves_the_old_site_and_nothing_beside_it(tmp_path: Path) -> None:
    write(tmp_path / "site", [("index.html", b"old")])

    def stopped():
        yield "index.html", b"new"
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        write(tmp_path / "site", stopped())
    assert (tmp_path / "site" / "index.html").read_bytes() == b"old"
    assert [one.name for one in tmp_path.iterdir()] == ["site"]
    write(tmp_path / "site", [("other.html", b"new")])
    assert sorted(one.name for one in (tmp_path / "site").iterdir()) == [SUMS, "other.html"]
    assert [one.name for one in tmp_path.iterdir()] == ["site"]


def test_the_command_writes_the_site_enters_it_and_refuses_in_four_parts(house: City, tmp_path: Path) -> None:
    out = tmp_path / "site"
    told = CliRunner().invoke(
        app, ["publish", "--out", str(out), "--on", "2021-12-31", "--base-url", "https://xingzhou.invalid/open"]
    )
    assert told.exit_code == 0, told.output
    assert "演示数据（虚构）" in told.output
    entry = Entry.objects.filter(action="publications.site").latest("number")
    assert sha256((out / SUMS).read_bytes()).hexdigest() in entry.detail
    assert "https://xingzhou.invalid/open/index.html" in (out / "sitemap.xml").read_text("utf-8")
    for wrong, words in (
        (["--base-url", "xingzhou"], "不是网址"),
        (["--on", "明天"], "不是日期"),
        (["--out", str(tmp_path)], "这里有别的文件"),
    ):
        told = CliRunner().invoke(app, ["publish", "--out", str(out), *wrong])
        assert told.exit_code == 2
        assert words in told.output
    City.objects.update(public=False)
    told = CliRunner().invoke(app, ["publish", "--out", str(out)])
    assert (told.exit_code, "公开页没有打开" in told.output) == (2, True)
    assert (out / "index.html").is_file(), "the old site stays"
