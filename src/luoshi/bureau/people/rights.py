"""Who may do what. A refusal is the sentence that the disabled button shows."""

from collections.abc import Iterable, Sequence

from luoshi.bureau.journal.actions import Actor
from luoshi.bureau.people.units.queries import answered, schools_of
from luoshi.words.errors import RefusedError
from luoshi.words.findings import Finding

HOUSE = "system"
"""The role of the house itself, installing or working through the night: no account has it, nothing is refused to it."""

MAY = {
    "read": ("读入工作要点", ("supervisor",)),
    "decide": ("确认立项、不立项和更正", ("supervisor",)),
    "report": ("填报进展", ("contact", "section", "county", "supervisor")),
    "review": ("审核进展", ("section",)),
    "period": ("开期次、收数和结束期次", ("supervisor",)),
    "bulletin": ("拟官文、改官文", ("supervisor",)),
    "settle_bulletin": ("定稿", ("supervisor",)),
    "gather": ("收进来件", ("supervisor",)),
    "self": ("自评", ("section", "supervisor")),
    "leader": ("审签", ("leader",)),
    "office": ("核定", ("supervisor",)),
    "correct": ("退回更正已核定的反馈", ("supervisor",)),
    "back": ("退回修改", ("leader", "supervisor")),
    "milestone": ("设节点和报节点完成", ("section", "supervisor")),
    "figures": ("登记指标值", ("supervisor",)),
    "breakdown": ("征求意见、退回草拟和印发", ("supervisor",)),
    "approve": ("审定", ("leader", "supervisor")),
    "ask_change": ("申请变更", ("section", "supervisor")),
    "decide_change": ("批准变更", ("leader",)),
    "handout": ("导出外发表", ("supervisor", "section")),
    "handback": ("收回外发表", ("supervisor", "section")),
    "answer": ("答复意见", ("supervisor",)),
    "import": ("导入旧台账", ("supervisor",)),
    "carry": ("结转", ("supervisor",)),
    "notice": ("拟公开稿、发布和撤下", ("supervisor",)),
    "approve_notice": ("审批公开稿", ("leader", "supervisor")),
    "public": ("开关公开页", ("supervisor",)),
    "publication": ("拟公布件、公布、更正和撤回", ("supervisor", "section")),
    "approve_publication": ("审批公布件", ("leader", "supervisor")),
    "share": ("分解到县区", ("section", "supervisor")),
    "pause_ask": ("申请暂缓", ("section", "supervisor")),
    "pause_decide": ("批准暂缓", ("leader", "supervisor")),
    "resume": ("恢复暂缓的事项", ("section", "leader", "supervisor")),
    "coordinate": ("定为协调事项", ("supervisor",)),
    "owe": ("写配合任务", ("section", "supervisor")),
    "decisions": ("写回会议议定事项", ("supervisor",)),
    "people": ("增加人员", ("admin",)),
    "unlock": ("解锁账号", ("security", "admin")),
    "sessions": ("查看登录情况和结束别人的登录", ("security", "admin")),
    "reset": ("设置别人的密码、发一次性密码", ("admin",)),
    "lift_factors": ("解除别人的第二因子", ("security",)),
    "city": ("建立本市", ("admin",)),
    "upgrade": ("备份、恢复演练和升级", ("admin",)),
    "agree_see": ("查看对数", ("supervisor", "section", "contact", "leader")),
    "agree": ("发起对数、发出和收回核对表", ("supervisor", "section")),
    "agree_answer": ("反馈对数", ("county", "supervisor", "section")),
    "agree_verify": ("核定对数", ("supervisor", "section")),
    "agree_publish": ("登记发布", ("supervisor",)),
    "jobs": ("停止和继续别人交办的任务", ("supervisor", "admin")),
    "outbox": ("查看和重发通知", ("supervisor", "admin")),
    "bureau_see": ("查看局内办理情况", ("supervisor", "section", "contact", "leader", "viewer")),
    "export": ("导出数据表", ("supervisor", "section", "leader", "county")),
    "amend": ("填写台账", ("supervisor", "section")),
    "journal_see": ("查看操作日志", ("auditor", "security", "supervisor")),
    "journal_history": ("查看事项的变更对照", ("supervisor", "section", "contact", "leader", "auditor")),
    "journal_audit": ("审计操作日志", ("auditor", "supervisor")),
    "verify": ("核验操作日志", ("auditor", "supervisor")),
    "attach": ("报送和撤回佐证材料", ("contact", "section", "county", "supervisor")),
    "verify_evidence": ("核验佐证材料", ("supervisor",)),
    "export_evidence": ("导出佐证材料", ("supervisor",)),
    "escalate": ("拟制督办单", ("supervisor",)),
    "send_paper": ("发出、修改和撤回督办单", ("supervisor",)),
    "sign_paper": ("签发督办单", ("leader",)),
    "answer_paper": ("答复督办单", ("section", "county", "supervisor")),
    "escalation_rules": ("修改督办规则", ("supervisor",)),
    "switch_marks": ("开启或关闭黄红牌、计分和排名", ("leader", "supervisor")),
    "rectify": ("填报整改", ("section", "supervisor")),
    "add_rectification": ("登记整改问题", ("supervisor",)),
    "look_back": ("登记回头看", ("supervisor",)),
    "close_section": ("申请销号", ("section",)),
    "close_leader": ("审签销号", ("leader", "supervisor")),
    "close_office": ("销号", ("supervisor",)),
    "close_back": ("退回销号申请", ("leader", "supervisor")),
    "reopen_closed": ("重新打开已销号的事项", ("supervisor",)),
    "remind": ("发出当天提醒", ("supervisor",)),
    "marks_see": ("查看计分和排名", ("supervisor", "leader")),
    "establish": ("登记和撤销认定", ("leader", "supervisor")),
    "ask_form": ("申报、撤销报表", ("section", "supervisor")),
    "approve_form": ("审批报表", ("leader", "supervisor")),
    "send_form": ("生成填报表", ("section", "supervisor")),
    "gather_form": ("下载和收回填报表", ("section", "supervisor", "county")),
    "form_baseline": ("定报表基数", ("supervisor",)),
    "fill_tables": ("套表取数", ("supervisor", "section")),
    "habits": ("改提醒规则", ("supervisor",)),
    "school_own": ("查看本校的报表和历年数据", ("school",)),
    "fill_form": ("交回本校的填报表", ("school",)),
    "return_window": ("开期次、延期、截止和锁定", ("section", "supervisor")),
    "return_bring": ("导入报表", ("county", "school", "contact", "section", "supervisor")),
    "return_explain": ("写填写说明", ("county", "school", "contact", "section", "supervisor")),
    "return_hand": ("报出报表", ("county", "school", "contact", "section", "supervisor")),
    "return_county": ("县级审核", ("county", "section", "supervisor")),
    "return_accept": ("市级核定和入库", ("section", "supervisor")),
    "return_back": ("退回报表", ("county", "section", "supervisor")),
    "return_ask": ("申请重新打开", ("county", "section", "supervisor")),
    "return_reopen": ("批准重新打开", ("leader", "section", "supervisor")),
    "return_merge": ("归并教学点", ("county", "section", "supervisor")),
    "measure": ("计算各项指标", ("supervisor", "section")),
    "overview": ("查看县区概览", ("supervisor", "section", "contact", "leader", "county")),
    "bind": ("绑定指标", ("supervisor",)),
    "school_rows": ("查看学校的年报数", ("section", "county")),
    "leader_sheet": ("查看领导参阅", ("leader", "supervisor")),
    "posts": ("登记和结束任职", ("admin",)),
    "accounts": ("成批登记账号、发首次进入码", ("admin",)),
    "offices": ("修改科室的职责和分管领导", ("admin", "supervisor")),
    "county_offices": ("设置本县(市、区)的股室", ("county", "admin")),
    "delegate": ("委托代办", ("supervisor", "section", "contact", "leader", "county", "school", "viewer", "admin")),
    "approve_delegation": ("批准委托代办", ("leader", "admin")),
    "handover": ("办理交接", ("admin",)),
    "api_key": ("生成接口密钥", ("supervisor", "section", "leader", "county")),
    "keys_see": ("查看和停用别人的接口密钥", ("security",)),
    "choose_definition": ("选定发布口径", ("supervisor", "leader")),
    "doubts": ("查看数据存疑", ("supervisor", "section", "contact", "leader")),
    "export_figures": ("导出指标数据", ("supervisor", "section")),
    "parameter": ("设定本局的参数值、核实存疑", ("supervisor",)),
    "units": ("登记区划和学校的变动", ("supervisor", "admin")),
    "keys": ("轮换密钥", ("security",)),
    "unmask": ("查看完整的个人信息", ("supervisor", "section", "leader")),
    "destroy_propose": ("提出销毁到期数据、删除个人信息", ("supervisor", "security")),
    "destroy": ("批准销毁", ("leader", "supervisor")),
    "county_pack": ("生成下发包、收上报包", ("supervisor", "admin")),
    "county_key": ("登记县级版公钥", ("supervisor", "admin")),
    "county_take": ("收下发包和回执包", ("county", "admin")),
    "county_send": ("生成上报包", ("county",)),
    "judge_checklist": ("核定清单条目", ("supervisor", "section")),
    "cases": ("办理和查看办件", ("supervisor", "section", "contact", "leader", "county", "school")),
    "compare_lists": ("比对名单", ("county", "section", "supervisor")),
    "judge_pairs": ("认定名单里的疑似同一人", ("county",)),
    "bars": ("查能否评优", ("supervisor", "section")),
    "risk_sheet": ("查看风险四色图", ("supervisor", "section", "county", "school")),
    "rubric": ("修改评价标准", ("supervisor", "section")),
    "panel": ("聘评委、登记回避、抽取核查单位", ("supervisor", "section")),
    "conduct": ("设定流程的办理办法、主办科室和期限", ("supervisor",)),
    "case_extract": ("批准导出含个人信息的办件", ("leader",)),
    "case_counts": ("导入外部平台的办件数", ("supervisor", "section")),
    "own_training": ("查看自己的学时，选课、签到、评价", ("teacher",)),
    "courses": ("查看课程超市", ("teacher", "school", "county", "section", "leader", "supervisor")),
    "trainings": ("查看教师的培训和学时", ("school", "county", "section", "leader", "supervisor")),
    "training_send": ("送审课程", ("school", "county", "section", "supervisor")),
    "training_review": ("评审、上架和下架课程", ("section", "supervisor")),
    "training_term": ("开选课期、派位", ("section", "supervisor")),
    "training_choose_for": ("代教师录入志愿", ("school", "county", "section", "supervisor")),
    "training_session": ("开班、签到和结班", ("county", "section", "supervisor")),
    "training_give_up": ("退班", ("teacher", "school", "county", "section", "supervisor")),
    "training_register": ("导入教师名册和培训记录", ("county", "section", "supervisor")),
    "training_ask_correction": ("申请更正培训记录", ("teacher", "school", "county")),
    "training_decide": ("审核更正", ("county", "section", "supervisor")),
    "training_quota": ("分配名额、确认推荐", ("section", "supervisor")),
    "training_name": ("推荐教师参加培训", ("county",)),
    "training_rotation": ("排轮训名册", ("section", "supervisor")),
    "training_roll": ("报培训班名册", ("school", "county", "section", "supervisor")),
}
"""By right: what it lets somebody do, and the roles that have it."""

_WHO = {
    "supervisor": "督查室",
    "admin": "系统管理员",
    "security": "安全管理员",
    "auditor": "审计管理员",
    "section": "牵头科室",
    "contact": "联络员",
    "leader": "分管局领导",
    "county": "县(市、区)",
    "school": "学校",
    "teacher": "教师",
    "viewer": "查阅人员",
}


def refused(actor: Actor, act: str, *, lead: str = "") -> Finding | None:
    """Why this person may not do it; None when they may.

    Args:
        actor: the person.
        act: a key of the table above.
        lead: code of the lead office where the act belongs to one; a section speaks only for itself.
    """
    said, roles = MAY[act]
    return why_not(actor, roles, said, lead=lead)


def answers(actor: Actor, *codes: str) -> bool:
    """Whether somebody of a county answers for one of these units: their own, or one it took in. Asks only where it must."""
    if actor.role != "county" or not actor.division:
        return False
    return actor.division in codes or not answered(actor).isdisjoint(codes)


def foreign(actor: Actor, code: str) -> bool:
    """Whether a unit is another county's to somebody of a county; a school and a teacher have none, to everybody else none is foreign."""
    if actor.role in {"school", "teacher"}:
        return True
    return actor.role == "county" and actor.division != "" and not answers(actor, code)


def own_school(actor: Actor, code: str) -> bool:
    """Whether somebody of a school answers for a school of any day: their own, or one it took in. Asks only where it must."""
    if actor.role != "school" or not actor.school:
        return False
    return code == actor.school or code in schools_of(actor)


def own_units(actor: Actor, codes: Iterable[str]) -> list[str]:
    """Of these units those whose own page somebody may open: one query at most."""
    if actor.role in {"school", "teacher"}:
        return []
    if actor.role != "county" or not actor.division:
        return list(codes)
    mine = answered(actor)
    return [code for code in codes if code in mine]


def why_not(actor: Actor, roles: Sequence[str], said: str, *, lead: str = "") -> Finding | None:
    """Why this person may not do what these roles may; None when they may.

    Args:
        actor: the person.
        roles: who may.
        said: what is to be done, in words.
        lead: code of the lead office where it belongs to one; a section speaks only for itself.
    """
    if actor.role == HOUSE:
        return None
    if actor.stands_for and (finding := _beyond(actor, said)):
        return finding
    if actor.role not in roles:
        who = "、".join(_WHO[role] for role in roles)
        return Finding(
            said, f"{actor.name or '未登录'}没有这项权限", f"由{who}办理", f"请交{who}办理，或请系统管理员调整角色"
        )
    if actor.role in {"section", "contact"} and lead and actor.office != lead:
        return Finding(said, f"{actor.name}不是这一项的牵头科室", "科室只办理本科室牵头的事项", "请转牵头科室办理")
    return None


_LOOKING = frozenset(
    {
        "bureau_see",
        "journal_see",
        "journal_history",
        "agree_see",
        "marks_see",
        "overview",
        "school_rows",
        "leader_sheet",
        "doubts",
        "cases",
        "risk_sheet",
        "school_own",
        "trainings",
        "courses",
    }
)
"""Rights to look at something: they come with a post, whatever acts were given."""
_NEVER_GIVEN = frozenset({
    "people", "city", "posts", "accounts", "offices", "county_offices", "handover", "delegate", "approve_delegation",
    "api_key", "office", "verify_evidence", "close_office", "unlock", "sessions", "reset", "lift_factors", "keys_see", "upgrade", "keys", "destroy",
    "verify", "journal_audit", "county_key", "case_extract", "own_training",
})  # fmt: skip
"""Rights of one's own person or of the house's last check: nobody stands in for somebody there."""


def given_to_stand_ins(role: str) -> dict[str, str]:
    """What somebody of a role may let another do in his place: the rights in words, by key. Looking comes with the post."""
    apart = _NEVER_GIVEN | _LOOKING
    return {key: said for key, (said, roles) in MAY.items() if role in roles and key not in apart}


def _beyond(actor: Actor, said: str) -> Finding | None:
    """Why a stand-in may not do it, whatever the one he stands in for may; None where it was given."""
    if said in {MAY[key][0] for key in _NEVER_GIVEN}:
        return Finding(said, f"{actor.name}是代办", "这一项不能委托代办，须由本人办理", "请由本人办理")
    given = [MAY[key][0] for key in actor.acts if key in MAY]
    if given and said not in given and said not in {MAY[key][0] for key in _LOOKING}:
        rule = f"委托只限{'、'.join(given)}"
        return Finding(said, f"委托给{actor.hand}的不包括这一项", rule, "请由本人办理，或请本人另行委托")
    return None


_SEES = {
    "supervisor": ("public", "system", "bureau", "leaders"),
    "admin": ("public", "system"),
    "security": ("public", "system"),
    "auditor": ("public", "system"),
    "leader": ("public", "system", "bureau", "leaders"),
    "section": ("public", "system", "bureau"),
    "contact": ("public", "system", "bureau"),
    "county": ("public", "system"),
    "school": ("public",),
    "teacher": ("public",),
    "viewer": ("public", "system"),
}


def sees(actor: Actor) -> tuple[str, ...]:
    """Which audiences (知悉范围) this person belongs to; whoever is not signed in sees what is public."""
    return _SEES["leader"] if actor.role == HOUSE else _SEES.get(actor.role, ("public",))


def require(actor: Actor, act: str, *, lead: str = "") -> None:
    """Refuse unless the person may do it."""
    finding = refused(actor, act, lead=lead)
    if finding:
        raise RefusedError(finding)


def roles_of(right: str) -> tuple[str, ...]:
    """The roles that have a right."""
    return MAY[right][1]


def said_of(right: str) -> str:
    """What a right lets somebody do, in words."""
    return MAY[right][0]
