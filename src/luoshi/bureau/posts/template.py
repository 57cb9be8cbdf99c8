"""The workbook accounts are brought in: one row a post, drop-downs from what the house holds."""

from luoshi.bureau.people.models import Division, Office, Role
from luoshi.bureau.posts.accounts import COLUMNS, NEEDED, YES
from luoshi.checking.workbooks.choosing import choices_workbook

_ROWS = 12000
_WIDTHS = {
    "账号": 16,
    "姓名": 12,
    "角色": 14,
    "科室": 24,
    "单位": 18,
    "学校标识码": 16,
    "股室": 18,
    "职务": 14,
    "电话": 16,
    "起": 12,
    "止": 12,
}
_SAID = (
    "一行一个任职；一人几个任职写几行，账号、姓名相同，主要任职选“是”的一行。",
    "账号：字母、数字和 . _ @ + -，至多60个字；已有的账号按账号认人，不会重复登记。",
    "角色、科室、单位从下拉选；科室负责人和联络员须选科室，县(市、区)人员须选单位。",
    "学校标识码：只有学校人员填，10位，须为学校名录里现有的学校；单位可以不选，由系统按学校填。学校不要账号的不必登记。",
    "股室：本单位已登记的股室名称；空着的是本单位联络员，可设置本单位的股室。",
    "起、止：日期，如 2021-09-01；止空着是没有定。已有任职填上止，到期自动失效。",
    "电话：办公电话。不要填身份证号、手机号和其他个人信息。",
    "表里没有的人不受影响；密码不在表里，登记后按科室打印首次进入码。",
)


def as_template() -> bytes:
    """The workbook as bytes."""
    choices = {
        "角色": [str(label) for _, label in Role.choices],
        "科室": list(Office.objects.values_list("name", flat=True)),
        "单位": list(Division.objects.values_list("name", flat=True)),
        "主要任职": list(YES),
    }
    columns = {name: _WIDTHS.get(name, 0) for name in COLUMNS}
    return choices_workbook("账号表", columns, NEEDED, choices, _SAID, _ROWS)
