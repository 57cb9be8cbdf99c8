"""学校名录: which institutions there are, of which kind, run by whom, where; nothing of what they filed (教育部令第44号 art. 31)."""

from luoshi.publishing.declaring import Every, Kind, OfRoster

SCHOOL_ROSTER = Kind(
    "school_roster",
    "学校（机构）名录",
    Every.DAY,
    "{city}学校（机构）名录（{period}）",
    tables=(OfRoster("schools", "学校（机构）名录", note="学校的年报数据不在此列"),),
    text=("{period}，全市共有学校（机构）{rows}所。",),
    basis="政府信息公开条例：公共服务机构基本信息",
    duties=("统计", "规划"),
)
