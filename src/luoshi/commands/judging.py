"""`luoshi judge`: how each target stands on a day and why, from a city's folder or from what the website keeps."""

import sys
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from luoshi import telling
from luoshi.commands.shared import Shape, content_of, website
from luoshi.declared import FOOTINGS, INDICATORS, PARAMETERS, POOLS
from luoshi.declared.seasons import AUTUMN, SEASON_OF, SEASON_PARAMETERS, STALE_AFTER
from luoshi.reading import read as read_file
from luoshi.reading.city import load
from luoshi.reading.documents.libreoffice import converter
from luoshi.tracking import Day, ask, by_indicator, paths_of, stand
from luoshi.words.errors import RefusedError
from luoshi.words.findings import Finding
from luoshi.words.parameters import in_force

if TYPE_CHECKING:
    from luoshi.bureau.people.models import City
    from luoshi.bureau.plans.models import Edition


def judge(
    city: Annotated[str, typer.Argument(help="一个市的文件夹，如 cities/luoyang；或数据库里本市的名称，如 星州市")],
    on: Annotated[datetime, typer.Option("--on", formats=["%Y-%m-%d"], help="截至哪一天")],
    form: Annotated[Shape, typer.Option("--format", help="table 或 json")] = Shape.TABLE,
    *,
    as_json: Annotated[bool, typer.Option("--json", help="同 --format json，供程序读取")] = False,
    year: Annotated[int | None, typer.Option("--year", help="哪一年的工作要点；不给则为立项最多的一份")] = None,
) -> None:
    """在某一天，要点里每个目标值的数据状态，因为什么：按文件夹里的数，或按数据库里的台账和指标值。"""
    shape = Shape.JSON if as_json else form
    folder = Path(city)
    if folder.is_dir():
        _of_folder(folder, on, shape)
    else:
        _of_house(city, on, shape, year)


def _of_folder(city: Path, on: datetime, shape: Shape) -> None:
    """By what a city's folder holds: its plan and its published figures."""
    folder = load(city, {indicator.key for indicator in INDICATORS}, PARAMETERS)
    plan = read_file(content_of(folder.plan), folder.plan.name, indicators=INDICATORS, office=converter())
    begun = folder.begun or plan.begun
    keyed = {indicator.key: indicator for indicator in INDICATORS}
    values = in_force(SEASON_PARAMETERS, on.date(), folder.parameters)
    paths = paths_of(SEASON_OF, AUTUMN, STALE_AFTER, values)
    day = Day(on.date(), begun, keyed, by_indicator(folder.figures), POOLS, FOOTINGS, paths=paths)
    day = ask(day, [target for one in plan.commitments for target in one.targets])
    stood = [(one, target, stand(day, target, one.kind)) for one in plan.commitments for target in one.targets]
    if shape is Shape.JSON:
        sys.stdout.write(telling.standing_as_json(stood) + "\n")
    else:
        telling.print_standing(plan, stood)


def _of_house(name: str, on: datetime, shape: Shape, year: int | None) -> None:
    """By what the website keeps: the ledger as it was issued, with shares and pauses, and every figure that was known."""
    website()
    from luoshi.bureau.board import shown  # noqa: PLC0415 -- only here the website is paid for
    from luoshi.bureau.ledger import queries as ledger  # noqa: PLC0415

    city = _city(name)
    edition = _plan(city, year)
    stood = []
    for item in ledger.items(city, edition, on.date()):
        for one in item.stood:
            found = shown.distance_of(one)
            apart = (shown.distance_in_words(found, one.target.indicator or ""), shown.days_in_words(found))
            stood.append(telling.Judged(item.row.number, item.row.title, one.target, one.status, *apart))
    if shape is Shape.JSON:
        sys.stdout.write(telling.judged_as_json(stood) + "\n")
    else:
        telling.print_judged(edition.title, on.date(), stood, made_up=city.imaginary)


def _city(name: str) -> "City":
    from luoshi.bureau.plans.queries import the_city  # noqa: PLC0415

    city = the_city()
    if city is None:
        what, rule = f"没有文件夹“{name}”，数据库里也还没有建立本市", "须给出一个市的文件夹，或先建立本市"
        raise RefusedError(
            Finding("CITY", what, rule, "请核对路径；数据在 LUOSHI_HOME 文件夹或 DATABASE_URL 指定的数据库")
        )
    if name not in {city.name, city.key}:
        what, rule = f"没有“{name}”", "须是一个市的文件夹，或数据库里本市的名称"
        raise RefusedError(Finding("CITY", what, rule, f"数据库里的是 {city.name}；请改写后再运行"))
    return city


def _plan(city: "City", year: int | None) -> "Edition":
    from luoshi.bureau.board.queries import chosen  # noqa: PLC0415
    from luoshi.bureau.plans.queries import editions  # noqa: PLC0415

    every = editions(city)
    edition = chosen([one for one in every if year in {None, one.year}], "")
    if edition is None:
        there = "、".join(str(one.year) for one in every if one.year)
        what = f"没有 {year} 年的工作要点" if every else "还没有读入工作要点"
        rule, remedy = "须先读入工作要点并立项", f"已有 {there}；请改 --year" if there else "请在网页上读入"
        raise RefusedError(Finding("--year" if every else "CITY", what, rule, remedy))
    return edition
