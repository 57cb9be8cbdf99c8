"""Columns of the lists that trainings are read from: the teacher system's exports, rosters of attendance, rolls of classes."""

from luoshi.words.lists import ListColumn

NUMBER = ListColumn("number", "身份证件号", ("证件号", "身份证号", "身份证号码", "证件号码"), needed=True)
NAME = ListColumn("name", "姓名", ("教师姓名", "教职工姓名", "学员姓名"), needed=True)
_NAME = ListColumn("name", "姓名", ("教师姓名", "教职工姓名", "学员姓名"))

PEOPLE = (
    NUMBER,
    NAME,
    ListColumn("school", "学校标识码", ("机构编码", "学校代码", "学校（机构）标识码"), needed=True),
    ListColumn("subject", "任教学科", ("学科", "任教课程")),
    ListColumn("stage", "任教学段", ("学段",)),
    ListColumn("trade", "专业", ("任教专业", "专业课")),
    ListColumn("began", "参加工作日期", ("参加工作年月", "从教日期")),
    ListColumn("rural", "是否乡村教师", ("乡村教师",)),
    ListColumn("login", "账号", ("登录名",)),
)
RECORDS = (
    NUMBER,
    _NAME,
    ListColumn("year", "培训年度", ("年度",), needed=True),
    ListColumn("title", "培训项目名称", ("培训项目", "项目名称"), needed=True),
    ListColumn("kind", "培训类别", ("类别",)),
    ListColumn("hours", "培训学时", ("学时", "获得学时"), needed=True),
    ListColumn("practice", "实践学时", ("其中实践学时",)),
)
ROSTER = (NUMBER, _NAME, ListColumn("on", "日期", ("签到日期", "上课日期"), needed=True))
ROLL = (
    NUMBER,
    NAME,
    ListColumn("group", "对象", ("人员类别", "群体")),
    ListColumn("poor", "是否贫困劳动力", ("贫困劳动力", "是否建档立卡")),
    ListColumn("passed", "是否合格", ("考核结果", "是否取得证书")),
)
