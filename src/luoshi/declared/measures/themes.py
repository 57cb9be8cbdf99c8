"""Themes the indicators are listed under: by the mechanism of the plan that each answers."""

from luoshi.words.measures import Theme

THEMES: tuple[Theme, ...] = (
    Theme("class_sizes", "班额", "Class sizes", ("M16.3", "M17.2")),
    Theme("preschool", "学前教育", "Preschool", ("M15.",)),
    Theme("balance", "义务教育均衡", "Balance of schools", ("M16.", "M13.")),
    Theme("enrolment", "入学、巩固和升学", "Enrolment", ("M21.", "M17.", "M11.")),
    Theme("special", "特殊教育", "Special education", ("M22.",)),
    Theme("vocational", "职业和社区教育", "Vocational and community", ("M9.", "M18.", "M19.", "M20.")),
    Theme("teachers", "教师队伍", "Teachers", ("M12.", "M24.", "M25.", "M26.")),
    Theme("money", "经费和待遇", "Funds and pay", ("M27.", "M29.")),
    Theme("health", "德育、体育和健康", "Growth and health", ("M4.", "M5.", "M6.", "M7.")),
    Theme("service", "课程、服务和数字化", "Lessons, care and systems", ("M8.", "M23.", "M28.")),
    Theme("safety", "安全和治理", "Safety and governance", ("M30.", "M31.", "M32.")),
    Theme("size", "事业规模和其他", "Size, and others"),
)
"""In the order of the page; what answers no mechanism stands in the last."""
