"""佐证材料: what a paper is called, and what has to be there before an item may be closed."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Paper:
    """One kind of evidence a person may choose when he brings a file."""

    key: str
    """Its name in code and files."""
    label: str
    """Its name on screen."""
    numbered: bool = False
    """It counts only with its 文号."""
    counts: bool = True
    """Whether it can show that something was done. A photograph cannot, nor can what nobody has named."""
    label_en: str = ""


@dataclass(frozen=True, slots=True)
class Need:
    """One thing that has to be shown; every need asks for a piece of its own."""

    label: str
    """What is asked for, in words: 缺 is put before it."""
    papers: tuple[str, ...]
    """Keys of the papers that meet it, any of them."""
    figure: bool = False
    """A figure that was verified (核定数) or published (发布数) meets it too."""
    months: int = 0
    """It has to have been brought within so many months; 0 is at any time."""
    label_en: str = ""


@dataclass(frozen=True, slots=True)
class Form:
    """One form of file that is kept."""

    key: str
    """Its name in code: pdf, png, docx."""
    label: str
    """Its name in a sentence."""
    media: str
    """What it is served as."""
    largest: int
    """Bytes it may have."""
    shown: bool = False
    """Whether a browser may show it; everything else is only ever downloaded."""
