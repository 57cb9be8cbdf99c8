"""The commands. Arguments in, an engine's call, its result out."""

import os
import socket
import sys
from contextlib import nullcontext
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from luoshi import telling
from luoshi.bureau.board import starting
from luoshi.commands import backing
from luoshi.commands.cases import cases
from luoshi.commands.checking import check
from luoshi.commands.comparing import compare
from luoshi.commands.counties import county
from luoshi.commands.divisions import divisions
from luoshi.commands.exporting import export
from luoshi.commands.imagining import city
from luoshi.commands.importing import import_files
from luoshi.commands.judging import judge
from luoshi.commands.keys import keys
from luoshi.commands.lake import lake
from luoshi.commands.measuring import measure
from luoshi.commands.people import people
from luoshi.commands.procedures import procedure
from luoshi.commands.publishing import publish
from luoshi.commands.rosters import import_rosters
from luoshi.commands.shared import Shape, content_of, refusals_in_four_parts, website
from luoshi.declared import INDICATORS, PARAMETERS
from luoshi.reading import read as read_file
from luoshi.reading.city import load
from luoshi.reading.documents.libreoffice import converter
from luoshi.words.errors import RefusedError
from luoshi.words.findings import Finding

app = typer.Typer(no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False)


@app.callback()
def luoshi() -> None:
    """落实：读工作要点，立督查台账，说清每一项承诺兑现得怎样、凭什么这样说。"""


@app.command()
@refusals_in_four_parts
def read(
    plan: Annotated[Path, typer.Argument(help="要点文件：txt、docx、pdf、html、ofd；- 为标准输入")],
    form: Annotated[Shape, typer.Option("--format", help="table 或 json")] = Shape.TABLE,
    weak: Annotated[bool, typer.Option("--weak", help="只列照原文谁也无法核验的承诺")] = False,  # noqa: FBT002
) -> None:
    """读一份工作要点：条目、承诺、目标值，各有原文位置。"""
    told = read_file(content_of(plan), plan.name, indicators=INDICATORS, office=converter())
    if form is Shape.JSON:
        sys.stdout.write(telling.as_json(told) + "\n")
    elif weak:
        telling.print_weak(told)
    else:
        telling.print_plan(told)


app.command()(refusals_in_four_parts(check))
app.command()(refusals_in_four_parts(city))
app.command()(refusals_in_four_parts(compare))
app.command(name="import")(refusals_in_four_parts(import_files))
app.command(name="import-roster")(refusals_in_four_parts(import_rosters))
app.command()(refusals_in_four_parts(measure))
app.command()(refusals_in_four_parts(export))
app.command()(refusals_in_four_parts(publish))
app.command()(refusals_in_four_parts(judge))
for _command in backing.COMMANDS:
    app.command()(refusals_in_four_parts(_command))


def _serve(bind: str, redirect: str = "") -> None:
    """One process with a few threads and its worker beside it, until it is stopped."""
    from django.conf import settings  # noqa: PLC0415
    from granian import Granian  # noqa: PLC0415
    from granian.constants import Interfaces  # noqa: PLC0415

    from luoshi.bureau.jobs.watching import worker_beside  # noqa: PLC0415
    from luoshi.bureau.jobs.worker import checked  # noqa: PLC0415
    from luoshi.commands.tls import certificate, leading  # noqa: PLC0415

    checked()
    secured = certificate(settings.CERT, settings.KEY)
    host, _, port = bind.rpartition(":")
    if not port.isdecimal():
        raise RefusedError(Finding("--bind", f"“{bind}”不是地址", "须写成 主机:端口", "例如 --bind 127.0.0.1:8000"))
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host or "127.0.0.1", int(port)))
        except OSError as error:
            raise RefusedError(
                Finding(
                    bind,
                    "这个地址用不了，多半已被别的程序占用",
                    "一个端口只能开一个程序",
                    "请换一个端口，例如 --bind 127.0.0.1:8001",
                )
            ) from error
    server = Granian(
        "luoshi.bureau.wsgi:application",
        address=host or "127.0.0.1",
        port=int(port),
        interface=Interfaces.WSGI,
        blocking_threads=4,
        log_enabled=False,
        **secured,
    )
    with worker_beside(), leading(redirect, settings.ALLOWED_HOSTS, int(port)):
        server.serve()


Bind = Annotated[str, typer.Option("--bind", help="主机:端口")]


@app.command()
@refusals_in_four_parts
def demo(
    bind: Bind = "127.0.0.1:8000",
    city: Annotated[Path, typer.Option("--city", help="演示用的市的文件夹")] = Path("cities/luoyang"),
    *,
    undivided: Annotated[bool, typer.Option("--undivided", help="只读入要点，分解留给您做")] = False,
) -> None:
    """演示：读洛阳市教育局2020年工作要点，打开它的督查台账。"""
    website(demo=True)
    from luoshi.bureau.board.lake_of_demo import filled_beside  # noqa: PLC0415
    from luoshi.bureau.board.opening import open_demo  # noqa: PLC0415

    with filled_beside(collects=not undivided):
        typer.echo("星州的明细数据正在后台入库，约需半分钟；再次打开时沿用。演示数据（虚构）。")
        open_demo(city, typer.echo, undivided=undivided)
        typer.echo(f"\n请在浏览器打开 http://{bind} 　按 Ctrl-C 结束。")
        _serve(bind)


@app.command(name="open")
@refusals_in_four_parts
def open_city(city: Annotated[Path, typer.Argument(help="一个市的文件夹，如 cities/luoyang")]) -> None:
    """为一个市建立数据：科室、单位、人员、公开数值；要点在网页上读入。"""
    website()
    from luoshi.bureau.board.opening import open_house  # noqa: PLC0415

    open_house(city, typer.echo)


@app.command()
@refusals_in_four_parts
def password(
    login: Annotated[str, typer.Argument(help="账号，people.csv 的 login")],
    *,
    lift: Annotated[bool, typer.Option("--lift", help="同时解除第二因子，手机和密钥都丢了时用")] = False,
) -> None:
    """设置一个账号的密码并解锁，本人进入后须先改；输入两次，屏幕上不显示。"""
    website()
    from luoshi.bureau.board.founding import prepare  # noqa: PLC0415
    from luoshi.bureau.board.opening import INSTALLER  # noqa: PLC0415
    from luoshi.bureau.entering.actions.factors import lift as lift_factors  # noqa: PLC0415
    from luoshi.bureau.entering.actions.passwords import set_password  # noqa: PLC0415

    prepare()
    words = typer.prompt("新密码", hide_input=True, confirmation_prompt="再输入一次")
    set_password(INSTALLER, login, words)
    if lift:
        lift_factors(replace(INSTALLER, role="security"), login)
    typer.echo(f"账号 {login} 已设置密码。")


@app.command()
@refusals_in_four_parts
def serve(
    bind: Bind = "127.0.0.1:8000",
    redirect: Annotated[str, typer.Option("--redirect", help="另听一个 HTTP 地址，只引到 HTTPS，如 0.0.0.0:80")] = "",
) -> None:
    """打开网站，数据在 LUOSHI_HOME 文件夹或 DATABASE_URL 指定的数据库；有 LUOSHI_CERT 和 LUOSHI_KEY 时用 HTTPS。"""
    website()
    from django.conf import settings  # noqa: PLC0415

    from luoshi.bureau.board.founding import prepare  # noqa: PLC0415

    prepare(typer.echo)
    typer.echo(f"{'https' if settings.CERT else 'http'}://{bind}")
    _serve(bind, redirect)


@app.command()
@refusals_in_four_parts
def start(
    home: Annotated[Path, typer.Option("--home", help="数据文件夹，全部数据都在里面")] = Path("data"),
    city: Annotated[Path, typer.Option("--city", help="演示用的市的文件夹")] = Path("cities/luoyang"),
    *,
    demo: Annotated[bool, typer.Option("--demo", help="先打开演示，数据为演示数据（虚构）")] = False,
    browser: Annotated[bool, typer.Option("--browser/--no-browser", help="打开浏览器")] = True,
) -> None:
    """免安装包的启动：数据在一个文件夹，自选空闲端口，打开浏览器。"""
    os.environ["LUOSHI_HOME"] = str(home.resolve())
    # Reached from this very computer alone: whoever sits at it has it already, and may have no second thing to show.
    os.environ.setdefault("LUOSHI_SECOND_FACTOR", "off")
    starting.writable(home)
    website(demo=demo)
    from luoshi.bureau.board.founding import prepare  # noqa: PLC0415
    from luoshi.bureau.board.lake_of_demo import filled_beside  # noqa: PLC0415
    from luoshi.bureau.board.opening import open_demo  # noqa: PLC0415

    with filled_beside() if demo else nullcontext():
        if demo:
            open_demo(city, typer.echo)
        else:
            prepare(typer.echo)
        bind = f"{starting.HERE}:{starting.free_port()}"
        typer.echo(f"\n请在浏览器打开 http://{bind} 　按 Ctrl-C 结束。数据在 {home.resolve()}")
        if browser:
            starting.open_when_answering(f"http://{bind}/")
        _serve(bind)


@app.command()
@refusals_in_four_parts
def work(
    name: Annotated[str, typer.Option("--name", hidden=True)] = "",
    after: Annotated[str, typer.Option("--after", hidden=True)] = "",
    *,
    watched: Annotated[bool, typer.Option("--watched", hidden=True)] = False,
) -> None:
    """单独运行后台：办理长任务、发通知、每日例行；平时由 serve 自带，不必另开。"""
    website()
    from luoshi.bureau.board.founding import prepare  # noqa: PLC0415
    from luoshi.bureau.board.working import OUTFIT  # noqa: PLC0415
    from luoshi.bureau.jobs import worker  # noqa: PLC0415

    if not watched:
        prepare()
        typer.echo("后台已启动，按 Ctrl-C 结束。")
    worker.work(OUTFIT, name or worker.new_name(), after=after, watched=watched)


@app.command()
@refusals_in_four_parts
def rounds(
    on: Annotated[datetime | None, typer.Option("--on", formats=["%Y-%m-%d"], help="哪一天的；不给则为今天")] = None,
) -> None:
    """现在就做每日例行，并发出待发的通知；一天只做一次，已做过的不重做。"""
    website()
    from luoshi.bureau.board.founding import prepare  # noqa: PLC0415
    from luoshi.bureau.board.working import OUTFIT  # noqa: PLC0415
    from luoshi.bureau.jobs.worker import make_now  # noqa: PLC0415

    prepare()
    if not make_now(OUTFIT, on.date() if on else None, typer.echo):
        raise typer.Exit(1)


@app.command()
@refusals_in_four_parts
def docs(
    folder: Annotated[Path, typer.Argument(help="写到哪个文件夹，如 docs/reference")],
    city: Annotated[Path, typer.Option("--city", help="按哪个市的机制")] = Path("cities/luoyang"),
    glossary: Annotated[Path | None, typer.Option("--glossary", help="同时改写用语表，如 GLOSSARY.md")] = None,
) -> None:
    """改写由代码生成的参考页；内容不变的不动。"""
    website()  # whose rooms say who may do what
    from luoshi import describing  # noqa: PLC0415

    told = load(city, {indicator.key for indicator in INDICATORS}, PARAMETERS)
    plan = read_file(content_of(told.plan), told.plan.name, indicators=INDICATORS, office=converter())
    changed = describing.write(describing.pages(told, plan, app), folder)
    if glossary is not None:
        page = describing.glossary.page(describing.glossary.chinese(), describing.glossary.names())
        changed += describing.write({glossary.name: page}, glossary.parent)
    typer.echo(f"改写 {'、'.join(changed)}" if changed else "都是新的，没有改写。")


journal = typer.Typer(no_args_is_help=True, help="操作日志：核验与链尾。")
app.add_typer(journal, name="journal")


def _journal() -> None:
    """Make the website known, and refuse where no journal is kept: most often LUOSHI_HOME points elsewhere."""
    website()
    from django.conf import settings  # noqa: PLC0415

    from luoshi.bureau.journal import queries  # noqa: PLC0415

    if not queries.opened():
        where = os.environ.get("DATABASE_URL", "").rpartition("@")[2] or str(settings.HOME)
        rule = "操作日志在 LUOSHI_HOME 文件夹或 DATABASE_URL 指定的数据库"
        raise RefusedError(Finding(where, "这里没有操作日志", rule, "请核对 LUOSHI_HOME 或 DATABASE_URL，再运行一次"))


@journal.command()
@refusals_in_four_parts
def verify(
    anchor: Annotated[list[str] | None, typer.Option("--anchor", help="抄在纸上的链尾，序号:摘要；可给多个")] = None,
    anchors: Annotated[Path | None, typer.Option("--anchors", help="另存每日链尾的文件夹，其中的全部核对")] = None,
) -> None:
    """核验操作日志是否完整；给出链尾时，也能发现删尾和整链重写。"""
    _journal()
    from luoshi.bureau.journal import outside, queries  # noqa: PLC0415
    from luoshi.bureau.journal.chain import Anchor  # noqa: PLC0415

    try:
        told = [Anchor.parse(words) for words in anchor or []]
    except ValueError as error:
        raise RefusedError(
            Finding("--anchor", "读不懂这个链尾", "须为 序号:64位摘要", "请照 luoshi journal anchor 印出的一行输入")
        ) from error
    kept = outside.found(anchors) if anchors else []
    found = queries.broken(*told, *(one.anchor for one in kept))
    if found:
        telling.print_finding(found)
        raise typer.Exit(1)
    head = queries.head()
    typer.echo(f"操作日志完整，共 {head.number if head else 0} 条。链尾 {head or '——'}")
    if kept:
        typer.echo(f"与另存的每日链尾 {len(kept)} 份相符：{kept[0].name} 至 {kept[-1].name}")


@journal.command(name="anchor")
@refusals_in_four_parts
def print_anchor(
    to: Annotated[Path | None, typer.Option("--to", help="同时存入这个文件夹，一天一个文件，已有的不覆盖")] = None,
) -> None:
    """印出链尾，抄在纸上或存到别处；以后用它核验。"""
    _journal()
    from django.utils import timezone  # noqa: PLC0415

    from luoshi.bureau.journal import outside, queries  # noqa: PLC0415

    head = queries.head()
    typer.echo(str(head) if head else "操作日志还是空的。")
    if to and head:
        kept = outside.write(to, timezone.localdate(), head)
        typer.echo(f"存证文件 {to / kept.name}，链尾 {kept.anchor}")


evidence = typer.Typer(no_args_is_help=True, help="佐证材料：导出封存包。")
app.add_typer(evidence, name="evidence")


@evidence.callback()
def of_evidence() -> None:
    """佐证材料：导出封存包。"""


@evidence.command(name="export")
@refusals_in_four_parts
def export_evidence(
    out: Annotated[Path, typer.Option("--out", help="写到哪个文件，如 佐证材料.zip")],
    plan: Annotated[int | None, typer.Option("--plan", help="只导出这份要点，网址 plans/ 后的数字")] = None,
    item: Annotated[str, typer.Option("--item", help="只导出这一项，如 15.1")] = "",
) -> None:
    """导出佐证材料封存包：文件、清单、目录和一个独立的核验脚本；印出的封签请抄存或公布。"""
    _journal()
    from luoshi.bureau.board.opening import INSTALLER  # noqa: PLC0415
    from luoshi.bureau.evidence import actions, queries  # noqa: PLC0415

    told = actions.export(INSTALLER, queries.chosen(plan, item), out)
    typer.echo(f"已导出 {told.items} 项、{told.files} 份文件：{out}\n封签 {told.seal}")
    typer.echo("请把封签印出、抄存或公布；核验：解出包内 verify.py，运行 python3 verify.py 封存包.zip 封签")


app.add_typer(keys, name="keys")
app.add_typer(lake, name="lake")
app.add_typer(county, name="county")
app.add_typer(divisions, name="divisions")
app.add_typer(people, name="people")
app.add_typer(procedure, name="procedure")
app.add_typer(cases, name="cases")


def main() -> None:
    """The entry of the command."""
    app()
