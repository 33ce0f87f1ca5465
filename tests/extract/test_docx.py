import contextlib
import io
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gxextract.document import TextBlock
from gxextract.errors import DamagedFile, EncryptedFile, InputError, TooLarge
from gxextract.extract import docx_package
from gxextract.extract.docx import read_docx
from tests.extract.docx_files import NAMESPACES, docx, p, packed


def blocks(body: str, **parts: str) -> list[tuple[str, str, int | None]]:
    read = read_docx(docx(body, **parts)).items
    return [(item.kind, item.text, item.level) for item in read if isinstance(item, TextBlock)]


def texts(body: str, **parts: str) -> list[str]:
    return [text for _, text, _ in blocks(body, **parts)]


def run(inner: str, properties: str = "") -> str:
    return f"<w:r><w:rPr>{properties}</w:rPr>{inner}</w:r>"


def t(text: str) -> str:
    return run(f"<w:t>{text}</w:t>")


def field(*inner: str) -> str:
    marks = [run(f'<w:fldChar w:fldCharType="{kind}"/>') for kind in ("begin", "separate", "end")]
    return f"{marks[0]}{inner[0]}{marks[1]}{inner[1]}{marks[2]}"


BOX = f"<w:txbxContent>{p('盒')}</w:txbxContent>"

SHOWN = [
    (t("申请") + t("人"), ["申请人"], "runs join"),
    (run("<w:t>甲</w:t><w:tab/><w:t>乙</w:t>"), ["甲\t乙"], "a tab"),
    (run("<w:t>甲</w:t><w:br/><w:t>乙</w:t>"), ["甲", "乙"], "a line break ends the line"),
    (run("<w:t>0576</w:t><w:noBreakHyphen/><w:t>82520</w:t>"), ["0576-82520"], "a hyphen that doesn't break"),
    (run("<w:t>公</w:t><w:softHyphen/><w:t>开</w:t>"), ["公开"], "a soft hyphen isn't shown"),
    (run('<w:sym w:font="Wingdings" w:char="F0FE"/><w:t>是</w:t>'), ["☑是"], "a ticked box of a symbol font"),
    (run('<w:sym w:font="Other" w:char="F041"/>'), ["\uf041"], "an unknown symbol stays what it is"),
    (f"<w:ins>{t('增')}</w:ins><w:del>{run('<w:delText>删</w:delText>')}</w:del>", ["增"], "tracked changes"),
    (f"<w:moveFrom>{t('旧')}</w:moveFrom><w:moveTo>{t('新')}</w:moveTo>", ["新"], "a tracked move"),
    (run("<w:t>密</w:t>", "<w:vanish/>") + t("明"), ["明"], "hidden text"),
    (run("<w:t>明</w:t>", '<w:vanish w:val="0"/>'), ["明"], "hiding turned off"),
    (run("<w:t>密</w:t>", '<w:rStyle w:val="H"/>') + t("明"), ["明"], "text hidden by its style"),
    (field(run("<w:instrText>PAGE</w:instrText>"), t("3")), ["3"], "a field shows its result"),
    (field(t("IF 甲") + field(t("X"), t("Y")), t("乙")), ["乙"], "a field inside a field's code isn't shown"),
    (run('<w:fldChar w:fldCharType="begin"/>') + t("甲"), ["甲"], "a field that never ends hides nothing"),
    (f"<w:fldSimple>{t('5')}</w:fldSimple>", ["5"], "a simple field"),
    (f"<w:hyperlink>{t('链接')}</w:hyperlink>", ["链接"], "a link"),
    (f"<w:sdt><w:sdtPr/><w:sdtContent>{t('控件')}</w:sdtContent></w:sdt>", ["控件"], "a content control in a line"),
    (run(f"<w:ruby><w:rt>{t('pin')}</w:rt><w:rubyBase>{t('拼')}</w:rubyBase></w:ruby>"), ["拼"], "ruby shows its base"),
    (t("前") + run(f"<w:drawing>{BOX}</w:drawing>") + t("后"), ["前后", "盒"], "a text box follows its paragraph"),
    (
        run(f"<mc:AlternateContent><mc:Choice>{BOX}</mc:Choice><mc:Fallback>{BOX}</mc:Fallback></mc:AlternateContent>"),
        ["盒"],
        "of two alternatives one is read",
    ),
    (
        run(
            f"<mc:AlternateContent><mc:Choice/><mc:Fallback><w:pict>{BOX}</w:pict></mc:Fallback></mc:AlternateContent>"
        ),
        ["盒"],
        "and it is the one with text",
    ),
    (
        "<m:oMath><m:f><m:num><m:r><m:t>1</m:t></m:r></m:num><m:den><m:r><m:t>2</m:t></m:r></m:den></m:f></m:oMath>",
        ["(1)/(2)"],
        "a fraction doesn't become 12",
    ),
]
STYLES = """
<w:style w:type="character" w:styleId="H"><w:rPr><w:vanish/></w:rPr></w:style>
<w:style w:type="paragraph" w:styleId="T"><w:name w:val="Title"/></w:style>
<w:style w:type="paragraph" w:styleId="1"><w:name w:val="heading 1"/><w:basedOn w:val="2"/></w:style>
<w:style w:type="paragraph" w:styleId="2"><w:name w:val="x"/><w:basedOn w:val="1"/>
<w:pPr><w:outlineLvl w:val="1"/></w:pPr></w:style>
<w:style w:type="paragraph" w:styleId="3"><w:name w:val="own"/><w:basedOn w:val="2"/></w:style>
"""


@pytest.mark.parametrize(("inner", "expected", "reason"), SHOWN, ids=[case[2] for case in SHOWN])
def test_a_paragraph_shows_what_word_shows(inner: str, expected: list[str], reason: str) -> None:
    assert texts(f"<w:p>{inner}</w:p>", styles=STYLES) == expected, reason


def style(name: str) -> str:
    return f'<w:pStyle w:val="{name}"/>'


HEADINGS = [
    (p("青柳县财政局年报", style("T")), ("heading", 0), "the title style"),
    (p("概况", style("1")), ("heading", 1), "a heading style by name"),
    (p("概况", style("3")), ("heading", 2), "an outline level inherited"),
    (p("概况", '<w:outlineLvl w:val="2"/>'), ("heading", 3), "an outline level of its own"),
    (p("概况", f'{style("1")}<w:outlineLvl w:val="9"/>'), ("paragraph", None), "body text in spite of its style"),
    (p("一、总体情况", style("2")), ("heading", 1), "一、 outranks the style"),
    (p("1.总体情况", style("1")), ("heading", 1), "1. doesn't"),
    (p("（一）公开"), ("heading", 2), "a number without a style"),
    (p("我局公开信息300条。", style("1")), ("paragraph", None), "a sentence in a heading style"),
    (p("正文"), ("paragraph", None), "no style, no number"),
]


@pytest.mark.parametrize(("body", "expected", "reason"), HEADINGS, ids=[case[2] for case in HEADINGS])
def test_headings(body: str, expected: tuple[str, int | None], reason: str) -> None:
    ((kind, _, level),) = blocks(body, styles=STYLES)
    assert (kind, level) == expected, reason


def test_blocks_come_in_order_through_whatever_wraps_them() -> None:
    body = (
        f"{p('甲')}<w:sdt><w:sdtContent>{p('乙')}<w:customXml>{p('丙')}</w:customXml></w:sdtContent></w:sdt>"
        f"<w:ins>{p('丁')}</w:ins><w:del>{p('删')}</w:del><w:sectPr/>{p('')}{p('戊')}"
    )
    assert texts(body) == ["甲", "乙", "丙", "丁", "戊"]


def test_running_heads_and_notes_stand_around_the_text() -> None:
    notes = f'<w:footnote w:type="separator">{p("线")}</w:footnote><w:footnote>{p("注释")}</w:footnote>'
    found = blocks(p("正文"), header1=p("页眉") + p("页眉"), footer1=p("- 1 -"), footnotes=notes)
    assert [(kind, text) for kind, text, _ in found] == [
        ("furniture", "页眉"),
        ("paragraph", "正文"),
        ("paragraph", "注释"),
        ("furniture", "- 1 -"),
    ]


def test_a_broken_part_beside_the_document_costs_only_itself() -> None:
    reading = read_docx(docx(p("正文"), header1="<unclosed>"))
    assert [item.text for item in reading.items if isinstance(item, TextBlock)] == ["正文"]
    assert [(problem.code, problem.severity) for problem in reading.problems] == [("damaged-part", "warning")]


NOTED = [
    ("", "no-text", "error", "nothing at all"),
    (run("<w:pict><v:imagedata/></w:pict>"), "picture-not-read", "error", "only a picture"),
    (t("短") + run("<a:blip/>"), "picture-not-read", "warning", "a picture and hardly any text"),
]


@pytest.mark.parametrize(("inner", "code", "severity", "reason"), NOTED, ids=[case[3] for case in NOTED])
def test_what_is_not_read_is_said(inner: str, code: str, severity: str, reason: str) -> None:
    problems = read_docx(docx(f"<w:p>{inner}</w:p>")).problems
    assert [(problem.code, problem.severity) for problem in problems] == [(code, severity)], reason


def test_a_picture_beside_enough_text_needs_no_word() -> None:
    assert read_docx(docx(p("我局认真贯彻落实" * 10) + f"<w:p>{run('<a:blip/>')}</w:p>")).problems == ()


def test_an_embedded_file_is_said_to_be_unread() -> None:
    assert [problem.code for problem in read_docx(docx(p("正文") + "<w:altChunk/>")).problems] == ["embedded-file"]


def test_strict_ooxml_is_read_like_any_other() -> None:
    document = f"<w:document {NAMESPACES}><w:body>{p('一、总体情况')}</w:body></w:document>"
    strict = document.replace(
        "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
        "http://purl.oclc.org/ooxml/wordprocessingml/main",
    )
    (item,) = read_docx(packed({"word/document.xml": strict})).items
    assert isinstance(item, TextBlock)
    assert item.level == 1


GOOD = docx(p("一、总体情况"))
DAMAGED = [
    (b"", "nothing"),
    (b"PK\x03\x04", "a bare signature"),
    (GOOD[: len(GOOD) // 2], "cut in half"),
    (GOOD[:-1], "cut by a byte"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "an old Word file"),
    (packed({"a.txt": "x"}), "a zip of something else"),
    (packed({"word/document.xml": "<w:document"}), "broken XML"),
    (packed({"word/document.xml": f"<w:document {NAMESPACES}/>"}), "no body"),
    (packed({"word/document.xml": "<!DOCTYPE a [<!ENTITY b 'x'>]><a>&b;</a>"}), "another XML"),
]


@pytest.mark.parametrize(("data", "reason"), DAMAGED, ids=[case[1] for case in DAMAGED])
def test_a_damaged_file_is_refused_with_what_to_do(data: bytes, reason: str) -> None:
    with pytest.raises(DamagedFile, match=r"again|anew"):
        read_docx(data)


def test_a_locked_member_is_an_encrypted_file() -> None:
    data = bytearray(GOOD)
    start = data.find(b"PK\x01\x02", 0)
    while start >= 0:
        data[start + 8] |= 1
        start = data.find(b"PK\x01\x02", start + 1)
    with pytest.raises(EncryptedFile, match="password"):
        read_docx(bytes(data))


@pytest.mark.parametrize(("limit", "value"), [("MAX_BYTES", 100), ("SUSPECT_BYTES", 100)])
def test_a_zip_bomb_is_refused_before_it_is_unpacked(monkeypatch: pytest.MonkeyPatch, limit: str, value: int) -> None:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", "x" * 1_000_000)
    monkeypatch.setattr(docx_package, limit, value)
    with pytest.raises(TooLarge, match="split"):
        read_docx(data.getvalue())


@given(st.integers(0, len(GOOD) - 1), st.integers(0, 255))
def test_any_broken_byte_gives_an_answer_or_our_own_error(at: int, byte: int) -> None:
    with contextlib.suppress(InputError):
        read_docx(GOOD[:at] + bytes([byte]) + GOOD[at + 1 :])
