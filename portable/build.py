"""Build the portable bundles: every wheel a platform needs, the cities, one start file, an empty data folder.

    python portable/build.py [PLATFORM ...] [--into build/bundle] [--pip python3]

The wheels come from whatever index pip is configured with, each checked against the lock. The same commit gives the
same archive: file times are those of the commit, names are sorted, owners are nobody.
"""
# ruff: noqa: INP001

import argparse
import gzip
import io
import os
import shutil
import subprocess
import sys
import tarfile
import tempfile
import time
import tomllib
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PARTS = ROOT / "portable"
PYTHONS = ("3.11", "3.12", "3.13")
"""The versions of CPython whose wheels go in."""
RUNS = 0o755
READS = 0o644


@dataclass(frozen=True, slots=True)
class Platform:
    """One system on one machine, as Python and pip name them."""

    key: str
    system: str
    machine: str
    tags: tuple[str, ...]
    said: str

    @property
    def windows(self) -> bool:
        """Whether the bundle is a zip with a batch file, not a tar with a shell script."""
        return self.system == "win32"


def _linux(machine: str, said: str) -> Platform:
    # 2.28 is the C library of Kylin V10 and UOS 20; wheels that ask for a newer one would not load there.
    tags = tuple(f"{tag}_{machine}" for tag in ("manylinux_2_28", "manylinux_2_17", "manylinux2014"))
    return Platform(f"linux-{machine}", "linux", machine, tags, said)


PLATFORMS = {
    one.key: one
    for one in (
        _linux("x86_64", "Linux x86_64（麒麟、统信等，glibc 2.28 以上）"),
        _linux("aarch64", "Linux aarch64（麒麟、统信等，glibc 2.28 以上）"),
        Platform("windows-x64", "win32", "amd64", ("win_amd64",), "Windows 10、11（64 位）"),
    )
}


def lock_for(platform: Platform) -> str:
    """The lock as one platform needs it; Linux cannot resolve what only Windows asks for, so that is kept beside."""
    locks = [ROOT / "requirements.txt"] + [PARTS / "windows.txt"] * platform.windows
    return "".join(lock.read_text("utf-8") for lock in locks)


def download(pip: str, lock: Path, platform: Platform, pythons: Sequence[str], wheels: Path) -> None:
    """Fetch every wheel of a lock for a platform and each Python; a missing or changed one ends the build."""
    tags = [word for tag in platform.tags for word in ("--platform", tag)]
    for python in pythons:
        _run(
            *(pip, "-m", "pip", "download", "--quiet", "--no-deps", "--only-binary=:all:", "--require-hashes"),
            *("--disable-pip-version-check", "--implementation", "cp", "--python-version", python, *tags),
            *("--dest", str(wheels), "--requirement", str(lock)),
        )


def own_wheel(pip: str, wheels: Path) -> Path:
    """Luoshi's own wheel, built aside from a copy so that nothing is left among the sources."""
    with tempfile.TemporaryDirectory() as aside:
        copy = Path(aside) / "luoshi"
        shutil.copytree(ROOT / "src", copy / "src", ignore=shutil.ignore_patterns("*.egg-info", "__pycache__"))
        for name in ("pyproject.toml", "requirements.in"):
            shutil.copy(ROOT / name, copy)
        _run(
            *(pip, "-m", "pip", "--python", sys.executable, "wheel", "--quiet", "--no-deps", "--no-index"),
            *("--no-build-isolation", "--disable-pip-version-check", "--wheel-dir", str(wheels), str(copy)),
        )
    return next(wheels.glob("luoshi-*.whl"))


def lay_out(pip: str, platform: Platform, pythons: Sequence[str], folder: Path) -> None:
    """Write one bundle into an empty folder."""
    wheels = folder / "wheels"
    wheels.mkdir(parents=True)
    lock = folder / "requirements.txt"
    lock.write_text(lock_for(platform), "utf-8")
    download(pip, lock, platform, pythons, wheels)
    download(pip, PARTS / "pip.txt", platform, pythons[:1], wheels)
    own = own_wheel(pip, wheels)
    with lock.open("a", encoding="utf-8") as opened:
        opened.write(f"luoshi=={version()} \\\n    --hash=sha256:{sha256(own.read_bytes()).hexdigest()}\n")
    _copy_cities(folder / "cities")
    (folder / "data").mkdir()
    _write_program(platform, pythons, folder)


def _copy_cities(into: Path) -> None:
    # Only what the repository holds: a folder somebody is trying out stays at home.
    listed = subprocess.run(["git", "ls-files", "-z", "cities"], cwd=ROOT, capture_output=True, check=True).stdout  # noqa: S607
    for name in filter(None, listed.decode().split("\0")):
        there = into.parent / name
        there.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(ROOT / name, there)


def _write_program(platform: Platform, pythons: Sequence[str], folder: Path) -> None:
    program = folder / "program"
    program.mkdir()
    shutil.copy(PARTS / "begin.py", program)
    shutil.copy(PARTS / "no-python.txt", program)
    made_for = f"{platform.system} {platform.machine} {' '.join(pythons)}\n"
    (program / "made-for.txt").write_text(made_for, "utf-8")
    page = (PARTS / "开始使用.txt").read_text("utf-8").replace("{platform}", platform.said)
    if platform.windows:
        # cmd.exe wants CRLF; the oldest Notepad wants it too, and the mark that says UTF-8.
        batch = (PARTS / "启动.bat").read_text("ascii")
        (folder / "启动.bat").write_text(batch, "ascii", newline="\r\n")
        (folder / "开始使用.txt").write_text(page, "utf-8-sig", newline="\r\n")
    else:
        (folder / "开始使用.txt").write_text(page, "utf-8")
        shutil.copy(PARTS / "start.sh", folder)


def pack(platform: Platform, folder: Path) -> Path:
    """One archive of a bundle, the same to the byte for the same content and commit."""
    archive = folder.with_name(folder.name + (".zip" if platform.windows else ".tar.gz"))
    if platform.windows:
        _zip(folder, archive)
    else:
        _tar(folder, archive)
    return archive


def _inside(folder: Path) -> Iterator[tuple[Path, str]]:
    for path in sorted(folder.rglob("*")):
        yield path, path.relative_to(folder.parent).as_posix()


def _tar(folder: Path, archive: Path) -> None:
    told = io.BytesIO()
    with tarfile.open(fileobj=told, mode="w", format=tarfile.PAX_FORMAT) as tar:
        for path, name in _inside(folder):
            entry = tar.gettarinfo(path, name)
            entry.uid = entry.gid = 0
            entry.uname = entry.gname = ""
            entry.mtime = _moment()
            entry.mode = RUNS if path.is_dir() or path.suffix == ".sh" else READS
            with path.open("rb") if path.is_file() else io.BytesIO() as content:
                tar.addfile(entry, content)
    with archive.open("wb") as opened, gzip.GzipFile("", "wb", 6, opened, mtime=0) as packed:
        packed.write(told.getvalue())


def _zip(folder: Path, archive: Path) -> None:
    at = time.gmtime(_moment())
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as opened:
        for path, name in _inside(folder):
            entry = zipfile.ZipInfo(name + "/" * path.is_dir(), (at[0], at[1], at[2], at[3], at[4], at[5]))
            entry.create_system = 0
            entry.external_attr = 0x10 if path.is_dir() else 0
            content = b"" if path.is_dir() else path.read_bytes()
            opened.writestr(entry, content, zipfile.ZIP_STORED if path.suffix == ".whl" else zipfile.ZIP_DEFLATED)


def _moment() -> int:
    """Seconds since 1970 of the commit, which every file of an archive bears."""
    asked = os.environ.get("SOURCE_DATE_EPOCH")
    if asked is None:
        told = subprocess.run(["git", "log", "-1", "--format=%ct"], cwd=ROOT, capture_output=True, check=True)  # noqa: S607
        asked = told.stdout.decode()
    return int(asked)


def version() -> str:
    """The version in pyproject.toml."""
    told = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    return str(told["project"]["version"])


def _run(*command: str) -> None:
    moment = {"SOURCE_DATE_EPOCH": str(_moment())}
    done = subprocess.run(command, env=os.environ | moment, capture_output=True, text=True, check=False)  # noqa: S603
    if done.returncode:
        sys.exit(f"{' '.join(command[:4])} failed:\n{done.stderr[-2000:]}")


def build(pip: str, key: str, into: Path, pythons: Sequence[str] = PYTHONS) -> Path:
    """Build one platform's bundle.

    Args:
        pip: the Python whose pip downloads.
        key: one of `PLATFORMS`.
        into: where the folder and the archive go; what an earlier build left of this platform is replaced.
        pythons: the versions of CPython whose wheels go in, such as `3.11`.

    Returns:
        The archive.
    """
    platform = PLATFORMS[key]
    folder = into.resolve() / f"luoshi-{version()}-{key}"
    shutil.rmtree(folder, ignore_errors=True)
    lay_out(pip, platform, pythons, folder)
    return pack(platform, folder)


def main(arguments: Sequence[str] | None = None) -> None:
    """Build what is asked for, all platforms when none is named, and tell sizes and digests."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("platform", nargs="*", help=", ".join(PLATFORMS))
    parser.add_argument("--into", type=Path, default=ROOT / "build" / "bundle")
    parser.add_argument("--pip", default="python3", help="the Python whose pip downloads")
    asked = parser.parse_args(arguments)
    if unknown := [key for key in asked.platform if key not in PLATFORMS]:
        parser.error(f"{', '.join(unknown)}: there is only {', '.join(PLATFORMS)}")
    for key in asked.platform or PLATFORMS:
        archive = build(asked.pip, key, asked.into)
        content = archive.read_bytes()
        sys.stdout.write(f"{archive.name}  {len(content) / 1e6:.1f} MB  sha256 {sha256(content).hexdigest()}\n")


if __name__ == "__main__":
    main()
