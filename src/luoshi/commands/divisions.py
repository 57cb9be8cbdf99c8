"""`luoshi divisions`: lists of divisions and schools, checked as files, or carried out in the house."""

from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from luoshi import telling
from luoshi.commands.checking import SAID, STOPPED
from luoshi.commands.shared import content_of, refusals_in_four_parts, website
from luoshi.words.errors import RefusedError
from luoshi.words.findings import Finding, Severity

if TYPE_CHECKING:
    from luoshi.reading.units import Changes, Register

divisions = typer.Typer(no_args_is_help=True, help="区划与学校名册：核对与导入。")

File = Annotated[Path, typer.Argument(metavar="FILE", help="区划或学校名册，CSV、xlsx 或 xls，第一行是列名")]
On = Annotated[datetime | None, typer.Option("--on", formats=["%Y-%m-%d"], help="名册是哪一天的；不给则为今天")]
Whole = Annotated[bool, typer.Option("--whole", help="完整名册：名册里没有的视为已撤销")]


def _read(file: Path, on: datetime | None) -> "tuple[Register, bytes, date]":
    from luoshi.declared.returns.codes import KINDS  # noqa: PLC0415 -- only this command loads them
    from luoshi.reading.frames import LARGEST  # noqa: PLC0415
    from luoshi.reading.units import read_register  # noqa: PLC0415

    day, content = (on or datetime.now()).date(), content_of(file, LARGEST)  # noqa: DTZ005 -- the day on this computer's clock
    return read_register(content, file.name, day, KINDS), content, day


def _tell(found: "Changes", most: int = 200) -> None:
    for one in found.findings[:most]:
        typer.echo(f"{SAID[one.severity]}　{one}")
    if len(found.findings) > most:
        typer.echo(f"……共 {len(found.findings)} 条，只列出 {most} 条")
    parts = (("新增", found.added), ("终止", found.ended), ("更正", found.amended), ("接续", found.steps))
    typer.echo("，".join(f"{word} {len(listed)}" for word, listed in parts) + f"，不变 {found.same}。")


@divisions.command(name="check")
@refusals_in_four_parts
def check_file(
    file: File,
    on: On = None,
    city: Annotated[Path | None, typer.Option("--city", help="市的文件夹：与它的区划和学校比较")] = None,
    whole: Whole = False,  # noqa: FBT002 -- an option of the command line
) -> None:
    """核对一份名册，什么也不登记；无须改正的退出码为0，有的为1，读不了的为2。"""
    from luoshi.reading.city import load  # noqa: PLC0415
    from luoshi.reading.units import hold_against  # noqa: PLC0415
    from luoshi.words.successions import tree  # noqa: PLC0415

    told, _, day = _read(file, on)
    of = load(city) if city else None
    divisions_of, steps = ((*of.divisions, *of.units), of.successions) if of else ((), ())
    if told.schools:
        known = tree(divisions_of, steps) if of else None
        found = hold_against(told, of.schools if of else (), steps, day, whole=whole, divisions=known)
    else:
        found = hold_against(told, divisions_of, steps, day, whole=whole)
    typer.echo(f"{file.name}：{'学校' if told.schools else '区划'}名册 {told.rows} 行。")
    _tell(found)
    if found.stops:
        raise typer.Exit(STOPPED)


@divisions.command(name="import")
@refusals_in_four_parts
def import_file(
    file: File,
    on: On = None,
    whole: Whole = False,  # noqa: FBT002 -- an option of the command line
    why: Annotated[str, typer.Option("--why", help="须说明的，写明原因")] = "",
) -> None:
    """导入一份名册：一次登记，记入操作日志；有须改正的则什么也不登记。"""
    website()
    from luoshi.bureau.board.founding import prepare  # noqa: PLC0415
    from luoshi.bureau.board.opening import INSTALLER  # noqa: PLC0415
    from luoshi.bureau.people.units.actions import Terms, import_units  # noqa: PLC0415
    from luoshi.bureau.plans.queries import the_city  # noqa: PLC0415
    from luoshi.words.provenance import digest  # noqa: PLC0415

    prepare()
    city = the_city()
    if city is None:
        raise RefusedError(Finding("luoshi divisions", "还没有建立本市", "名册是一个市的", "请先运行 luoshi start"))
    told, content, day = _read(file, on)
    typer.echo(f"已读 {told.rows} 行，正在核对和登记……")
    terms = Terms(file.name, digest(content), day, whole, why)
    found = import_units(INSTALLER, city, told, terms)
    for one in found.findings:
        if one.severity is not Severity.STOPS:
            telling.print_finding(one)
    _tell(type(found)(found.ended, found.amended, found.added, found.steps, found.same))
