"""A search index that needs no server: words of two characters and where they stand, in small files a page loads one by one.

Chinese has no spaces, so a text is looked for by its pairs of neighbouring characters; a search of one character finds the pairs that
begin with it. A shard is a script that calls one function with its JSON: pages opened from a folder may load scripts, and nothing else.
"""

import json
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

_SHARDS = 64
_NAMED = 200
"""Pages a file of titles holds."""
CALL = "luoshiShard"
"""The function that shards call."""


@dataclass(frozen=True, slots=True)
class Page:
    """What is found."""

    path: str
    title: str
    kind: str
    """What sort of page, in a word."""
    words: str = ""
    """Searched besides the title."""


def plain(words: str) -> str:
    """As it is searched: half width, small letters, no spaces or marks."""
    told = unicodedata.normalize("NFKC", words).lower()
    return "".join(one for one in told if one.isalnum())


def pairs(words: str) -> list[str]:
    """Its pairs of neighbouring characters, each once; of one character that alone."""
    told = plain(words)
    return list(dict.fromkeys(told[at : at + 2] for at in range(max(len(told) - 1, min(len(told), 1)))))


def shard_of(pair: str) -> int:
    """In which shard a pair stands: by its first character, so that one character finds all that begin with it."""
    return ord(pair[0]) % _SHARDS


def index(pages: Sequence[Page]) -> dict[str, bytes]:
    """Files by name: shards of pairs, and titles of pages."""
    places = dict[str, list[int]]()
    for at, page in enumerate(pages):
        for pair in dict.fromkeys((*pairs(page.title), *pairs(page.words))):
            places.setdefault(pair, []).append(at)
    shards: list[dict[str, list[int]]] = [{} for _ in range(_SHARDS)]
    for pair in sorted(places):
        shards[shard_of(pair)][pair] = _steps(places[pair])
    told = {f"pairs-{at}.js": _script(f"pairs-{at}", one) for at, one in enumerate(shards)}
    for begin in range(0, len(pages), _NAMED):
        name = f"pages-{begin // _NAMED}"
        told[f"{name}.js"] = _script(name, [[one.path, one.title, one.kind] for one in pages[begin : begin + _NAMED]])
    return told | {"about.js": _script("about", {"pages": len(pages), "shards": _SHARDS, "named": _NAMED})}


def _steps(places: Sequence[int]) -> list[int]:
    """Each number by how much it is more than the one before: small numbers make small files."""
    return [places[0], *(one - other for one, other in zip(places[1:], places, strict=False))] if places else []


def _script(name: str, told: object) -> bytes:
    return f"{CALL}({json.dumps(name)},{json.dumps(told, ensure_ascii=False, separators=(',', ':'))})\n".encode()


def found(pages: Sequence[Page], words: str) -> list[Page]:
    """What the index finds, without it: pages whose title and words have every pair of what is asked. Slow and obvious."""
    wanted = pairs(words)
    return [
        one
        for one in pages
        if wanted
        and all(
            any(
                pair == each or (len(pair) == 1 and each.startswith(pair))
                for each in (*pairs(one.title), *pairs(one.words))
            )
            for pair in wanted
        )
    ]


def sums_of(digests: Mapping[str, str]) -> bytes:
    """SHA256SUMS of digests by name: a line a file, as `sha256sum -c` reads it."""
    return "".join(f"{digests[name]}  {name}\n" for name in sorted(digests)).encode()
