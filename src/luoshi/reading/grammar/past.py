"""Words by which a clause tells of what was done, so that its numbers are results."""

import re

_DONE = "建成|完成|实现|达到|达|开工|投入|有|认定|发放|覆盖|培训|创建|建设|新建|改造|启动|落实|安排|下达|争取|引进|签约|入驻|形成|拥有|为|帮助|解决|办理|取得|累计"
_PAST = re.compile(
    rf"(?<!业)已(?:经)?(?:累计|先后|全部|基本)?(?:{_DONE})(?![^，,。；;]{{0,16}}的[^，,。；;\d]{{2}})|"
    rf"(?:先后|业已)(?:{_DONE})|"
    r"(?:完成|建成|实现|达到|新增|新建|改造|创建|投入|发放|获得|荣获|引进|培育|举办|增长|下降|提高|减少|解决|安排|开展|组织|取得|带动|超额|争取|增加)了(?!解)|"
    r"仅为|尚未|尚不|同比(?:增长|下降|提高|增加|减少)(?![\d.]+(?:%|个百分点)?(?:以[上内下]|左右))|成功(?:创建|举办|承办|获批|申报)|荣获|被授予|位居|位列|(?:一直|始终)(?:保持|稳定|居)"
)
_STILL_TO_COME = re.compile(r"力争|争取|确保|将|计划|要|目标|到(?:19|20)\d\d年|预期|预计|努力")


def is_past(clause: str) -> bool:
    """Whether a clause tells what was done."""
    return bool(_PAST.search(clause)) and not _STILL_TO_COME.search(clause)
