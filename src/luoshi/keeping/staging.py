"""What a writer is about to do, written down before it does it, so that the next one can clear up behind a crash.

Files are made below `underway/`, where nothing is ever worth keeping once nobody holds the lock. Before they get their
names, `intent` says which files may turn out dead; whichever the manifest does not need is taken away by the next writer.
"""

import json
from collections.abc import Callable, Iterable
from pathlib import Path

from luoshi.keeping import disk
from luoshi.words.chains import canonical


class Staging:
    """The writer's own corner of a lake; only who holds the lock may use it."""

    def __init__(self, folder: Path) -> None:
        """Of the lake in this folder."""
        self.folder = folder
        self.underway = folder / "underway"
        self.intent = folder / "intent"

    def intended(self) -> list[str]:
        """Files that may be dead, below the lake's folder. Half an intent is none: what it would have told had not begun."""
        try:
            told = json.loads(self.intent.read_bytes())
        except (FileNotFoundError, ValueError):
            return []
        return [str(path) for path in told] if isinstance(told, list) else []

    def leftovers(self, needed: Callable[[str], bool]) -> list[str]:
        """What a crash left: files being made, and named ones that no entry needs."""
        made = sorted(f"underway/{path.name}" for path in self.underway.iterdir()) if self.underway.is_dir() else []
        named = [path for path in self.intended() if not needed(path) and (self.folder / path).is_file()]
        return made + named

    def clear(self, needed: Callable[[str], bool]) -> list[str]:
        """Take the leftovers away; those that another program holds open stay, and are given back."""
        return [path for path in self.leftovers(needed) if not disk.remove(self.folder / path)]

    def intend(self, paths: Iterable[str]) -> None:
        """Say durably which files may turn out dead."""
        disk.write(self.intent, canonical(sorted(paths)))

    def write(self, name: str, content: bytes) -> Path:
        """Content under a temporary name."""
        disk.make_folder(self.underway)
        path = self.underway / name
        disk.write(path, content)
        return path
