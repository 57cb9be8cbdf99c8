"""What the things are called that acts are done to, and the words under which an act tells what it changed."""

from django.utils.translation import gettext, gettext_noop

KINDS = {
    "commitment": gettext_noop("督查事项"),
    "proposal": gettext_noop("读出的条目"),
    "plan": gettext_noop("工作要点"),
    "breakdown": gettext_noop("任务分解"),
    "handout": gettext_noop("外发表"),
    "handback": gettext_noop("返回表"),
    "notice": gettext_noop("公开稿"),
    "publication": gettext_noop("公布件"),
    "period": gettext_noop("进展反馈期次"),
    "reply": gettext_noop("来件"),
    "bulletin": gettext_noop("通报"),
    "paper": gettext_noop("督办单"),
    "rectification": gettext_noop("整改事项"),
    "case": gettext_noop("办件"),
    "matter": gettext_noop("查进度的办件"),
    "extract": gettext_noop("导出申请"),
    "procedure": gettext_noop("流程"),
    "rubric": gettext_noop("评价标准"),
    "panel": gettext_noop("评审批次"),
    "comparison": gettext_noop("名单比对"),
    "register": gettext_noop("名单"),
    "training": gettext_noop("培训"),
    "teacher": gettext_noop("教师培训记录"),
    "course": gettext_noop("课程"),
    "term": gettext_noop("选课期"),
    "certificate": gettext_noop("培训证书"),
    "evidence": gettext_noop("佐证材料"),
    "round": gettext_noop("对数"),
    "line": gettext_noop("对数的一项"),
    "return_window": gettext_noop("报表期次"),
    "return_unit": gettext_noop("填报单位"),
    "reopening": gettext_noop("重新打开报表的申请"),
    "institution": gettext_noop("教学点"),
    "form": gettext_noop("报表备案"),
    "form_sheet": gettext_noop("填报表"),
    "table": gettext_noop("套表"),
    "indicator": gettext_noop("指标"),
    "parameter": gettext_noop("参数"),
    "checklist": gettext_noop("评估清单"),
    "person": gettext_noop("人员"),
    "page": gettext_noop("页面"),
    "keys": gettext_noop("密钥"),
    "destroying": gettext_noop("销毁"),
    "office": gettext_noop("科室"),
    "county_office": gettext_noop("股室"),
    "delegation": gettext_noop("委托代办"),
    "intake": gettext_noop("账号表"),
    "units": gettext_noop("区划与学校"),
    "exchange": gettext_noop("县级交换包"),
    "backup": gettext_noop("备份"),
    "upgrade": gettext_noop("升级"),
    "session": gettext_noop("登录"),
    "key": gettext_noop("接口密钥"),
    "city": gettext_noop("本市"),
    "file": gettext_noop("文件"),
    "job": gettext_noop("后台任务"),
    "message": gettext_noop("通知"),
    "journal": gettext_noop("操作日志"),
}
"""By kind."""
PLAIN = {"kind": gettext_noop("种类"), "key": gettext_noop("编号"), "state": gettext_noop("状态")}
"""Words of details that were entered in code."""
TOLD = (
    gettext_noop("标题"),
    gettext_noop("主送"),
    gettext_noop("正文"),
    gettext_noop("答复工作日"),
    gettext_noop("工作日"),
    gettext_noop("视为无异议"),
    gettext_noop("核定数"),
    gettext_noop("发布数"),
    gettext_noop("协调事项"),
    gettext_noop("措施"),
    gettext_noop("佐证"),
    gettext_noop("完成"),
    gettext_noop("公开页"),
    gettext_noop("提醒规则"),
    gettext_noop("发布口径"),
    gettext_noop("自评状态"),
    gettext_noop("核定状态"),
    gettext_noop("学校截止"),
    gettext_noop("县级截止"),
    gettext_noop("市级截止"),
    gettext_noop("月报到齐日"),
    gettext_noop("规则"),
    gettext_noop("理由"),
    gettext_noop("截至"),
    gettext_noop("条数"),
    gettext_noop("文件"),
)
"""Fields under which acts tell what they changed; the columns of the ledger are named in the ledger."""
PUBLISHING = {
    "publications.draft": gettext_noop("拟公布件"),
    "publications.correct": gettext_noop("更正公布件"),
    "publications.approve": gettext_noop("审批公布件"),
    "publications.publish": gettext_noop("公布"),
    "publications.withdraw": gettext_noop("撤回公布件"),
    "publications.drop": gettext_noop("作废公布件草稿"),
    "publications.site": gettext_noop("导出公开网站"),
}
"""What is done to publications, by verb."""
VALUES = {
    "open": gettext_noop("待定"),
    "confirmed": gettext_noop("确认立项"),
    "dismissed": gettext_noop("不立项"),
    "split": gettext_noop("已拆分"),
}
"""Values that were entered in code."""


def kind_said(kind: str) -> str:
    """What a kind of thing is called, in the language of the page."""
    return gettext(KINDS[kind]) if kind in KINDS else kind


def value_said(value: str) -> str:
    """What a value that was entered in code is called; any other stands for itself."""
    return gettext(VALUES[value]) if value in VALUES else value


def field_said(name: str) -> str:
    """What a field of an act's detail is called, in the language of the page where it is known there."""
    return gettext(PLAIN.get(name, name)) if name else ""
