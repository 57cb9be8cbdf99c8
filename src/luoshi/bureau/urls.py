"""The doors of the house."""

from django.urls import path

from luoshi.bureau.board.pages import (
    amending,
    breakdown,
    comparing,
    desk,
    dividing,
    entrance,
    front,
    handing,
    importing,
    item,
    opening,
    papers,
    publishing,
    scans,
)

urlpatterns = [
    path("", front.board, name="board"),
    path("enter/", entrance.enter, name="enter"),
    path("start/", opening.start, name="start"),
    path("leave/", entrance.leave, name="leave"),
    path("language/", entrance.language, name="language"),
    path("items/<int:number>/", item.item, name="item"),
    path("items/<int:number>/milestone/", item.milestone, name="milestone"),
    path("items/<int:number>/judge/", item.judge, name="judge"),
    path("items/<int:number>/edit/", amending.edit, name="edit"),
    path("items/<int:number>/save/", amending.save, name="save"),
    path("items/<int:number>/change/", amending.change, name="change"),
    path("plans/", desk.plans, name="plans"),
    path("plans/<int:number>/", desk.plan, name="plan"),
    path("plans/<int:number>/points/<str:name>/", desk.point, name="point"),
    path("plans/<int:number>/weak/", papers.weak, name="weak"),
    path("plans/<int:number>/breakdown/", breakdown.breakdown, name="breakdown"),
    path("plans/<int:number>/quality/", breakdown.quality, name="quality"),
    path("plans/<int:number>/compare/", comparing.compare, name="compare"),
    path("plans/<int:number>/carry/", comparing.carry, name="carry"),
    path("plans/<int:number>/gather/", dividing.gather, name="gather"),
    path("plans/<int:number>/add/", dividing.add, name="add"),
    path("import/", importing.start, name="import"),
    path("import/<str:digest>/", importing.columns, name="import_columns"),
    path("plans/<int:number>/ledger.xlsx", importing.again, name="ledger_again"),
    path("plans/<int:number>/handouts/", handing.handouts, name="handouts"),
    path("plans/<int:number>/handouts/send/", handing.send, name="handout_send"),
    path("plans/<int:number>/handouts/take/", handing.take, name="handback_take"),
    path("handouts/<int:number>/", handing.again, name="handout_again"),
    path("handbacks/<int:number>/", handing.handback, name="handback"),
    path("handbacks/<int:number>/answer/", handing.answer, name="handback_answer"),
    path("handbacks/<int:number>/file/", handing.original, name="handback_original"),
    path("breakdowns/<int:number>/remarks/", handing.remarks, name="remarks"),
    path("plans/<int:number>/notices/", publishing.notices_of, name="notices"),
    path("plans/<int:number>/notices/draft/", publishing.draft, name="notices_draft"),
    path("notices/<int:number>/", publishing.notice, name="notice"),
    path("notices/<int:number>/act/", publishing.act, name="notice_act"),
    path("scans/<str:digest>/", scans.scan, name="scan"),
    path("public/", publishing.public, name="public"),
    path("breakdowns/<int:number>/act/", breakdown.act, name="breakdown_act"),
    path("proposals/<int:number>/split/", dividing.split, name="split"),
    path("proposals/<int:number>/decide/", desk.decide, name="decide"),
    path("mechanisms/", papers.mechanisms, name="mechanisms"),
    path("figures/", papers.figures, name="figures"),
    path("journal/", papers.journal, name="journal"),
]

handler400 = entrance.unclear
handler403 = entrance.unsure
handler404 = entrance.missing
handler500 = entrance.broken
