"""Words and codes that several returns share, with the standards they come from."""

SCHOOL = r"(?:11|2[12]|3[1-7]|4[12]|51|9[1-3])[0-9]{8}"
SCHOOL_FORM = "10位数字，前两位为机构类别，第3、4位为省级代码"
SCHOOL_STANDARD = "教育部《学校（机构）代码管理办法》"
DIVISION = r"[0-9]{6}"
DIVISION_FORM = "6位数字"
DIVISION_STANDARD = "GB/T 2260；功能区用统计用代码"
AREA = r"[0-9]{12}"
AREA_FORM = "12位数字"
AREA_STANDARD = "统计用区划代码"
PERSON = r"[0-9A-Za-z]{8,32}"
PERSON_FORM = "8至32位字母和数字"
PERSON_MEANING = "由身份标识换成的代号，同一人各期相同，不能换回"
CREDIT = r"[0-9A-HJ-NPQRTUWXY]{2}[0-9]{6}[0-9A-HJ-NPQRTUWXY]{10}"
CREDIT_FORM = "18位数字和大写字母，第3至8位为数字，不含I、O、S、V、Z"
CREDIT_STANDARD = "GB 32100-2015"
IDENTITY = r"[0-9]{17}[0-9X]"
IDENTITY_FORM = "17位数字加1位校验码"
IDENTITY_STANDARD = "GB 11643-1999"
ROLL = r"(?:[GJ][0-9]{17}[0-9X]|L[0-9]{18})"
ROLL_FORM = "G、J或L加18位"
ROLL_STANDARD = "教基一〔2013〕7号"

STAGES = {
    "preschool": "学前",
    "primary": "小学",
    "junior": "初中",
    "senior": "普通高中",
    "vocational": "中等职业",
    "special": "特殊教育",
}
OPERATORS = {"public": "公办", "private": "民办"}
URBAN = {
    "111": "主城区",
    "112": "城乡结合区",
    "121": "镇中心区",
    "122": "镇乡结合区",
    "123": "特殊区域",
    "210": "乡中心区",
    "220": "村庄",
}
URBAN_STANDARD = "GB/T 33782-2017 表5"
KINDS = {
    "111": "幼儿园",
    "119": "附设幼儿班",
    "211": "小学",
    "218": "小学教学点",
    "219": "附设小学班",
    "311": "初级中学",
    "312": "九年一贯制学校",
    "319": "附设普通初中班",
    "321": "职业初中",
    "329": "附设职业初中班",
    "341": "完全中学",
    "342": "高级中学",
    "345": "十二年一贯制学校",
    "349": "附设普通高中班",
    "361": "调整后中等职业学校",
    "362": "中等技术学校",
    "363": "中等师范学校",
    "364": "成人中等专业学校",
    "365": "职业高中学校",
    "366": "技工学校",
    "368": "附设中职班",
    "371": "工读学校",
    "511": "盲人学校",
    "512": "聋人学校",
    "513": "弱智学校",
    "514": "其他特教学校",
    "519": "附设特教班",
}
PARTS = ("119", "218", "219", "319", "329", "349", "368", "519")
KINDS_STANDARD = "GB/T 33782-2017 表4"
SEXES = {"0": "未知的性别", "1": "男", "2": "女", "9": "未说明的性别"}
SEXES_STANDARD = "GB/T 2261.1"
PLACES = {"urban": "市区", "county_town": "县城", "town": "镇", "village": "乡村"}
GROUPS = {"established": "在编教师", "special_post": "特岗教师", "contract": "编外教师"}
TEACHING_DEGREES = ("doctor", "master", "bachelor", "college")
