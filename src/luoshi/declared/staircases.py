"""Staircases of steps for tasks without a number.

The shares of a document (25, 50, 75, 100 %) are the usual ones of supervision ledgers; those of building, meetings and
titles are defaults of this product, for a bureau to set. None of them is law.
"""

from luoshi.spine import Kind
from luoshi.tracking.staircases import Stair, Staircase

STAIRCASES = (
    Staircase(
        "document",
        "制发文件",
        (Stair("起草", 25), Stair("征求意见", 50), Stair("审议", 75), Stair("印发", 100)),
        (Kind.DOCUMENT,),
        "督查台账通行做法",
    ),
    Staircase(
        "building",
        "工程项目",
        (Stair("立项", 10), Stair("开工", 30), Stair("主体封顶", 60), Stair("竣工", 85), Stair("投入使用", 100)),
        (),
        "产品默认值，须由该局确认",
    ),
    Staircase(
        "event",
        "会议活动",
        (Stair("方案审定", 30), Stair("通知印发", 60), Stair("举办", 90), Stair("总结", 100)),
        (Kind.EVENT,),
        "产品默认值，须由该局确认",
    ),
    Staircase(
        "title",
        "争创申报",
        (Stair("制定方案", 20), Stair("材料上报", 50), Stair("现场评估", 80), Stair("批复命名", 100)),
        (Kind.RECOGNITION,),
        "产品默认值，须由该局确认",
    ),
)
