"""In which post (任职) a person acts: the main one, or the one chosen in the page head."""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Hat:
    """One post as it is worn: own, or somebody else's that is stood in for (代)."""

    post: int
    """Number of the post."""
    role: str
    office: str
    division: str
    words: str
    """The post as people say it: 基础教育科 科室."""
    main: bool = False
    giver: str = ""
    """Name of whoever is stood in for; empty for one's own post."""
    giver_login: str = ""
    school: str = ""
    """Code of the school of a school's post."""
    acts: tuple[str, ...] = ()
    """Rights that were given; empty is all that may be given."""

    @property
    def said(self) -> str:
        """As the switch in the page head shows it."""
        return f"代{self.giver}（{self.words}）" if self.giver else self.words


def chosen(hats: Sequence[Hat], wanted: object = None) -> Hat | None:
    """The post acted in: the wanted one while it is held, else one's own main one; None without any of one's own.

    Nobody stands in for somebody by default: a stand-in's post must be chosen.
    """
    own = sorted((one for one in hats if not one.giver), key=lambda one: (not one.main, one.post))
    return next((one for one in hats if one.post == wanted), own[0] if own else None)
