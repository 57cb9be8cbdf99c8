"""`luoshi county`: packages between the city's house and a county's, where there is no line between them."""

import os
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from luoshi.commands.shared import content_of, refusals_in_four_parts, website
from luoshi.words.errors import RefusedError
from luoshi.words.findings import Finding

if TYPE_CHECKING:
    from luoshi.bureau.exchanges.models import Package
    from luoshi.bureau.journal.actions import Actor
    from luoshi.bureau.people.models import City

county = typer.Typer(no_args_is_help=True, help="县级版：没有线路的县(市、区)与市里交换签名的包。")
LARGEST = 50 << 20

File = Annotated[Path, typer.Argument(metavar="PACKAGE", help="交换包，zip")]
Out = Annotated[Path, typer.Option("--out", help="写到哪个文件")]
By = Annotated[str, typer.Option("--by", help="谁办的：账号；不给则为系统")]


@county.callback()
def of_county(
    home: Annotated[Path | None, typer.Option("--home", help="哪个数据文件夹；不给则为 LUOSHI_HOME")] = None,
) -> None:
    """县级版：没有线路的县(市、区)与市里交换签名的包。"""
    if home is not None:
        os.environ["LUOSHI_HOME"] = str(home.resolve())


def _house(by: str = "") -> "tuple[City, Actor]":
    """The city of this house and who acts."""
    website()
    from luoshi.bureau.board.founding import prepare  # noqa: PLC0415 -- the models are there once Django is set up
    from luoshi.bureau.board.opening import INSTALLER  # noqa: PLC0415
    from luoshi.bureau.people.models import Person  # noqa: PLC0415
    from luoshi.bureau.people.queries import acting  # noqa: PLC0415
    from luoshi.bureau.plans.queries import the_city  # noqa: PLC0415

    prepare()
    city = the_city()
    if city is None:
        remedy = "市本级请先运行 luoshi open，县级版请运行 luoshi county found"
        raise RefusedError(Finding("本市", "还没有建立", "先建立，再交换包", remedy))
    person = Person.objects.filter(username=by, is_active=True).first() if by else None
    if by and person is None:
        raise RefusedError(Finding("--by", f"没有账号“{by}”", "须为在用的账号", "请核对账号"))
    return city, acting(person) if person else INSTALLER


def _write(package: "Package", out: Path) -> None:
    from luoshi.bureau.files.queries import content  # noqa: PLC0415

    assert package.file is not None  # noqa: S101 -- what was made here has its file
    out.write_bytes(content(package.file))
    typer.echo(f"第{package.number}号{package.get_kind_display()}，{package.file.size} 字节，写到 {out}")


@county.command()
@refusals_in_four_parts
def pack(code: Annotated[str, typer.Argument(help="县(市、区)的代码")], out: Out, by: By = "") -> None:
    """市本级：为一个县(市、区)生成下发包。"""
    city, actor = _house(by)
    from luoshi.bureau.exchanges.actions import own_fingerprint  # noqa: PLC0415
    from luoshi.bureau.exchanges.actions import pack as make  # noqa: PLC0415

    _write(make(actor, city, code), out)
    typer.echo(f"市的公钥指纹 {own_fingerprint(actor)}，请与县里通话核对。")


@county.command()
@refusals_in_four_parts
def found(
    package: File,
    admin: Annotated[str, typer.Option("--admin", help="县级版系统管理员的账号")],
    name: Annotated[str, typer.Option("--name", help="系统管理员的姓名")],
) -> None:
    """县级版：从市里的下发包建立；第一个包带来市的公钥，其后只收这把公钥签名的包。"""
    website()
    from luoshi.bureau.board.founding import prepare  # noqa: PLC0415
    from luoshi.bureau.board.opening import INSTALLER  # noqa: PLC0415
    from luoshi.bureau.exchanges.actions import found as make  # noqa: PLC0415
    from luoshi.bureau.exchanges.parcels import fingerprint  # noqa: PLC0415
    from luoshi.bureau.exchanges.queries import key_of  # noqa: PLC0415

    content = content_of(package, LARGEST)
    prepare()
    city = make(INSTALLER, content, package.name, (admin, name))
    typer.echo(f"已建立县级版：{city.stands}。")
    typer.echo(f"市的公钥指纹 {fingerprint(key_of(city, city.county))}，请与市里通话核对，不一致的不要使用。")
    typer.echo(f"请运行 luoshi password {admin} 设置管理员的密码。")


@county.command()
@refusals_in_four_parts
def take(package: File, by: By = "") -> None:
    """收包：市本级收上报包，县级版收下发包和回执包；同一个包再收一次不改变什么。"""
    city, actor = _house(by)
    from luoshi.bureau.exchanges.actions import take as take_down  # noqa: PLC0415
    from luoshi.bureau.exchanges.actions import take_up  # noqa: PLC0415

    content = content_of(package, LARGEST)
    kept = (take_down if city.county else take_up)(actor, city, content, package.name)
    typer.echo(f"第{kept.number}号{kept.get_kind_display()}已收。")
    for part in kept.parts.exclude(outcome="came"):
        typer.echo(f"　{part.get_outcome_display()}　{part.title}")
        for where, what, rule, remedy in part.findings:
            typer.echo(f"　　{Finding(where, what, rule, remedy)}")


@county.command()
@refusals_in_four_parts
def send(out: Out, by: By = "") -> None:
    """县级版：把上次以后办完的做成上报包。"""
    city, actor = _house(by)
    from luoshi.bureau.exchanges.actions import own_fingerprint, send_up  # noqa: PLC0415

    _write(send_up(actor, city), out)
    typer.echo(f"县的公钥指纹 {own_fingerprint(actor)}，第一次上报时请与市里通话核对。")


@county.command()
@refusals_in_four_parts
def register(
    package: File,
    fingerprint: Annotated[str, typer.Option("--fingerprint", help="县里在电话里念出的指纹")],
    by: Annotated[str, typer.Option("--by", help="谁核对的：账号")],
) -> None:
    """市本级：核对指纹以后，登记一个县(市、区)的公钥。"""
    city, actor = _house(by)
    from luoshi.bureau.exchanges.actions import register as keep  # noqa: PLC0415

    kept = keep(actor, city, content_of(package, LARGEST), package.name, fingerprint)
    typer.echo(f"已登记 {kept.county} 的公钥，其后只收它签名的上报包。")


@county.command()
@refusals_in_four_parts
def again(
    code: Annotated[str, typer.Argument(help="县(市、区)的代码")],
    number: Annotated[int, typer.Argument(help="第几号")],
    out: Out,
) -> None:
    """把一个已生成的包再写一份文件：市本级写下发包和回执包，县级版写上报包。"""
    city, _ = _house()
    from luoshi.bureau.exchanges.models import Package  # noqa: PLC0415

    found_one = Package.objects.filter(
        city=city, county=code, way="up" if city.county else "down", number=number, file__isnull=False
    ).first()
    if found_one is None:
        what = f"没有 {code} 的第{number}号包"
        raise RefusedError(Finding("交换包", what, "只能写出已生成的包", "请在网页“县级交换”里看有哪些包"))
    _write(found_one, out)
