from __future__ import annotations

from gxextract.extract.prose import Line, furniture, page_columns, paragraphs

LEFT, RIGHT, SIZE = 90.0, 505.0, 12.0


def line(text: str, top: float, *, page: int = 1, left: float = LEFT, right: float | None = None, size: float = SIZE):
    right = left + size * len(text) if right is None else right
    return Line(text=text, page=page, box=(left, top, right, top + size), size=size, page_width=595, page_height=842)


def full(text: str, top: float, **place) -> Line:
    return line(text, top, right=RIGHT, **place)


def texts(*lines: Line) -> list[tuple[str, str, int | None]]:
    return [(block.kind, block.text, block.level) for block in paragraphs(lines, page_columns(lines))]


INDENT = LEFT + 2 * SIZE


def test_full_lines_go_on_and_an_indented_one_starts_anew():
    assert texts(
        full("我局认真贯彻落实条例", 100, left=INDENT),
        full("规定，主动公开政府信", 122),
        line("息十条。", 144),
        full("下一年度，我局将继续", 166, left=INDENT),
        line("努力。", 188),
    ) == [
        ("paragraph", "我局认真贯彻落实条例规定，主动公开政府信息十条。", None),
        ("paragraph", "下一年度，我局将继续努力。", None),
    ]


def test_a_sentence_goes_on_over_the_page():
    assert texts(
        full("我局认真贯彻落实条例", 722, left=INDENT),
        full("规定，主动公开政府信", 744),
        full("息，不断提高工作质量", 80, page=2),
        full("和服务水平，取得明显", 102, page=2),
        line("成效。", 124, page=2),
    ) == [("paragraph", "我局认真贯彻落实条例规定，主动公开政府信息，不断提高工作质量和服务水平，取得明显成效。", None)]


def test_latin_words_keep_their_spaces():
    assert texts(full("see the annual", 100), full("report of 2023", 122), line("here", 144)) == [
        ("paragraph", "see the annual report of 2023 here", None)
    ]


def test_headings_in_full_lines_stay_apart():
    found = texts(
        full("一、总体情况............1", 100),
        full("二、主动公开政府信息情况", 122),
        line("三、其他", 144),
    )
    assert [text for _, text, _ in found][1:] == ["二、主动公开政府信息情况", "三、其他"]


def test_a_title_of_two_lines_is_one():
    found = texts(
        line("青柳县自然资源和规划局", 80, left=142.0, right=453.0, size=22.0),
        line("年度报告", 110, left=253.0, right=342.0, size=22.0),
        *(full("正文正文正文正文", 150 + 22 * i) for i in range(6)),
    )
    assert found[0][1] == "青柳县自然资源和规划局年度报告"


def test_furniture_is_what_margins_repeat_and_page_numbers():
    head = [line("青柳县民政局", 40, page=page) for page in (1, 2, 3)]
    foot = [line(f"- {page} -", 800, page=page, left=280) for page in (1, 2, 3)]
    once = line("盖章", 800, page=3, left=400)
    body = [line("青柳县民政局", 400, page=page) for page in (1, 2, 3)]
    assert furniture([*head, *foot, once, *body]) == frozenset([*head, *foot])


def test_a_number_in_the_text_is_no_page_number():
    assert furniture([line("2023", 400)]) == frozenset()


def test_no_lines():
    assert texts() == []
