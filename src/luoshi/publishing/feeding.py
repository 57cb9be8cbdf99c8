"""Atom (RFC 4287): what was published, corrected or withdrawn, the newest first, for whoever follows it with a reader."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from xml.sax.saxutils import escape, quoteattr


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing that happened."""

    id: str
    """A URI that never changes: tag:…"""
    title: str
    link: str
    """From the feed, or an address."""
    on: str
    """The day."""
    summary: str = ""


def atom(title: str, publisher: str, identity: str, entries: Iterable[Entry], here: str = "") -> bytes:
    """The feed.

    Args:
        title: its own.
        publisher: whose.
        identity: its URI.
        entries: the newest first.
        here: its own address, where there is one.
    """
    told = list(entries)
    updated = max((one.on for one in told), default="1970-01-01")
    lines = [
        '<?xml version="1.0" encoding="utf-8"?>',
        '<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="zh-CN">',
        f"<title>{escape(title)}</title>",
        f"<id>{escape(identity)}</id>",
        f"<updated>{_moment(updated)}</updated>",
        f"<author><name>{escape(publisher)}</name></author>",
        *([f'<link rel="self" href={quoteattr(here)}/>'] if here else []),
        *(line for one in told for line in _entry(one)),
        "</feed>",
    ]
    return ("\n".join(lines) + "\n").encode()


def _entry(one: Entry) -> Sequence[str]:
    return (
        "<entry>",
        f"<title>{escape(one.title)}</title>",
        f"<id>{escape(one.id)}</id>",
        f"<link href={quoteattr(one.link)}/>",
        f"<updated>{_moment(one.on)}</updated>",
        *([f"<summary>{escape(one.summary)}</summary>"] if one.summary else []),
        "</entry>",
    )


def _moment(day: str) -> str:
    return f"{day}T00:00:00+08:00"


def sitemap(addresses: Iterable[str]) -> bytes:
    """sitemap.xml of whole addresses (sitemaps.org, version 0.9), or of paths where the site has none of its own yet."""
    lines = [
        '<?xml version="1.0" encoding="utf-8"?>',
        '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">',
        *(f"<url><loc>{escape(one)}</loc></url>" for one in addresses),
        "</urlset>",
    ]
    return ("\n".join(lines) + "\n").encode()
