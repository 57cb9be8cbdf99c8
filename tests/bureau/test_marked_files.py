"""Whatever paper is brought, it is looked into before it is kept: no mark of secrecy, nothing that acts by itself."""

import io
from datetime import date

import docx
import pytest
from PIL import Image

from luoshi.bureau.agreements import actions as agreements
from luoshi.bureau.escalations import actions as escalations
from luoshi.bureau.escalations.actions import Answer, Mending, Problem, Sent
from luoshi.bureau.escalations.models import Paper
from luoshi.bureau.files.models import File
from luoshi.bureau.files.queries import place
from luoshi.bureau.ledger.actions import confirm
from luoshi.bureau.ledger.models import Commitment
from luoshi.bureau.plans.models import Edition, Proposal
from luoshi.bureau.reports import actions as reports
from luoshi.bureau.reports.actions import Filled
from luoshi.bureau.reports.actions import Paper as Signed
from luoshi.bureau.reports.models import Call, Period
from luoshi.spine import State
from luoshi.words.provenance import digest
from tests.bureau import agreed, many, witness, xingzhou
from tests.bureau.scans import PDF

DUCHA, XUEQIAN = xingzhou.actor("ducha"), xingzhou.actor("xueqian")
ON = date(2021, 9, 15)


def _marked_words() -> tuple[str, bytes]:
    made, paper = io.BytesIO(), docx.Document()
    paper.add_paragraph("机密★5年")
    paper.add_paragraph("关于学位建设的报告（虚构）")
    paper.save(made)
    return "答复.docx", made.getvalue()


MARKED = [_marked_words(), ("秘密★1年 答复.pdf", PDF), ("答复.txt", "绝密★长期\n学位建设情况（虚构）".encode())]


@pytest.fixture
def paper(edition: Edition) -> Paper:
    """A paper that was sent to 学前教育科."""
    many.enter_all(edition)
    row = Commitment.objects.filter(edition=edition).earliest("place")
    Commitment.objects.filter(pk=row.pk).update(lead="XQ")
    made = Paper.objects.create(
        commitment=row, step="reminder", name="提醒", month=date(2021, 8, 1), because="欠进度", rule="演示", title="提醒",
        to="学前教育科", words="请反馈。", answer_days=5, drafted_on=ON, drafted_by="督查甲",
    )  # fmt: skip
    return escalations.send(DUCHA, made.pk, made.version, Sent(ON))


def _nothing_kept(content: bytes) -> None:
    assert not File.objects.exists()
    assert not place(digest(content)).exists(), "not even the bytes"


@pytest.mark.parametrize("sent", MARKED, ids=lambda one: one[0])
def test_a_marked_answer_to_a_paper_is_not_kept(paper: Paper, sent: tuple[str, bytes]) -> None:
    with witness.refused("escalations.answer", "本系统为非涉密系统"):
        escalations.answer(XUEQIAN, paper.pk, paper.version, Answer("已答复", date(2021, 9, 16), sent))
    _nothing_kept(sent[1])


@pytest.mark.parametrize("sent", MARKED, ids=lambda one: one[0])
def test_a_marked_proof_of_mending_is_not_kept(paper: Paper, edition: Edition, sent: tuple[str, bytes]) -> None:
    told = escalations.add(DUCHA, edition, Problem("学位进度滞后", "ledger", date(2021, 10, 5), paper=paper.pk))
    with witness.refused("escalations.rectify", "本系统为非涉密系统"):
        escalations.mend(XUEQIAN, told.pk, told.version, Mending("倒排工期", "验收单", claimed=True, file=sent))
    _nothing_kept(sent[1])


@pytest.mark.parametrize("sent", MARKED, ids=lambda one: one[0])
def test_a_marked_proof_of_a_disputed_figure_is_not_kept(
    edition: Edition, proposals: dict[str, Proposal], sent: tuple[str, bytes]
) -> None:
    agreed.grown(edition.city)
    confirm(DUCHA, proposals["2.1"].pk, 1)
    line = agreed.line(agreed.sent(edition), agreed.CODES[0])
    before = set(File.objects.all())
    told = agreements.Told("有异议", "", "1", "100", "八年级已拆班")
    with witness.refused("agreements.answer", "本系统为非涉密系统"):
        agreements.answer(agreed.county(line.division), line.pk, line.version, told, agreements.Proof(*sent), ON)
    assert set(File.objects.all()) == before
    assert not place(digest(sent[1])).exists(), "not even the bytes"
    line.refresh_from_db()
    assert (line.state, line.answers.count()) == ("waiting", 0)


def test_an_answer_that_is_clean_is_kept_and_served_as_what_it_is(paper: Paper) -> None:
    told = Answer("已答复", date(2021, 9, 16), ("答复.pdf", PDF))
    kept = escalations.answer(XUEQIAN, paper.pk, paper.version, told).answer_file
    assert kept is not None
    assert (kept.form, kept.digest) == ("application/pdf", digest(PDF))


def _acting() -> bytes:
    """A scan with a program behind it that is a zip."""
    import zipfile

    made = io.BytesIO()
    Image.new("L", (8, 8)).save(made, "PNG")
    with zipfile.ZipFile(made, "a") as packed:
        packed.writestr("a.exe", b"MZ")
    return made.getvalue()


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("机密★签批.pdf", PDF, "本系统为非涉密系统"),
        ("签批.pdf", b"%PDF-1.4 cut short", "损坏或不完整"),
        ("签批.png", _acting(), "压缩包"),
    ],
)
def test_a_signed_paper_of_a_report_is_looked_into(edition: Edition, name: str, content: bytes, said: str) -> None:
    many.enter_all(edition)
    row = Commitment.objects.filter(edition=edition).earliest("place")
    Commitment.objects.filter(pk=row.pk).update(lead="XQ")
    period = Period.objects.create(edition=edition, on=ON, reply_by=date(2021, 9, 30), opened_by="督查甲")
    call = Call.objects.create(period=period, commitment=row, office="XQ", why="due")
    signed = Signed(scan=content, name=name, reviewed_by="科长", signed_by="甲副局长")
    with witness.refused("reports.file", said):
        reports.file(DUCHA, call.pk, Filled("已办。", State.ON_COURSE), paper=signed)
    _nothing_kept(content)
