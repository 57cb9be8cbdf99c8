"""What an address asks of whoever comes."""

from collections.abc import Sequence
from dataclasses import dataclass

from luoshi.bureau.board.owners import Owner


@dataclass(frozen=True, slots=True)
class Door:
    """What one address asks of whoever comes."""

    needs: tuple[str, ...] = ()
    """Rights of which one is enough to come in; none for everybody who is signed in."""
    by: tuple[str, ...] = ()
    """Rights of which one is enough to send something; none where nothing is sent, or where everybody sends their own."""
    owner: Owner | None = None
    """Whose matter it is; another county's is closed to a county."""
    school: Owner | None = None
    """Which school's matter it is; None closes it to every school."""
    teacher: Owner | None = None
    """Which teacher's matter it is, by account; None closes it to every teacher."""
    anyone: bool = False
    """Open without signing in."""

    def wanted(self, *, sent: bool) -> tuple[str, ...]:
        """The rights of which one is needed to look, or to send."""
        return (self.by or self.needs) if sent else self.needs


def everybody() -> Door:
    """A door that is open without signing in."""
    return Door(anyone=True)


def signed(*, by: Sequence[str] = (), owner: Owner | None = None) -> Door:
    """A door for whoever is signed in."""
    return Door(by=tuple(by), owner=owner)


def needing(*needs: str, by: Sequence[str] = (), owner: Owner | None = None) -> Door:
    """A door for whoever has one of these rights."""
    return Door(needs=needs, by=tuple(by), owner=owner)
