"""What is kept about persons, and for how long. A page, the documentation and a test are made from it."""

from collections.abc import Mapping

from luoshi.declared.returns import Pupils, Staff, Vision
from luoshi.words.private import Class, Kept, PersonalField, Retention

_DUTY = "个人信息保护法第13条第3项（履行法定职责）"
_CHILD = "个人信息保护法第28、31条；儿童个人信息网络保护规定第13、15条"
_LOG = "网络安全法第21条"
_WHILE = "随台账或报表保存"
_UNMASK = "默认脱敏；督查室、科室、分管局领导写明用途后逐条查看"

PERSONAL: tuple[PersonalField, ...] = (
    PersonalField("people.Person", ("username", "name"), "登录名、姓名", Class.NAME, "登录；办理人署名", _DUTY, "账号存续期，署名随记录", Kept.PLAIN, "系统内"),
    PersonalField("people.Person", ("email", "first_name", "last_name"), "账号邮箱、英文名", Class.CONTACT, "不使用，保持空白", "最小必要", "不保存", Kept.NOT, "不显示"),
    PersonalField("reminders.Preference", ("email",), "提醒邮箱", Class.CONTACT, "给本人发提醒", "本人自愿填写，可随时清空", "本人清空为止", Kept.COLUMN, "只有本人；待发通知中脱敏"),
    PersonalField("ledger.Commitment", ("contact", "person"), "联络员、责任人姓名", Class.NAME, "督办联络", _DUTY, _WHILE, Kept.PLAIN, "按知悉范围"),
    PersonalField("ledger.Commitment", ("phone",), "联络员电话", Class.CONTACT, "督办联络", _DUTY, _WHILE, Kept.COLUMN, _UNMASK + "；随台账外发也脱敏，写明用途的完整发给承办单位"),
    PersonalField("reports.Report", ("contact",), "填报人姓名", Class.NAME, "核对进展", _DUTY, _WHILE, Kept.PLAIN, "按知悉范围"),
    PersonalField("reports.Report", ("phone",), "填报人电话", Class.CONTACT, "核对进展", _DUTY, _WHILE, Kept.COLUMN, _UNMASK),
    PersonalField("rubrics.Judge", ("login", "name"), "评委登录名、姓名", Class.NAME, "聘请评委", _DUTY, "随评审批次保存", Kept.PLAIN, "主办科室、督查室、分管领导；被评单位不看姓名"),
    PersonalField("cases.Happening", ("login", "name"), "办理人登录名、姓名", Class.NAME, "办理人署名", _DUTY, "随办件保存", Kept.PLAIN, "办理这一件的人"),
    PersonalField("cases.Unsent", ("login",), "提交人登录名", Class.NAME, "留存被退回表单的材料", _DUTY, "重新提交即删除，最长七天", Kept.PLAIN, "只有本人"),
    PersonalField("cases.Happening", ("private",), "办件中标为个人信息的各项：来信来访人、学生、教师等", Class.MINOR, "依法办理这一件", _DUTY + "；" + _CHILD, "随办件保存", Kept.COLUMN, "办理这一件的人；涉及学生的只在本县(市、区)，" + _UNMASK),
    PersonalField("cases.Listing", ("private",), "名单中标为个人信息的各项", Class.MINOR, "依法登记", _DUTY + "；" + _CHILD, "随名单保存", Kept.COLUMN, "管理名单的人；涉及学生的只在本县(市、区)，" + _UNMASK),
    PersonalField("comparisons.RunFile", ("file",), "交来比对的名单：姓名、身份证件号、出生日期、监护人", Class.IDENTITY, "控辍保学、残疾儿童入学的名单比对", _DUTY + "；" + _CHILD, "比对结束即销毁，至迟按参数的天数", Kept.FILE, "不显示；立案时按行取用"),
    PersonalField("comparisons.Finding", ("who",), "查出的人：脱敏的姓名、身份证件号", Class.MINOR, "逐人核实", _DUTY + "；" + _CHILD, "比对结束即清空", Kept.COLUMN, "只在本县(市、区)"),
    PersonalField("comparisons.Finding", ("code",), "查出的人的代号", Class.CODE, "一人一学年立案一次", _CHILD, "随比对保存", Kept.PLAIN, "只在本县(市、区)"),
    PersonalField("comparisons.Doubt", ("who",), "待认定的人：脱敏的姓名、身份证件号", Class.MINOR, "逐对认定", _DUTY + "；" + _CHILD, "比对结束即删除", Kept.COLUMN, "只在本县(市、区)"),
    PersonalField("comparisons.Decision", ("reason",), "认定的理由", Class.MINOR, "说明认定的依据", _DUTY + "；" + _CHILD, "随认定保存", Kept.COLUMN, "只在本县(市、区)"),
    PersonalField("comparisons.Run", ("by", "by_login"), "交名单的人", Class.NAME, "办理人署名", _DUTY, "随比对保存", Kept.PLAIN, "系统内"),
    PersonalField("comparisons.Decision", ("by", "by_login"), "认定人", Class.NAME, "办理人署名", _DUTY, "随认定保存", Kept.PLAIN, "只在本县(市、区)"),
    PersonalField("training.Teacher", ("who",), "教师姓名", Class.NAME, "教师培训管理", _DUTY, "随培训记录保存", Kept.COLUMN, "本人、本校；其他人看脱敏的"),
    PersonalField("training.Teacher", ("code", "login"), "教师代号、账号", Class.CODE, "各期对照同一人", _DUTY, "随培训记录保存", Kept.PLAIN, "本人、本校、本县(市、区)、局内"),
    PersonalField("training.Teacher", ("school", "county", "subject", "stage", "rural", "trade", "began", "left_on"), "任教学校、学科、学段、专业、从教日期", Class.NAME, "计算应完成的学时", _DUTY, "随培训记录保存", Kept.PLAIN, "本人、本校、本县(市、区)、局内"),
    PersonalField("training.Seat", ("opinion",), "对课程的评价", Class.NAME, "改进课程", _DUTY, "随班次保存", Kept.COLUMN, "不显示姓名"),
    PersonalField("training.Correction", ("reason",), "更正的理由", Class.NAME, "核对培训记录", _DUTY, "随培训记录保存", Kept.COLUMN, "本人、本校、审核的人"),
    PersonalField("training.Trainee", ("who",), "培训班学员：脱敏的姓名", Class.NAME, "核对人次", _DUTY, "随名册保存", Kept.COLUMN, "报名册的单位、局内"),
    PersonalField("training.Trainee", ("code", "group", "poor", "passed"), "学员代号、对象、是否贫困劳动力、是否合格", Class.POVERTY, "查重、计人次", _DUTY, "随名册保存", Kept.PLAIN, "只出合计"),
    PersonalField("training.Correction", ("asked_by", "asked_login", "decided_by", "decided_login"), "申请人、审核人", Class.NAME, "办理人署名", _DUTY, "随培训记录保存", Kept.PLAIN, "系统内"),
    PersonalField("training.Course", ("by", "by_login"), "送审人", Class.NAME, "办理人署名", _DUTY, "随课程保存", Kept.PLAIN, "系统内"),
    PersonalField("training.Review", ("by", "by_login"), "评审人", Class.NAME, "办理人署名", _DUTY, "随课程保存", Kept.PLAIN, "系统内"),
    PersonalField("returns.Filing", ("filler", "statistician", "head"), "填表人、统计负责人、单位负责人", Class.NAME, "报表签章", "统计法第25条；教育部令第44号", _WHILE, Kept.PLAIN, "本单位、上级审核人"),
    PersonalField("returns.Filing", ("phone",), "填表联系电话", Class.CONTACT, "报表核对", "统计法第25条；教育部令第44号", _WHILE, Kept.COLUMN, _UNMASK),
    PersonalField("returns.Destroying", ("person",), "申请删除的个人代号", Class.CODE, "办理删除", "个人信息保护法第47条", "办完即清空", Kept.COLUMN, "不显示"),
    PersonalField("handouts.Handout", ("rows",), "外发表存档中的联系电话", Class.CONTACT, "收回时逐格比对", _DUTY, _WHILE, Kept.PLAIN, "收发台账的人；脱敏，写明用途外发的除外"),
    PersonalField("jobs.Message", ("to",), "通知的收件人", Class.CONTACT, "发送通知", _DUTY, "随通知保存", Kept.PLAIN, "登录名；是邮箱的脱敏"),
    PersonalField("journal.Entry", ("actor", "actor_name", "address"), "操作人、来源地址", Class.TRACE, "安全审计", _LOG, "不少于六个月，只增不改", Kept.PLAIN, "操作日志"),
    PersonalField("files.File", ("digest",), "上传的文件、扫描件、佐证材料、报表原件及其缩略图", Class.PAPERS, "存档备查", _DUTY, "随所附的事项保存", Kept.FILE, "按所附事项的权限"),
    PersonalField("lake.pupils", ("roll_number", "name", "identity"), "学籍号、姓名、身份证件号", Class.IDENTITY, "只用来生成代号", _CHILD, "不保存", Kept.NOT, "不显示"),
    PersonalField("lake.pupils", ("pupil",), "学生代号", Class.CODE, "各期对照同一学生", _CHILD, "见保存期限", Kept.PARTITION, "不显示，只出合计"),
    PersonalField("lake.pupils", ("sex", "born", "household", "status", "entered", "boarding", "migrant", "left_behind", "class_id", "grade", "stage", "school", "county"), "学籍各项", Class.MINOR, "计算班额、入学、巩固等指标", _CHILD, "见保存期限", Kept.PARTITION, "不显示，只出合计；公开的合计小于5人不公布"),
    PersonalField("lake.pupils", ("disability", "placement"), "残疾类型、安置方式", Class.DISABILITY, "计算三残儿童入学", "残疾人教育条例第20条；" + _CHILD, "见保存期限", Kept.PARTITION, "不显示，只出合计；公开的合计小于5人不公布"),
    PersonalField("lake.pupils", ("poor", "aided"), "是否建档立卡、是否受资助", Class.POVERTY, "计算资助覆盖", _CHILD, "见保存期限", Kept.PARTITION, "不显示，只出合计；公开的合计小于5人不公布"),
    PersonalField("lake.vision", ("pupil",), "学生代号", Class.CODE, "各期对照同一学生", _CHILD, "见保存期限", Kept.PARTITION, "不显示，只出合计"),
    PersonalField("lake.vision", ("school", "county", "stage", "grade", "screened", "right_sight", "left_sight", "right_sphere", "left_sphere", "right_cylinder", "left_cylinder", "right_equivalent", "left_equivalent", "glasses", "cycloplegia", "myopic", "referred"), "视力筛查各项", Class.HEALTH, "计算近视率", _CHILD, "见保存期限", Kept.PARTITION, "不显示，只出合计；公开的合计小于5人不公布"),
    PersonalField("lake.staff", ("name", "identity"), "姓名、证件号", Class.IDENTITY, "只用来生成代号", _DUTY, "不保存", Kept.NOT, "不显示"),
    PersonalField("lake.staff", ("person",), "教职工代号", Class.CODE, "各期对照同一人", _DUTY, "见保存期限", Kept.PARTITION, "不显示，只出合计"),
    PersonalField("lake.staff", ("school", "county", "sex", "born", "age", "post", "stage", "subject", "degree", "title", "established", "special_post", "backbone", "qualified", "dual", "began", "joined", "registered", "hours", "enterprise_days", "exchanged", "months"), "教职工各项", Class.NAME, "计算师资指标", _DUTY, "见保存期限", Kept.PARTITION, "不显示，只出合计；公开的合计小于5人不公布"),
)  # fmt: skip
"""Every field, as it lies today; a field that is added without a line here fails a test."""

_OWN_RULE = "没有见到全国统一的年限，由本局在定级备案和个人信息影响评估时确定"
RETENTIONS: Mapping[str, Retention] = {
    Pupils.key: Retention(Pupils.key, 6, "各学段连续比较所需，最长一段为小学六年", _OWN_RULE),
    Vision.key: Retention(Vision.key, 3, "近视率逐年比较所需；影响评估报告保存三年（个人信息保护法第56条）", _OWN_RULE),
    Staff.key: Retention(Staff.key, 5, "五年一周期的培训学时和定期注册", _OWN_RULE),
}
"""保存期限 by the key of the return. Returns that are not named hold no row of a person and are kept for ever."""
