"""A sealed archive of evidence: files under their digest, a manifest, a listing to read, and the script that verifies them.

The same input gives the same bytes: names sorted, nothing compressed, no clock. A digest alone proves little: whoever can
rewrite everything can compute every digest anew. Only the seal (the digest of the manifest) that was printed or posted
elsewhere shows that; the script holds an archive against it.
"""

import json
import zipfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from html import escape
from importlib.resources import files
from typing import IO, Any

from luoshi.words.provenance import digest

FORMAT = "luoshi-evidence-1"
DOUBT = (
    "摘要只能说明包内各部分互相一致；能改写全部内容的人也能重算全部摘要，所以要与导出时印出、另行公布或存档的封签核对。"
)
"""What a digest alone does not prove."""
_STYLE = (
    "body{max-width:1100px;margin:24px auto;padding:0 16px;font:14px/1.6 'Noto Sans CJK SC','Microsoft YaHei',sans-serif}"
    "table{width:100%;border-collapse:collapse}th,td{padding:4px 8px;border:1px solid #999;text-align:left;"
    "vertical-align:top}.n{white-space:nowrap}code{word-break:break-all}h2{margin:28px 0 6px;font-size:16px}"
)
_HERE = timezone(timedelta(hours=8))
_ACTS = {"attach": "报送", "withdraw": "撤回", "judge": "核验"}
_OUTCOMES = {"accepted": "采信", "returned": "退回"}


@dataclass(frozen=True, slots=True)
class Item:
    """One item with its chain, as it goes into the manifest."""

    id: int
    number: str
    title: str
    plan: str
    kind: str
    audience: str
    """知悉范围, in words."""
    gap: Sequence[str]
    """What was lacking on the day of sealing."""
    chain: Sequence[Mapping[str, Any]]
    end: str
    """Digest of the last link, as the house keeps it apart."""


@dataclass(frozen=True, slots=True)
class Contents:
    """What is sealed."""

    title: str
    items: Sequence[Item]
    journal: str
    """Anchor of the operation journal, NUMBER:DIGEST; empty when there is none."""
    papers: Mapping[str, str]
    """Words for the kinds of paper, by key."""
    made_up: bool = False

    @property
    def digests(self) -> list[str]:
        """Digests of the files, each once."""
        return sorted({link["file"] for item in self.items for link in item.chain if link["act"] == "attach"})


def seal(contents: Contents, content: Callable[[str], bytes], out: IO[bytes]) -> str:
    """Write the archive; the seal, to be printed.

    Args:
        contents: what is sealed.
        content: the bytes of a file by its digest; asked for one after the other, so that no more than one is held.
        out: where the archive goes; it must be seekable.
    """
    script = files("luoshi.reporting").joinpath("verify.py").read_bytes()
    page = _page(contents).encode()
    listed = {f"files/{one}": one for one in contents.digests}
    manifest = _canonical(
        {
            "format": FORMAT,
            "title": contents.title,
            "made_up": contents.made_up,
            "journal": contents.journal,
            "files": {**listed, "index.html": digest(page), "verify.py": digest(script)},
            "items": [_plain(item) for item in contents.items],
        }
    )
    told = digest(manifest)
    written = {"SEAL": told.encode(), "index.html": page, "manifest.json": manifest, "verify.py": script}
    with zipfile.ZipFile(out, "w") as packed:
        for name in sorted([*listed, *written]):
            packed.writestr(_entry(name), written[name] if name in written else content(listed[name]))
    return told


def _entry(name: str) -> zipfile.ZipInfo:
    """A head that says nothing of when and where it was made."""
    made = zipfile.ZipInfo(name)
    made.create_system, made.external_attr = 3, 0o644 << 16
    return made


def _canonical(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def _plain(item: Item) -> dict[str, object]:
    return {
        "id": item.id,
        "number": item.number,
        "title": item.title,
        "plan": item.plan,
        "kind": item.kind,
        "audience": item.audience,
        "gap": list(item.gap),
        "chain": list(item.chain),
        "end": item.end,
    }


def _page(contents: Contents) -> str:
    """The listing, readable without anything else."""
    made_up = "<p><strong>演示数据（虚构）</strong></p>" if contents.made_up else ""
    parts = [
        "<!doctype html><html lang=zh-CN><head><meta charset=utf-8>",
        f"<title>{escape(contents.title)}</title><style>{_STYLE}</style></head><body>",
        f"<h1>{escape(contents.title)}</h1>{made_up}",
        f"<p>事项 {len(contents.items)} 项，文件 {len(contents.digests)} 份（同一内容只存一份）。",
        f"操作日志链尾 <code>{escape(contents.journal or '——')}</code>。</p>",
        f"<p>核验：<code>python3 verify.py 封存包.zip 印出的封签</code>。{DOUBT}</p>",
        "<p>非涉密。按各项的知悉范围保管，不得扩大。</p>",
        *(_section(item, contents.papers) for item in contents.items),
        "</body></html>\n",
    ]
    return "\n".join(parts)


def _section(item: Item, papers: Mapping[str, str]) -> str:
    lacking = "；".join(item.gap) or "齐全"
    rows = "".join(_row(link, papers) for link in item.chain)
    return (
        f"<h2>{escape(item.number)}　{escape(item.title)}</h2>"
        f"<p>{escape(item.plan)}　类型：{escape(item.kind)}　知悉范围：{escape(item.audience)}　佐证缺口：{escape(lacking)}</p>"
        "<table><thead><tr><th>序</th><th>办理</th><th>材料</th><th>内容</th><th>经手</th><th>校验码</th></tr></thead>"
        f"<tbody>{rows}</tbody></table>"
    )


def _row(link: Mapping[str, Any], papers: Mapping[str, str]) -> str:
    if link["act"] == "attach":
        what = f'<a href="files/{link["file"]}" download="{escape(link["name"])}">{escape(link["name"])}</a>'
        named = "，".join(filter(None, [papers.get(link["kind"], link["kind"]), link["document_number"], link["page"]]))
        said = f"{escape(link['shows'])}（{escape(named)}）"
    else:
        what = f"第 {link['piece']} 条"
        said = escape("：".join(filter(None, [_OUTCOMES.get(link.get("outcome", ""), ""), link["reason"]])))
    by = f"{escape(link['by'])}<br>{datetime.fromisoformat(link['at']).astimezone(_HERE):%Y-%m-%d %H:%M}"
    code = link["file"][:12] if link["act"] == "attach" else ""
    cells = ((str(link["number"]), "n"), (_ACTS[link["act"]], "n"), (what, ""), (said, ""), (by, "n"), (code, "n"))
    return "<tr>" + "".join(f'<td class="{kind}">{cell}</td>' for cell, kind in cells) + "</tr>"
