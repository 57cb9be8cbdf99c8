"""Who may do what. A refusal is the sentence that the disabled button shows."""

from collections.abc import Iterable, Sequence

from luoshi.bureau.journal.actions import Actor
from luoshi.words.errors import RefusedError
from luoshi.words.findings import Finding

_MAY = {
    "read": ("读入工作要点", ("supervisor", "admin")),
    "decide": ("确认立项、不立项和更正", ("supervisor", "admin")),
    "report": ("填报进展", ("contact", "section", "county", "supervisor")),
    "review": ("审核进展", ("section",)),
    "period": ("开期次、收数和结束期次", ("supervisor", "admin")),
    "bulletin": ("拟官文、改官文", ("supervisor", "admin")),
    "settle_bulletin": ("定稿", ("supervisor",)),
    "gather": ("收进来件", ("supervisor",)),
    "self": ("自评", ("section", "supervisor")),
    "leader": ("审签", ("leader",)),
    "office": ("核定", ("supervisor",)),
    "correct": ("退回更正已核定的反馈", ("supervisor",)),
    "back": ("退回修改", ("leader", "supervisor")),
    "milestone": ("设节点和报节点完成", ("section", "supervisor")),
    "figures": ("登记指标值", ("supervisor", "admin")),
    "breakdown": ("征求意见、退回草拟和印发", ("supervisor", "admin")),
    "approve": ("审定", ("leader", "supervisor")),
    "ask_change": ("申请变更", ("section", "supervisor")),
    "decide_change": ("批准变更", ("leader",)),
    "handout": ("导出外发表", ("supervisor", "section", "admin")),
    "handback": ("收回外发表", ("supervisor", "section", "admin")),
    "answer": ("答复意见", ("supervisor", "admin")),
    "import": ("导入旧台账", ("supervisor", "admin")),
    "carry": ("结转", ("supervisor", "admin")),
    "notice": ("拟公开稿、发布和撤下", ("supervisor", "admin")),
    "approve_notice": ("审批公开稿", ("leader", "supervisor")),
    "public": ("开关公开页", ("admin", "supervisor")),
    "share": ("分解到县区", ("section", "supervisor")),
    "pause_ask": ("申请暂缓", ("section", "supervisor")),
    "pause_decide": ("批准暂缓", ("leader", "supervisor")),
    "resume": ("恢复暂缓的事项", ("section", "leader", "supervisor")),
    "coordinate": ("定为协调事项", ("supervisor",)),
    "owe": ("写配合任务", ("section", "supervisor")),
    "decisions": ("写回会议议定事项", ("supervisor",)),
    "people": ("增加人员和解锁", ("admin",)),
    "city": ("建立本市", ("admin",)),
    "agree_see": ("查看对数", ("supervisor", "section", "contact", "leader", "admin")),
    "agree": ("发起对数、发出和收回核对表", ("supervisor", "section")),
    "agree_answer": ("反馈对数", ("county", "supervisor", "section")),
    "agree_verify": ("核定对数", ("supervisor", "section")),
    "agree_publish": ("登记发布", ("supervisor",)),
    "jobs": ("停止和继续别人交办的任务", ("supervisor", "admin")),
    "outbox": ("查看和重发通知", ("supervisor", "admin")),
    "verify": ("核验操作日志", ("supervisor", "admin")),
    "attach": ("报送和撤回佐证材料", ("contact", "section", "county", "supervisor")),
    "verify_evidence": ("核验佐证材料", ("supervisor",)),
    "export_evidence": ("导出佐证材料", ("supervisor", "admin")),
    "escalate": ("拟制督办单", ("supervisor", "admin")),
    "send_paper": ("发出、修改和撤回督办单", ("supervisor",)),
    "sign_paper": ("签发督办单", ("leader",)),
    "answer_paper": ("答复督办单", ("section", "county", "supervisor")),
    "escalation_rules": ("修改督办规则", ("supervisor", "admin")),
    "switch_marks": ("开启或关闭黄红牌、计分和排名", ("leader", "supervisor")),
    "rectify": ("填报整改", ("section", "supervisor")),
    "add_rectification": ("登记整改问题", ("supervisor",)),
    "look_back": ("登记回头看", ("supervisor",)),
    "close_section": ("申请销号", ("section",)),
    "close_leader": ("审签销号", ("leader", "supervisor")),
    "close_office": ("销号", ("supervisor",)),
    "close_back": ("退回销号申请", ("leader", "supervisor")),
    "reopen_closed": ("重新打开已销号的事项", ("supervisor", "admin")),
    "remind": ("发出当天提醒", ("supervisor", "admin")),
    "marks_see": ("查看计分和排名", ("supervisor", "leader", "admin")),
    "establish": ("登记和撤销认定", ("leader", "supervisor")),
    "ask_form": ("申报、撤销报表", ("section", "supervisor")),
    "approve_form": ("审批报表", ("leader", "supervisor")),
    "send_form": ("生成填报表", ("section", "supervisor")),
    "gather_form": ("下载和收回填报表", ("section", "supervisor", "county")),
    "form_baseline": ("定报表基数", ("supervisor", "admin")),
    "fill_tables": ("套表取数", ("supervisor", "section", "admin")),
    "habits": ("改提醒规则", ("supervisor", "admin")),
    "return_window": ("开期次、延期、截止和锁定", ("section", "supervisor", "admin")),
    "return_bring": ("导入报表", ("county", "contact", "section", "supervisor")),
    "return_explain": ("写填写说明", ("county", "contact", "section", "supervisor")),
    "return_hand": ("报出报表", ("county", "contact", "section", "supervisor")),
    "return_county": ("县级审核", ("county", "section", "supervisor")),
    "return_accept": ("市级核定和入库", ("section", "supervisor")),
    "return_back": ("退回报表", ("county", "section", "supervisor")),
    "return_ask": ("申请重新打开", ("county", "section", "supervisor")),
    "return_reopen": ("批准重新打开", ("leader", "section", "supervisor")),
    "return_merge": ("归并教学点", ("county", "section", "supervisor")),
    "measure": ("计算各项指标", ("supervisor", "section", "admin")),
    "overview": ("查看县区概览", ("supervisor", "section", "contact", "leader", "county", "admin")),
    "bind": ("绑定指标", ("supervisor", "admin")),
    "school_rows": ("查看学校的年报数", ("section", "county")),
    "leader_sheet": ("查看领导参阅", ("leader", "supervisor", "admin")),
    "api_key": ("生成接口密钥", ("supervisor", "section", "leader", "county", "admin")),
    "choose_definition": ("选定发布口径", ("supervisor", "leader")),
    "doubts": ("查看数据存疑", ("supervisor", "section", "contact", "leader", "admin")),
    "export_figures": ("导出指标数据", ("supervisor", "section", "admin")),
    "parameter": ("设定本局的参数值、核实存疑", ("supervisor", "admin")),
    "keys": ("轮换密钥", ("admin",)),
    "unmask": ("查看完整的个人信息", ("supervisor", "section", "leader")),
    "destroy_propose": ("提出销毁到期数据、删除个人信息", ("supervisor", "admin")),
    "destroy": ("批准销毁", ("leader", "supervisor", "admin")),
    "judge_checklist": ("核定清单条目", ("supervisor", "section")),
}
_WHO = {
    "supervisor": "督查室",
    "admin": "系统管理员",
    "section": "牵头科室",
    "contact": "联络员",
    "leader": "分管局领导",
    "county": "县(市、区)",
    "viewer": "查阅人员",
}


def refused(actor: Actor, act: str, *, lead: str = "") -> Finding | None:
    """Why this person may not do it; None when they may.

    Args:
        actor: the person.
        act: a key of the table above.
        lead: code of the lead office where the act belongs to one; a section speaks only for itself.
    """
    said, roles = _MAY[act]
    return why_not(actor, roles, said, lead=lead)


def foreign(actor: Actor, code: str) -> bool:
    """Whether a unit is another county's to somebody of a county; to everybody else none is."""
    return actor.role == "county" and actor.division not in {"", code}


def own_units(actor: Actor, codes: Iterable[str]) -> list[str]:
    """Of these units those whose own page somebody may open."""
    return [code for code in codes if not foreign(actor, code)]


def why_not(actor: Actor, roles: Sequence[str], said: str, *, lead: str = "") -> Finding | None:
    """Why this person may not do what these roles may; None when they may.

    Args:
        actor: the person.
        roles: who may.
        said: what is to be done, in words.
        lead: code of the lead office where it belongs to one; a section speaks only for itself.
    """
    if actor.role not in roles:
        who = "、".join(_WHO[role] for role in roles)
        return Finding(
            said, f"{actor.name or '未登录'}没有这项权限", f"由{who}办理", f"请交{who}办理，或请系统管理员调整角色"
        )
    if actor.role in {"section", "contact"} and lead and actor.office != lead:
        return Finding(said, f"{actor.name}不是这一项的牵头科室", "科室只办理本科室牵头的事项", "请转牵头科室办理")
    return None


_SEES = {
    "supervisor": ("public", "system", "bureau", "leaders"),
    "admin": ("public", "system", "bureau", "leaders"),
    "leader": ("public", "system", "bureau", "leaders"),
    "section": ("public", "system", "bureau"),
    "contact": ("public", "system", "bureau"),
    "county": ("public", "system"),
    "viewer": ("public", "system"),
}


def sees(actor: Actor) -> tuple[str, ...]:
    """Which audiences (知悉范围) this person belongs to; whoever is not signed in sees what is public."""
    return _SEES.get(actor.role, ("public",))


def require(actor: Actor, act: str, *, lead: str = "") -> None:
    """Refuse unless the person may do it."""
    finding = refused(actor, act, lead=lead)
    if finding:
        raise RefusedError(finding)
