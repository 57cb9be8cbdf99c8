"""A lake as it is at one moment, to be copied at leisure while others go on writing."""

import os
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from luoshi.keeping import disk
from luoshi.keeping.manifest import Manifest


@dataclass(frozen=True, slots=True)
class Still:
    """What a lake was made of at that moment."""

    number: int
    """Of its last entry; 0 for a lake nothing was handed into."""
    head: str
    """Digest of its last entry."""
    manifest: bytes
    """The whole lines of its manifest."""
    files: dict[str, Path]
    """Every other file an entry needs: its path below the lake's folder, and where its bytes stay."""


def hold(folder: Path, beside: Path, meanwhile: Callable[[], None]) -> Still:
    """Take the lake as it is now; who deposits waits for as long as it takes to give each file a second name.

    A file of the lake never changes, but a compaction takes it away: its second name outlives that. Where the disk knows no
    second names, the files are copied, and who deposits waits for that.

    Args:
        folder: the lake.
        beside: an empty folder on the same disk, for the second names; whoever asked takes it away.
        meanwhile: done while nobody deposits, so that whatever it sees is of the same moment.
    """
    folder.mkdir(parents=True, exist_ok=True)
    with disk.locked(folder / "lock"):
        meanwhile()
        manifest = Manifest(folder / "manifest.jsonl").refresh()
        told = manifest.path.read_bytes()[: manifest.length] if manifest.number else b""
        files = {name: beside / str(place) for place, name in enumerate(sorted(manifest.needed()))}
        for name, second in files.items():
            _name_again(folder / name, second)
    return Still(manifest.number, manifest.head, told, files)


def _name_again(path: Path, second: Path) -> None:
    try:
        os.link(path, second)
    except FileNotFoundError:
        return  # whoever copies finds it missing, and says so
    except OSError:
        shutil.copyfile(path, second)
