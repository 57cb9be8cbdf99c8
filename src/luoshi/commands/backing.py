"""`luoshi backup`, `luoshi restore`, `luoshi drill`, `luoshi upgrade`: the house in one file, and back."""

import os
import secrets
import shutil
import signal
from collections.abc import Callable
from pathlib import Path
from time import monotonic
from typing import Annotated

import typer

from luoshi.bureau.backups.archive import KEY, Archive, Tell
from luoshi.commands.shared import website
from luoshi.words.errors import RefusedError
from luoshi.words.findings import Finding

_EVERY = 2.0
"""Seconds between two lines of progress."""
_MEGABYTE = 1 << 20


def backup(
    out: Annotated[Path, typer.Option("--out", help="写到哪个文件；给一个已有的文件夹则由程序起名")],
    keep: Annotated[int, typer.Option("--keep", min=0, help="--out 为文件夹时，只留最新的几份；0 为全留")] = 0,
    *,
    with_key: Annotated[
        bool, typer.Option("--with-key", help="连同签名密钥 secret.key；这样的备份须按密钥保管")
    ] = False,
) -> None:
    """备份：数据库、佐证等文件和数据湖做成一个文件，有每张表、每个文件的摘要；网站开着也能做，Ctrl-C 随时可停。"""
    _opened()
    from luoshi.bureau.backups.actions import back_up  # noqa: PLC0415 -- the models are there once Django is set up
    from luoshi.bureau.board.opening import INSTALLER  # noqa: PLC0415

    told = back_up(INSTALLER, out, with_key=with_key, keep=keep, tell=_progress())
    typer.echo(f"已备份：{told.path}，{told.size / _MEGABYTE:.2f} MB，用时 {told.seconds:.1f} 秒。")
    typer.echo(
        f"数据表 {told.tables} 个 {told.rows} 行，文件 {told.files} 份，数据湖文件 {told.lake} 份，操作日志 {told.entries} 条。"
    )
    typer.echo(f"摘要 {told.seal}")
    for one in told.missing:
        typer.echo(f"注意：文件 {one} 缺失或已改动，备份里没有完好的一份。")
    typer.echo("含签名密钥，请按密钥保管。" if with_key else f"不含 {KEY} 和 keys 文件夹里的密钥，请另行保管。")


def restore(
    file: Annotated[Path, typer.Argument(help="备份文件")],
    database: Annotated[
        str, typer.Argument(metavar="[DATABASE_URL]", help="恢复到哪个空数据库；不给则为文件夹里的 SQLite")
    ] = "",
    home: Annotated[Path | None, typer.Option("--home", help="恢复到哪个新文件夹；须不存在或是空的")] = None,
    *,
    check: Annotated[bool, typer.Option("--check", help="只核对，不恢复")] = False,
) -> None:
    """恢复：核对一份备份的每个摘要，放到新文件夹和空数据库里，再核验操作日志；不动现有的数据。"""
    archive, tell = Archive(file), _progress()
    if check:
        archive.check(tell)
        told = archive.manifest
        rows = sum(int(one["rows"]) for one in told["tables"].values())
        typer.echo(f"备份完好：{told['city'] or '（还没有建立本市）'}，{told['at']} 由 {told['luoshi']} 版做成。")
        typer.echo(
            f"数据表 {len(told['tables'])} 个 {rows} 行，文件 {len(archive.members) - len(told['tables'])} 份。摘要 {archive.seal}"
        )
        return
    if home is None:
        raise RefusedError(
            Finding("--home", "没有给出文件夹", "恢复到一个新文件夹，不覆盖现有的", "例如 --home data-new")
        )
    _refuse_full(home)
    archive.check(tell)
    _restore(archive, home, database, tell)


def _restore(archive: Archive, home: Path, database: str, tell: Tell) -> None:
    """Into a folder of another name first: whatever happens, nobody takes half a house for a whole one."""
    making = home.with_name(f".{home.name}.restoring-{secrets.token_hex(4)}")
    making.mkdir(parents=True)
    try:
        _point_at(making, database)
        from luoshi.bureau.backups.actions import enter_restored  # noqa: PLC0415 -- as above
        from luoshi.bureau.backups.restoring import restore as fill  # noqa: PLC0415
        from luoshi.bureau.board.opening import INSTALLER  # noqa: PLC0415

        _refuse_full_database()
        try:
            told = fill(archive, making, tell)
        except RefusedError as refusal:
            raise RefusedError(*refusal.findings, *_left_behind(database)) from refusal
        if not told.pending:
            enter_restored(INSTALLER, archive, told)
        _let_go()
        if home.is_dir():
            home.rmdir()
        making.rename(home)
    finally:
        shutil.rmtree(making, ignore_errors=True)
    typer.echo(f"已恢复 {told.city}：{told.day} 的备份，用时 {told.seconds:.1f} 秒，数据在 {home.resolve()}")
    typer.echo(f"数据表 {told.tables} 个 {told.rows} 行，文件 {told.files} 份，每个摘要都与备份时相同。")
    if told.pending:
        typer.echo(f"本版本比备份新，还有 {len(told.pending)} 步升级；请运行 luoshi upgrade，操作日志随后核验。")
    else:
        typer.echo(f"操作日志 {told.entries} 条，逐条相连，完整。")
    for one in told.missing:
        typer.echo(f"注意：文件 {one} 在备份时已缺失或已改动。")
    if KEY not in archive.members:
        typer.echo("备份不含密钥：签名密钥已重新生成，各人重新登录即可；keys 文件夹请从另存处放回。")


def _left_behind(database: str) -> list[Finding]:
    """What a restoring that failed has left: nothing but where a database was given."""
    rule, remedy = "半份数据不能使用", "请删去这个数据库，另建一个空的，再恢复一次"
    return [Finding("DATABASE_URL", "没有恢复完，库里留有一部分表", rule, remedy)] if database else []


def _point_at(home: Path, database: str) -> None:
    """From here on this process lives there."""
    os.environ["LUOSHI_HOME"] = str(home.resolve())
    os.environ["LUOSHI_SECRET"] = secrets.token_urlsafe(50)  # so that no key is made before the backup's is there
    os.environ.pop("DATABASE_URL", None)
    if database:
        os.environ["DATABASE_URL"] = database
    website()


def _refuse_full(home: Path) -> None:
    if home.exists() and (not home.is_dir() or any(home.iterdir())):
        rule = "恢复只写新文件夹，不覆盖现有的数据"
        raise RefusedError(
            Finding(str(home), "这个文件夹不是空的", rule, "请换一个不存在的文件夹，例如 --home data-new")
        )


def _refuse_full_database() -> None:
    from django.db import DatabaseError, connection  # noqa: PLC0415

    try:
        full = connection.introspection.table_names()
    except DatabaseError as error:
        rule, remedy = "须给出一个连得上的空数据库", "请核对地址、账号和密码，再运行一次"
        raise RefusedError(Finding("DATABASE_URL", "数据库连不上", rule, remedy)) from error
    if full:
        rule = "恢复只写空数据库，不覆盖现有的数据"
        raise RefusedError(
            Finding("DATABASE_URL", f"这个数据库里已有 {len(full)} 张表", rule, "请新建一个空数据库，再运行一次")
        )


def _let_go() -> None:
    from django.db import connections  # noqa: PLC0415

    connections.close_all()


def drill(
    file: Annotated[
        Path | None, typer.Argument(help="备份文件；不给则用备份文件夹里最新的一份，没有则现做一份")
    ] = None,
) -> None:
    """恢复演练：把备份恢复到临时位置，核对每张表、每个文件、操作日志和数据湖，随即删去；结果记入操作日志。"""
    _opened()
    from luoshi.bureau.backups import actions  # noqa: PLC0415 -- as above
    from luoshi.bureau.board.opening import INSTALLER  # noqa: PLC0415

    told = actions.drill(INSTALLER, file, _progress())
    typer.echo(f"恢复演练通过：{told['file']}，{told['day']} 的备份，用时 {told['seconds']:.1f} 秒。")
    typer.echo(
        f"数据表 {told['tables']} 个 {told['rows']} 行，文件 {told['files']} 份，操作日志 {told['entries']} 条，都与备份时相同；已记入操作日志。"
    )


def upgrade(*, rehearse: Annotated[bool, typer.Option("--rehearse", help="只演练，不升级")] = False) -> None:
    """升级数据库：先备份，在恢复出的副本上演练，通过后才升级；--rehearse 只演练。"""
    _opened()
    from luoshi.bureau.backups import actions, upgrading  # noqa: PLC0415 -- as above
    from luoshi.bureau.board.opening import INSTALLER  # noqa: PLC0415

    if rehearse:
        told = actions.rehearse(INSTALLER, _progress())
        changed = told.figures["upgraded"]["changed"]
        typer.echo(
            f"升级演练通过：{told.version} 版，{len(told.steps)} 步，升级用时 {told.figures['upgraded']['seconds']} 秒。"
        )
        typer.echo(
            f"改动的数据表 {len(changed)} 个{'：' if changed else ''}{'、'.join(changed)}；其余各表与升级前相同。备份在 {told.backup}"
        )
        return
    steps = upgrading.pending()
    actions.upgrade(INSTALLER, _progress())
    typer.echo(f"已升级 {len(steps)} 步：{'、'.join(steps)}。" if steps else "数据库已是本版本的，不必升级。")


def _opened() -> None:
    """Make the website known, and refuse where there is no house."""
    website()
    from django.conf import settings  # noqa: PLC0415
    from django.db import connection  # noqa: PLC0415

    if "django_migrations" not in connection.introspection.table_names():
        where = os.environ.get("DATABASE_URL", "").rpartition("@")[2] or str(settings.HOME)
        rule = "数据在 LUOSHI_HOME 文件夹或 DATABASE_URL 指定的数据库"
        raise RefusedError(Finding(where, "这里没有数据", rule, "请核对 LUOSHI_HOME 或 DATABASE_URL，再运行一次"))


def _progress() -> Tell:
    """A line now and then; a terminate signal stops as Ctrl-C does."""
    signal.signal(signal.SIGTERM, _interrupted)
    said, last = monotonic(), ""

    def tell(done: int, total: int, words: str) -> None:
        nonlocal said, last
        if words != last and monotonic() - said >= _EVERY:
            said, last = monotonic(), words
            typer.echo(f"{words}（约 {100 * done // max(total, 1)}%）")

    return tell


def _interrupted(*_: object) -> None:
    raise KeyboardInterrupt


COMMANDS: tuple[Callable[..., None], ...] = (backup, restore, drill, upgrade)
