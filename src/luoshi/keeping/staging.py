"""What a writer is about to do, written down before it does it, so that the next one can clear up behind a crash.

Files are made below `underway/`, where nothing is ever worth keeping once nobody holds the lock. Before they get their
names, `intent` says which files may turn out dead; whichever the manifest does not need is taken away by the next writer.
"""

import json
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

from luoshi.keeping import disk
from luoshi.words.chains import canonical


class Staging:
    """The writer's own corner of a lake; only who holds the lock may use it."""

    def __init__(self, folder: Path, manifest: Path) -> None:
        """Of the lake in this folder with this manifest."""
        self.folder, self.manifest = folder, manifest
        self.underway = folder / "underway"
        self.intent = folder / "intent"
        self._safe = disk.Safe()

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
        """Take the leftovers away, durably; those that another program holds open stay, and are given back."""
        left = self.leftovers(needed)
        if left:
            self.confirm()  # the entry that makes them dead must outlive them
        kept = [path for path in left if not disk.remove(self.folder / path)]
        for folder in {(self.folder / path).parent for path in left}:
            disk.sync_folder(folder)
        return kept

    def begin(self) -> None:
        """Make the lake's folder and the corner where files are made."""
        self._safe.folder(self.underway, self.folder)

    def intend(self, paths: Iterable[str]) -> None:
        """Say durably which files may turn out dead."""
        disk.write(self.intent, canonical(sorted(paths)))
        self._safe.name(self.intent)

    def write(self, files: Mapping[str, bytes]) -> dict[Path, str]:
        """Contents under temporary names, forced together; where each of them is to go.

        Args:
            files: content by path below the lake's folder.
        """
        made = {self.underway / f"{place}-{Path(path).name}": path for place, path in enumerate(files)}
        disk.write_all({temporary: files[path] for temporary, path in made.items()})
        return made

    def settle(self, made: Mapping[Path, str]) -> None:
        """Give files their names, paths below the lake's folder."""
        for folder in dict.fromkeys((self.folder / path).parent for path in made.values()):
            self._safe.folder(folder, self.folder)
        disk.rename_all({temporary: self.folder / path for temporary, path in made.items()})

    def append(self, content: bytes, after: int) -> None:
        """Add an entry to the manifest behind so many bytes."""
        disk.append(self.manifest, content, after)
        self._safe.name(self.manifest)

    def confirm(self) -> None:
        """Force to the disk what stands in the manifest already: who wrote it may have died before doing so."""
        if self.manifest.exists():
            disk.sync(self.manifest)
            self._safe.name(self.manifest)
