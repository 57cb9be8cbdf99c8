"""A working year of the made-up city, played by its demo people through the actions everybody uses. 演示数据（虚构） only.

Two periods of progress reports, replies that wait to be read, evidence, a round of 对数, 督办, 整改, 销号, 暂缓, shares and
bulletins: so a visitor meets every page with life in it. Days are of 2021; nothing here writes a row by itself.
"""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from luoshi.bureau.board import words_of_demo as words
from luoshi.bureau.board.agreeing import open_examples
from luoshi.bureau.board.incoming import PASTED, Reader
from luoshi.bureau.board.words_of_demo import MARK, Said
from luoshi.bureau.bulletins import actions as bulletins
from luoshi.bureau.bulletins.gathering import Terms
from luoshi.bureau.bulletins.models import Bulletin
from luoshi.bureau.escalations import actions as escalations
from luoshi.bureau.escalations.models import Paper as Slip
from luoshi.bureau.evidence import actions as evidence
from luoshi.bureau.evidence.models import Piece
from luoshi.bureau.indicators.actions import add_figures
from luoshi.bureau.journal.actions import Actor
from luoshi.bureau.ledger import actions as ledger
from luoshi.bureau.ledger import queries as rows
from luoshi.bureau.ledger.models import Commitment
from luoshi.bureau.people.models import Person
from luoshi.bureau.people.queries import acting, calendar_of
from luoshi.bureau.people.rights import HOUSE
from luoshi.bureau.plans.models import Edition
from luoshi.bureau.reports import actions as reports
from luoshi.bureau.reports.models import Call, Period, Report
from luoshi.spine import Measurement, Standing
from luoshi.tracking import Share
from luoshi.words.provenance import Source

_OCTOBER, _NOVEMBER = date(2021, 10, 31), date(2021, 11, 30)
_AGREE = "（演示）同意"
_SCAN = "签字件（演示）.pdf"


def fits(edition: Edition) -> bool:
    """Whether the plan is the one this year tells of: a made-up city's, with its people and its items."""
    people = set(Person.objects.filter(demo=True).values_list("username", flat=True))
    numbers = set(Commitment.objects.filter(edition=edition).values_list("number", flat=True))
    told = {one.number for one in (*words.OCTOBER, *words.ON_PAPER, *words.NOVEMBER)}
    return edition.city.imaginary and {"ducha", "duchafu", "jijiaolian"} <= people and told <= numbers


def play(edition: Edition) -> None:
    """The year, once; the caller sees to it that it is the first time, and that it fits.

    Args:
        edition: the issued plan of the made-up city.
    """
    year = _Year(edition)
    year.before()
    october = year.october()
    year.month_end(october)
    open_examples(year.office, edition, date(2021, 12, 20))
    year.first_text()
    november = year.november()
    year.replies(november)
    year.proofs()
    year.pressing()
    year.closing()
    year.texts()


def scan(title: str) -> bytes:
    """A page of paper with these words on it, as the smallest PDF that says them; no font has to be there to make it."""
    lines = (title, MARK, "星州市教育局（虚构）")
    shown = [f"BT /F1 {24 - 4 * at} Tf 72 {720 - 60 * at} Td <{_hex(line)}> Tj ET" for at, line in enumerate(lines)]
    stream = "\n".join(shown).encode()
    font = b"/Type/Font/Subtype/Type0/BaseFont/STSong-Light/Encoding/UniGB-UCS2-H/DescendantFonts[6 0 R]"
    below = (
        b"/Type/Font/Subtype/CIDFontType0/BaseFont/STSong-Light"
        b"/CIDSystemInfo<</Registry(Adobe)/Ordering(GB1)/Supplement 2>>/FontDescriptor 7 0 R"
    )
    told = (
        b"/Type/FontDescriptor/FontName/STSong-Light/Flags 6/FontBBox[-25 -254 1000 880]"
        b"/ItalicAngle 0/Ascent 880/Descent -120/CapHeight 880/StemV 93"
    )
    page = b"/Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>"
    parts = (
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<<" + page + b">>",
        b"<</Length %d>>\nstream\n%b\nendstream" % (len(stream), stream),
        b"<<" + font + b">>",
        b"<<" + below + b">>",
        b"<<" + told + b">>",
    )
    return _file(parts)


def _hex(line: str) -> str:
    return line.encode("utf-16-be").hex()


def _file(parts: Sequence[bytes]) -> bytes:
    """Objects one behind the other, then the table of where each begins."""
    made, places = b"%PDF-1.4\n", list[int]()
    for number, part in enumerate(parts, 1):
        places.append(len(made))
        made += b"%d 0 obj\n%b\nendobj\n" % (number, part)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    size, at = len(parts) + 1, len(made)
    head = b"xref\n0 %d\n0000000000 65535 f \n" % size
    return made + head + table + b"trailer\n<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % (size, at)


class _Year:
    """One plan and the people who work on it."""

    def __init__(self, edition: Edition) -> None:
        self._edition = edition
        self._people = {one.username: acting(one) for one in Person.objects.filter(demo=True)}
        self.office, self.second = self._people["ducha"], self._people["duchafu"]
        told = self._people.values()
        self._sections = {one.office: one for one in told if one.role == "section"}
        self._counties = {one.division: one for one in told if one.role == "county"}
        offices = dict(edition.city.offices.values_list("code", "leader"))
        self._leaders = {offices[one.office]: one for one in told if one.role == "leader"}
        self._calendar = calendar_of(edition.city)

    def _row(self, number: str) -> Commitment:
        return Commitment.objects.select_related("edition", "edition__city").get(edition=self._edition, number=number)

    def before(self) -> None:
        """What sections agreed before the autumn: steps, shares, duties, a pause, what others decide."""
        early, education, building = self._sections["XQ"], self._sections["JJ"], self._sections["GH"]
        self._climb(early)
        for who, number, step, due in (
            (early, "6.1", "全部竣工验收", _NOVEMBER),
            (building, "9.2", "主体工程封顶", date(2021, 10, 31)),
            (education, "8.1", "两区增班到位", _NOVEMBER),
            (education, "16.1", "课后服务抽查", _NOVEMBER),
            (education, "11.4", "资源教室建成15间", _NOVEMBER),
        ):
            row = self._row(number)
            ledger.set_milestone(who, row.pk, row.version, f"{step}（演示）", due)
        self._share(building)
        row = self._row("8.1")
        ledger.owe(education, row.pk, row.version, {"GH": "（演示）按月提供新增学位数", "RS": "（演示）配足增班教师"})
        row = self._row("10.1")
        wanted = ledger.PauseWanted(date(2021, 11, 8), date(2021, 12, 31), "（演示）因疫情现场评估延期", extends=True)
        pause = ledger.ask_pause(education, row.pk, row.version, wanted)
        said = ledger.PauseVerdict(approved=True, on=date(2021, 11, 9), words="（演示）同意暂缓，复评前恢复")
        ledger.decide_pause(self._leaders[row.leader], pause.pk, said)
        row = self._row("19.1")
        ledger.coordinate(self.office, row.pk, row.version, "（演示）由国务院学位委员会审批", marked=True)

    def _climb(self, who: Actor) -> None:
        row = self._row("6.10")
        ledger.climb(who, row.pk, row.version, "document", date(2021, 3, 1), self._calendar)
        for day in (date(2021, 5, 18), date(2021, 8, 6), date(2021, 11, 22)):
            self._reach("6.10", day)

    def _reach(self, number: str, day: date) -> None:
        row = self._row(number)
        step = row.milestones.filter(done=None).earliest("due")
        ledger.reach_milestone(self._sections[row.lead], step.pk, row.version, day, f"（演示）{step.name}材料")

    def _share(self, who: Actor) -> None:
        row = self._row("9.2")
        target = row.targets.get()
        portions = dict(zip(row.divisions, (4, 3, 3, 2, 2), strict=True))
        due = date(2021, 12, 20)
        shared = [Share(code, Decimal(part), due, "（演示）区教育局") for code, part in portions.items()]
        ledger.share(who, target.pk, row.version, shared)
        told = zip(portions, ("4", "2", "3", "1", "2"), strict=True)
        add_figures(Actor("system", "系统安装", HOUSE), self._edition.city, [_built(code, done) for code, done in told])

    def _open(self, on: date, *, counties: bool = False) -> Period:
        items = rows.items(self._edition.city, self._edition, on)
        return reports.open_period(self.office, self._edition, on, items, self._calendar, counties=counties)

    def _call(self, period: Period, number: str, division: str = "") -> Call:
        return Call.objects.get(period=period, commitment__number=number, division=division)

    def _filled(self, period: Period, said: Said) -> reports.Filled:
        targets = list(self._row(said.number).targets.order_by("place").values_list("pk", flat=True))
        sums = {pk: _sum(told, period.on) for pk, told in zip(targets, said.values, strict=False)}
        expected = date(2021, 12, 25) if said.trouble else None
        return reports.Filled(said.words, said.claimed, said.trouble, said.next_step, expected, "演示联络员", "", sums)

    def _section(self, period: Period, said: Said, replaces: int = 0) -> Report:
        """Filled in by the section's head, who has thereby reviewed it."""
        who = self._sections[self._row(said.number).lead]
        return reports.file(who, self._call(period, said.number).pk, self._filled(period, said), replaces=replaces)

    def _sign(self, report: Report) -> Report:
        """By the leader himself, or from the paper he signed."""
        leader = self._row(report.call.commitment.number).leader
        if leader in self._leaders:
            return reports.sign(self._leaders[leader], report.pk, report.version, _AGREE)
        paper = reports.Paper(scan(f"{leader}审签"), _SCAN, signed_by=leader)
        return reports.enter_signatures(self.office, report.pk, report.version, paper)

    def _verify(self, report: Report) -> None:
        reports.verify(self.second, report.pk, report.version, reports.Verified("（演示）与台账、佐证一致"))

    def october(self) -> Period:
        """The closed period: through every step, one sent back and corrected, some from signed papers, some nothing new."""
        period = self._open(_OCTOBER)
        for said in words.OCTOBER:
            report = self._section(period, said)
            if said.number == "22.9":
                leader = self._leaders[self._row(said.number).leader]
                reports.send_back(leader, report.pk, report.version, words.REASON_BACK)
                report = self._section(period, said._replace(words=words.CORRECTED), report.pk)
            self._verify(self._sign(report))
        for said in words.ON_PAPER:
            row = self._row(said.number)
            name = self._edition.city.offices.get(code=row.lead).name
            paper = reports.Paper(scan(f"{name}10月进展"), _SCAN, f"{name}负责人（演示）", row.leader)
            self._verify(
                reports.file(self.office, self._call(period, said.number).pk, self._filled(period, said), paper=paper)
            )
        idle = [self._call(period, number).pk for number in words.NOTHING_NEW]
        reports.nothing_new(self.office, period.pk, idle)
        self._reach("9.2", date(2021, 11, 5))
        return period

    def month_end(self, october: Period) -> None:
        """October is over."""
        october.refresh_from_db()
        reports.close_period(self.office, october.pk, october.version)

    def november(self) -> Period:
        """The open period: an answer at every stage, one sent back, divisions asked too, the rest still owed."""
        period = self._open(_NOVEMBER, counties=True)
        self._reach("6.1", _NOVEMBER)
        for said in words.NOVEMBER:
            self._verify(self._sign(self._section(period, said)))
        self._sign(self._section(period, words.NOVEMBER_SIGNED))
        self._section(period, words.NOVEMBER_REVIEWED)
        contact = self._people["jijiaolian"]
        reports.file(contact, self._call(period, "16.1").pk, self._filled(period, words.NOVEMBER_FILED))
        back = self._section(period, words.NOVEMBER_BACK)
        leader = self._leaders[self._row("22.9").leader]
        reports.send_back(leader, back.pk, back.version, "（演示）请写明未完成的单位和原因")
        self._divisions(period)
        return period

    def _divisions(self, period: Period) -> None:
        staff, building = self._sections["RS"], self._sections["GH"]
        for code, said in words.COUNTY.items():
            report = self._county(period, "22.9", code, said)
            if code == "990121":
                reports.adopt(staff, report.pk, report.version, "（演示）采用")
        report = self._county(period, "9.2", "990102", "（演示）斗城区4所竣工3所。")
        reports.send_back(building, report.pk, report.version, "（演示）与市级台账4所不一致，请核对")

    def _county(self, period: Period, number: str, division: str, said: str) -> Report:
        call = self._call(period, number, division)
        return reports.file(self._counties[division], call.pk, reports.Filled(said))

    def replies(self, period: Period) -> None:
        """A message and a file that came in; what is doubtful in them waits for a person."""
        reader = Reader(period)
        for told, name in ((words.MESSAGE, PASTED), (words.REPLY, "发展规划科11月进展（演示）.txt")):
            reports.bring(self.office, period.pk, reader.read(told.encode(), name))

    def proofs(self) -> None:
        """Evidence of three items: accepted, sent back, and one that nobody has looked at."""
        for number, name, kind, shows, outcome in (
            ("6.1", "竣工验收汇总表（演示）.pdf", "acceptance", "（演示）27所幼儿园竣工验收", "accepted"),
            ("6.1", "新建改扩建幼儿园名单（演示）.pdf", "list", "（演示）27所幼儿园名单和验收日期", "accepted"),
            ("12.7", "课程实施方案备案表（演示）.pdf", "list", "（演示）普通高中方案备案", ""),
            ("8.1", "大班额月报表（演示）.pdf", "return", "（演示）11月分校大班额班数", "returned"),
        ):
            row = self._row(number)
            who = self._sections[row.lead]
            piece = evidence.attach(who, row.pk, scan(name.removesuffix(".pdf")), name, shows, kind, "第1页")
            self._judge(piece, outcome)

    def _judge(self, piece: Piece, outcome: str) -> None:
        if outcome:
            reason = "（演示）没有盖章，请补盖后重报" if outcome == "returned" else "（演示）与台账一致"
            evidence.judge(self.office, piece.pk, outcome, reason, 0)

    def pressing(self) -> None:
        """督办: what the rules ask for is drafted; one paper is signed, sent and answered; a problem is mended and looked at."""
        escalations.draft_due(self.office, self._edition, date(2021, 12, 10))
        slip = Slip.objects.filter(commitment__number="8.1").latest("id")
        slip = escalations.sign_paper(self._leaders[slip.commitment.leader], slip.pk, slip.version, date(2021, 12, 10))
        sent = escalations.Sent(date(2021, 12, 10), number="星教督〔2021〕3号（演示）", scan=(_SCAN, scan(slip.title)))
        slip = escalations.send(self.office, slip.pk, slip.version, sent)
        answer = escalations.Answer(words.ANSWER, date(2021, 12, 15))
        slip = escalations.answer(self._sections["JJ"], slip.pk, slip.version, answer)
        self._mend(slip)
        note = Slip.objects.filter(commitment__number="27.4").latest("id")
        escalations.send(self.office, note.pk, note.version, escalations.Sent(date(2021, 12, 10)))

    def _mend(self, slip: Slip) -> None:
        due = date(2021, 12, 17)
        told = escalations.Problem("（演示）两区增班计划没有逐校时间表", "ledger", due, paper=slip.pk)
        kept = escalations.add(self.office, self._edition, told)
        mending = escalations.Mending("（演示）逐校排出增班时间表并公示", "（演示）增班时间表", claimed=True)
        kept = escalations.mend(self._sections["JJ"], kept.pk, kept.version, mending)
        seen = escalations.Looked(date(2021, 12, 20), self.second.name, "（演示）抽看4校，时间表已上墙", kept=True)
        escalations.look_back(self.office, kept.pk, kept.version, seen)
        row = self._row("22.9")
        told = escalations.Problem(
            "（演示）个别单位编制核查表未盖章", "inspection", date(2021, 12, 24), "RS", commitment=row.pk
        )
        escalations.add(self.office, self._edition, told)

    def closing(self) -> None:
        """销号 of an item that is done: its section, its leader and 督查室 sign."""
        row = self._row("6.1")
        signers = (
            ("section", self._sections["XQ"], date(2021, 12, 14), "（演示）27所全部验收，申请销号"),
            ("leader", self._leaders[row.leader], date(2021, 12, 15), _AGREE),
            ("office", self.second, date(2021, 12, 16), "（演示）佐证齐全，同意销号"),
        )
        for step, who, on, said in signers:
            shown = "（演示）竣工验收汇总表、幼儿园名单" if step == "section" else ""
            signing = escalations.Signing(step, on, said, shown=shown)
            escalations.sign_closing(who, row.pk, self._row("6.1").version, signing)

    def first_text(self) -> None:
        """October's bulletin with its issue, before anybody says what November brought."""
        first = self._draft(Terms(Bulletin.Kind.SERIAL, _OCTOBER, date(2021, 11, 9)))
        issued = bulletins.Issued("", date(2021, 11, 10), scan("教育督查通报第1期签发件"), _SCAN)
        bulletins.settle(self.office, first.pk, first.version, issued)

    def texts(self) -> None:
        """November's draft and a page for leaders."""
        self._draft(Terms(Bulletin.Kind.SERIAL, _NOVEMBER, date(2021, 12, 9), issue=2))
        self._draft(Terms(Bulletin.Kind.LEADERS, _NOVEMBER, date(2021, 12, 9)))

    def _draft(self, terms: Terms) -> Bulletin:
        items = rows.items(self._edition.city, self._edition, terms.on)
        return bulletins.draft(self.office, self._edition, items, terms)


def _sum(told: str, on: date) -> reports.Sum:
    """A value, or the rate of 分子/分母 with both."""
    top, slash, below = told.partition("/")
    if not slash:
        return reports.Sum(Decimal(top), on, f"{MARK}：部门月报")
    part, whole = Decimal(top), Decimal(below)
    rate = (part * 100 / whole).quantize(Decimal("0.01"))
    return reports.Sum(rate, on, f"{MARK}：部门月报", numerator=part, denominator=whole)


def _built(division: str, done: str) -> Measurement:
    """How many schools a division has finished."""
    return Measurement(
        indicator="urban_schools_built",
        on=_NOVEMBER,
        known=date(2021, 12, 15),
        value=Decimal(done),
        unit="所",
        definition=f"{MARK}：完工所数",
        standing=Standing.REPORTED,
        source=Source(f"{MARK}：各区月报"),
        division=division,
    )
