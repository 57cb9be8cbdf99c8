"""标志 of secrecy: such a file is neither read nor kept. 保守国家秘密法; 公文格式 GB/T 9704, 份号、密级和保密期限."""

import re

_HEAD, _LINE = 1500, 30
_STARRED = re.compile(r"(?:绝\s*密|机\s*密|秘\s*密)\s*[★☆*]\s*(?:\d{1,2}\s*(?:年|个月)|长期)?")
_ALONE = re.compile(
    r"^\s*[【\[(（]?\s*(绝\s*密|机\s*密|秘\s*密|内部资料|内部文件|内部材料|内部刊物)\s*(?:[,，、\s]*(?:注意保存|不得外传|严禁外传|请勿外传))?\s*[】\])）]?\s*$"
)
_OPENS = re.compile(r"^\s*(绝密|机密|秘密|内部资料|内部文件)(?=\s|[,，]?\s*(?:注意保存|不得外传|严禁外传))")


def marks(text: str) -> tuple[str, ...]:
    """The marks a text bears: a starred level anywhere, a level or 内部资料 alone on a line near its head.

    The mere words inside a sentence (保守国家秘密, 商业秘密) are no mark.
    """
    found = [re.sub(r"\s", "", mark[0]) for mark in _STARRED.finditer(text)]
    for line in text[:_HEAD].split("\n")[:_LINE]:
        alone = _ALONE.match(line) or _OPENS.match(line)
        if alone:
            found.append(re.sub(r"\s", "", alone[1]))
    return tuple(dict.fromkeys(found))
