"""教育质量评价 (M8.3): one profile of a school a year, dimension by dimension; no examination mark goes in, no rank comes out."""

from decimal import Decimal

from luoshi.declared.appraisals import Evaluation, Results
from luoshi.handling.nouns import Every
from luoshi.scoring.declaring import Rubric, area, flag
from luoshi.scoring.nouns import Grade


class QualityProfile(
    Rubric,
    key="quality_profile",
    label="学校教育质量评价标准",
    source="教基〔2013〕2号综合评价改革的五个方面；条目由本产品拟写",
    doubt="目标值、起点为产品默认值；学校一级的数有则自动带入，没有则由学校填；得分只用来定“保持”“改进”，不排名、不公布",
):
    """Five sides of how pupils fare. What is told to the school is each side beside last year's, not a sum of marks."""

    moral = area("品德发展", 20)
    habits = moral.ratio("学生行为习惯问卷良好率", 8, target=90, start=60, unit="%")
    duty = moral.ratio("志愿服务参与率", 6, target=60, start=10, unit="%")
    bullied = moral.ratio("受欺凌学生比例（问卷）", 6, target=0, start=10, unit="%")

    learning = area("学业发展", 20)
    monitored = learning.levels(
        "抽样监测达到基本要求", 10, {"full": ("达到", 10), "part": ("接近", 6), "none": ("有差距", 0)}, absent=True
    )
    labs = learning.ratio(
        "实验开出率", 5, target=100, start=60, unit="%", absent=True, measured="experiments_done_rate"
    )
    confident = learning.ratio("学习自信心问卷良好率", 5, target=85, start=50, unit="%")

    body = area("身心发展", 25)
    fit = body.ratio("体质健康优良率", 8, target=50, start=10, unit="%")
    eyes = body.ratio("总体近视率", 6, target=30, start=80, unit="%", measured="myopia_rate")
    moving = body.ratio("每天校园体育活动时间", 6, target=1, start=0, unit="小时", measured="daily_exercise")
    sleep = body.ratio("睡眠达标学生比例", 5, target=90, start=30, unit="%")

    taste = area("兴趣特长与劳动实践", 15)
    clubs = taste.ratio("参加社团的学生比例", 5, target=80, start=20, unit="%")
    arts = taste.ratio("掌握一项艺术或体育技能比例", 5, target=80, start=20, unit="%")
    labour = taste.bands("生均每周劳动", 5, {0: 0, 1: 3, 2: 5}, unit="课时")

    burden = area("学业负担与获得感", 20)
    homework = burden.ratio("书面作业时间达标班级比例", 8, target=100, start=50, unit="%")
    care = burden.ratio("课后服务参加率", 6, target=90, start=30, unit="%", absent=True, measured="care_participation")
    content = burden.ratio("家长、学生满意度", 6, target=90, start=60, unit="%")

    ranked = flag("公布考试成绩或按成绩排名", down=1)
    hidden = flag("数据失实", cap="mend")

    grades = (
        Grade("keep", "保持", Decimal(75)),
        Grade("mend", "改进", Decimal(55)),
        Grade("help", "重点帮扶", Decimal(0)),
    )
    judges = 2


class QualityProfiles(Results, key="quality_profiles", label="学校质量评价结果", answers="M8.3", subject="school"):
    """One school's year, known to the school and its county; nothing of it is public."""

    public = ()


class QualityEvaluation(
    Evaluation,
    key="quality_evaluation",
    label="学校教育质量评价",
    answers="M8.3",
    duties=("教育质量评价",),
    subject="school",
):
    """One school in one year; kindergartens are evaluated by their conduct, not by this."""

    rubric, names = QualityProfile, QualityProfiles
    every = Every(12, "school", month=10, kinds=("211", "31", "32", "34"))
