"""What a Chinese search looks in: single characters and neighbouring pairs. A search for 信访 asks for the pair 信访."""

import re

_RUN = re.compile(r"[0-9a-z]+|[\u3400-\u9fff]+")


def indexed(text: str) -> str:
    """Every pair and every word of the text once, between spaces."""
    found: dict[str, None] = {}
    for run in _RUN.findall(text.lower()):
        if run[0] > "\u3000":
            found.update(dict.fromkeys(run))
            found.update(dict.fromkeys(run[at : at + 2] for at in range(len(run) - 1)))
        else:
            found[run] = None
    return " " + " ".join(found) + " "


def asked(words: str) -> list[str]:
    """What must all be in the index for a search to find a row."""
    wanted: list[str] = []
    for run in _RUN.findall(words.lower()):
        if run[0] > "\u3000" and len(run) > 1:
            wanted += [run[at : at + 2] for at in range(len(run) - 1)]
        else:
            wanted.append(run)
    return wanted
