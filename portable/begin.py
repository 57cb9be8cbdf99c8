"""What the start file runs: lay the program out once from its wheels, then start it. Nothing is fetched.

`--suits` ends with 0 when this Python can run the bundle. An older one may be asked too: it ends otherwise, be it because
it cannot even read this file. The program is laid out in `app/` without a private environment, whose absolute paths
would break when the folder is moved; and as an embedded Python reads no PYTHONPATH, the path is set here.
"""
# ruff: noqa: INP001

import os
import platform
import shutil
import subprocess
import sys
from hashlib import sha256
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
APP = ROOT / "app"
WHEELS = ROOT / "wheels"
LOCK = ROOT / "requirements.txt"
STAMP = APP / ".laid-out"
LOG = ROOT / "install.log"
REFUSED = 2
QUIET = "--quiet --no-input --no-cache-dir --disable-pip-version-check --no-warn-script-location".split()
OFFLINE = "--no-index --no-deps --require-hashes --only-binary=:all:".split()


def suits() -> bool:
    """Whether this Python is of the system, the machine and one of the versions that the wheels are made for."""
    system, machine, *versions = (ROOT / "program" / "made-for.txt").read_text("utf-8").split()
    mine = f"{sys.version_info[0]}.{sys.version_info[1]}"
    told = (sys.platform, platform.machine().lower())
    return told == (system, machine) and mine in versions and sys.maxsize > 2**32


def wanted() -> str:
    """What the stamp says when `app/` is right: which Python it was laid out for, and from which lock."""
    return f"{sys.implementation.cache_tag} {sha256(LOCK.read_bytes()).hexdigest()}"


def laid_out() -> bool:
    """Whether `app/` is whole and fits; a lay-out that was cut off leaves no stamp."""
    return STAMP.is_file() and STAMP.read_text("utf-8") == wanted()


def lay_out() -> None:
    """Install every wheel into `app/`, by pip straight from its own wheel, each checked against its digest."""
    tell("首次启动，正在安装，约需一分钟，不用网络……")
    shutil.rmtree(APP, ignore_errors=True)
    pip = next(WHEELS.glob("pip-*.whl")) / "pip"
    command = [sys.executable, str(pip), "install", *QUIET, *OFFLINE]
    command += ["--find-links", str(WHEELS), "--target", str(APP), "--requirement", str(LOCK)]
    # A person's own pip settings must not turn the installation elsewhere.
    calm = {name: value for name, value in os.environ.items() if not name.startswith(("PIP_", "PYTHON"))}
    calm.update(PIP_CONFIG_FILE=os.devnull, PYTHONUTF8="1")
    done = subprocess.run(command, env=calm, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False)  # noqa: S603
    if done.returncode:
        LOG.write_bytes(done.stdout)
        refuse(str(ROOT), "程序没有装成，经过记在 install.log", "文件夹须完整、可写，磁盘须有 300 MB 空间")
    STAMP.write_text(wanted(), "utf-8")


def tell(words: str) -> None:
    """Say something on the screen at once."""
    sys.stdout.write(words + "\n")
    sys.stdout.flush()


def refuse(where: str, what: str, rule: str, remedy: str = "请重新解压到可写的文件夹，再启动一次") -> None:
    """End with the four parts of every refusal."""
    tell(f"位置：{where}\n情况：{what}\n规则：{rule}\n处理：{remedy}")
    sys.exit(REFUSED)


def prepare() -> None:
    """Lay out where needed; a folder that cannot be written, or is not whole, is told in four parts."""
    try:
        if not laid_out():
            lay_out()
    except (OSError, StopIteration) as error:
        refuse(str(ROOT), f"程序装不进去（{type(error).__name__}）", "文件夹须完整、可写")


def asked(words: list[str], data: Path) -> list[str]:
    """The command that is run: `luoshi start`, or the one that is named (backup, restore, drill), with the data beside the program."""
    if words and not words[0].startswith("-"):
        return ["luoshi", *words]
    return ["luoshi", "start", "--home", str(data), *words]


def main() -> None:
    """Hand over to a command of `luoshi` in this very process, `start` where none is named, with the data beside the program."""
    if sys.argv[1:] == ["--suits"]:
        sys.exit(0 if suits() else 1)
    if not suits():
        remedy = "请装合用的 Python，再启动一次"
        refuse(sys.executable, "这个 Python 不合用", "须与本包的系统、处理器、版本相符，见“开始使用.txt”", remedy)
    os.chdir(ROOT)
    prepare()
    sys.path.insert(0, str(APP))
    os.environ.setdefault("LUOSHI_HOME", str(ROOT / "data"))
    sys.argv = asked(sys.argv[1:], ROOT / "data")
    from luoshi.cli import main as luoshi  # noqa: PLC0415

    luoshi()


if __name__ == "__main__":
    main()
