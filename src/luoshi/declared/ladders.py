"""Ladders of steps for tasks without a number.

The shares of a document (25, 50, 75, 100 %) are the usual ones of supervision ledgers; those of building, meetings and
titles are defaults of this product, for a bureau to set. None of them is law.
"""

from luoshi.spine import Kind
from luoshi.tracking.ladders import Ladder, Step

LADDERS = (
    Ladder(
        "document",
        "制发文件",
        (Step("起草", 25), Step("征求意见", 50), Step("审议", 75), Step("印发", 100)),
        (Kind.DOCUMENT,),
        "督查台账通行做法",
    ),
    Ladder(
        "building",
        "工程项目",
        (Step("立项", 10), Step("开工", 30), Step("主体封顶", 60), Step("竣工", 85), Step("投入使用", 100)),
        (),
        "产品默认值，须由该局确认",
    ),
    Ladder(
        "event",
        "会议活动",
        (Step("方案审定", 30), Step("通知印发", 60), Step("举办", 90), Step("总结", 100)),
        (Kind.EVENT,),
        "产品默认值，须由该局确认",
    ),
    Ladder(
        "title",
        "争创申报",
        (Step("制定方案", 20), Step("材料上报", 50), Step("现场评估", 80), Step("批复命名", 100)),
        (Kind.RECOGNITION,),
        "产品默认值，须由该局确认",
    ),
)
