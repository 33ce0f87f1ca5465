"""What holds of the room as a whole, whatever the text."""

import itertools
import random
import re
import time
import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from fixtures import prose
from gxextract.repair import repair_fragments, repair_text, replay, undo

MISREADINGS = [
    ("gb18030", "latin-1"),
    ("gb18030", "cp1252"),
    ("utf-8", "gb18030"),
    ("utf-8", "cp1252"),
    ("utf-8", "latin-1"),
    ("gb18030", "big5"),
    ("big5", "gb18030"),
    ("utf-8", "big5"),
]
PIECES = [
    *(
        "政府信息公开",
        "年度报告",
        "2023年",
        "申请37件",
        "１２３",
        "（以下简称《条例》）",
        "，",
        "。",
        "？",
        "?",
        "??",
        "\n",
        "\t",
        "|",
        " ",
    ),
    *(
        "公開(kāi)",
        "鎮(zhèn)",
        "發(fā)布",
        "年(nian)",
        "(Wang Wei)",
        "&amp;nbsp;",
        "&#20013;",
        "[bookmark: _GoBack]",
        "_x000D_",
    ),
    *(
        "⼈⺠",
        "⼀、",
        "\u200b",
        "\u00ad",
        "\x07",
        "\ufeff",
        "\ufffd",
        "\u202d",
        "。。",
        "，，",
        "￥",
        "5",
        "-",
        "ÖÐ¹ú",
        "鏀垮簻",
        "锟斤拷",
    ),
    *(
        "é",
        "naïve",
        "ん",
        "한",
        "می\u200cخ",
        "👩\u200d💻",
        "\ue81e",
        "\uf0b7",
        "金",
        "\x96",
        "0",
        "abc",
        "https://example.org/?a=1&copy=2",
    ),
]
texts = st.one_of(
    st.text(max_size=60),
    st.text(st.characters(min_codepoint=1, max_codepoint=0x2FF), max_size=60),
    st.text(st.characters(min_codepoint=0x2E00, max_codepoint=0x9FFF), max_size=60),
    st.lists(st.sampled_from(PIECES), max_size=12).map("".join),
)


@st.composite
def garbled(draw):
    """A made-up sentence whose bytes were read in a wrong encoding, once or twice, and perhaps lost some."""
    text = draw(st.lists(st.sampled_from(PIECES[:24]), min_size=1, max_size=10).map("".join))
    for written, read in draw(st.lists(st.sampled_from(MISREADINGS), min_size=1, max_size=2)):
        text = text.encode(written, "ignore").decode(read, "replace")
    return text


def digits(text):
    return re.findall("[0-9]", text)


@given(st.one_of(texts, garbled()))
@example("甲&amp;nbsp;乙１２３")
@example("\x00")
def test_steps_replay_to_the_result_and_undo_to_the_source(text):
    result, steps = repair_text(text)
    assert replay(text, steps) == result
    assert undo(result, steps) == text
    assert bool(steps) == (result != text)
    assert repair_text(text) == (result, steps)


@given(st.one_of(texts, garbled()))
def test_digits_never_change_but_in_width(text):
    """Plain digits survive every codec. Codes that are dropped or unescaped (``&#20013;``) have digits of their own."""
    _, steps = repair_text(text)
    for step in steps:
        if step.fixer == "width":
            assert digits(unicodedata.normalize("NFKC", step.before)) == digits(step.after), step
        elif step.fixer != "debris" and "\x1b[" not in step.before:
            assert digits(step.before) == digits(step.after), step


@pytest.mark.parametrize(
    "text",
    [
        "銆傜敵璇�37剁殑浜烘笎娓愬\ue63f浜嗚捣鏉ャ��",
        "撟游漲��亙��撟�(nian)��批��敺�嚗���������曹��銝�銝芸��撠���嗚����唾窈37隞閏",
    ],
    ids=["UTF-8 read as GBK", "UTF-8 read as Big5"],
)
def test_a_figure_beside_lost_bytes_stays(text):
    assert digits(repair_text(text)[0]) == ["3", "7"]


@given(st.lists(st.one_of(texts, garbled()), max_size=5))
def test_fragments_come_back_one_for_one(fragments):
    results = repair_fragments(fragments)
    assert [undo(result, steps) for result, steps in results] == fragments
    assert [replay(fragment, steps) for fragment, (_, steps) in zip(fragments, results, strict=True)] == [
        result for result, _ in results
    ]


def test_there_are_no_fragments_of_nothing():
    assert repair_fragments([]) == []


def reports(count):
    """The prose of made-up reports, one paragraph a text."""
    for seed in range(count):
        rng = random.Random(seed)
        facts = prose.Facts(
            agency=rng.choice(prose.PLACES) + rng.choice(prose.OFFICES),
            year=rng.randint(2015, 2024),
            published="2022年1月21日",
            received=rng.randint(0, 90),
            carried=rng.randint(0, 9),
            handled=rng.randint(0, 90),
            reviews=rng.randint(0, 9),
            suits=rng.randint(0, 9),
        )
        for part in (prose.overview, prose.shortcomings, prose.closing):
            yield from (text.text for text in part(rng, facts))


# fmt: off
WHO = (
    "县委书记", "镇上的老木匠", "检察官", "物理老师", "气象台", "图书馆", "渔民们", "两位外科医生", "考古队",
    "编辑部", "社区网格员", "水稻专家", "她的外祖母", "消防支队", "合唱团", "民宿老板", "铁路工人", "研究生",
    "纪录片导演", "卫星测控站",
)
WHEN = (
    "清晨", "去年冬天", "会议结束后", "汛期来临之前", "凌晨四点", "上个世纪末", "每逢赶集", "退休以后",
    "毕业那年", "第三季度",
)
HOW = (
    "一丝不苟地", "匆匆", "不紧不慢地", "联名", "隔着玻璃", "依法", "悄悄", "逐户", "连夜", "顶着烈日",
    "用方言", "反复",
)
DID = (
    "修好了断裂的榫卯", "核对了每一张凭证", "讲述惯性定律", "发布雷电黄色预警", "整理泛黄的手稿", "晾晒渔网",
    "讨论手术方案", "清理出一件陶罐", "校对清样", "调解邻里纠纷", "记录分蘖的株数", "腌制芥菜", "排查电气隐患",
    "练习和声", "粉刷墙壁", "更换道岔", "推导偏微分方程", "剪辑素材", "跟踪轨道参数", "签收挂号信",
    "丈量宅基地", "翻译楔形文字", "称量药材", "测定酸碱度",
)
THEN = (
    "，围观的人渐渐多了起来。", "；谁也没有料到结果会如此。", "，并把经过写进了日记！",
    "——这在当地还是头一回。", "。后来呢？没有人再提起。", "，“总算放心了，”旁人说。",
    "，前后花了三个半小时。", "（照片见附录）。", "，误差不超过千分之五。", "……直到灯熄灭。",
)
# fmt: on


def sentences():
    """Prose of another kind than reports': every WHO once with every DID, the rest drawn by lot."""
    rng = random.Random(5)
    for who, did in itertools.product(WHO, DID):
        for _ in range(5):
            yield f"{rng.choice(WHEN)}，{who}{rng.choice(HOW)}{did}{rng.choice(THEN)}"


@pytest.mark.parametrize("source", [lambda: reports(90), sentences], ids=["reports", "sentences"])
def test_sound_prose_stays(source):
    """At least 50,000 characters of each, as one document: not one change."""
    texts = list(source())
    assert sum(map(len, texts)) >= 50_000
    changed = [(text, steps) for text, (_, steps) in zip(texts, repair_fragments(texts), strict=True) if steps]
    assert changed == []


def test_sound_text_takes_under_two_milliseconds_a_kilobyte():
    """Processor time, the best of three, warm: a busy machine is no failure, a fixer slow on sound text is one."""
    texts = [*reports(5), *itertools.islice(sentences(), 200), "The annual report was published in January. " * 40]
    kilobytes = sum(len(text.encode()) for text in texts) / 1024
    seconds = []
    for _ in range(4):
        started = time.process_time()
        repair_fragments(texts)
        seconds.append(time.process_time() - started)
    assert min(seconds[1:]) / kilobytes < 0.002


LONG = [
    "&nbsp;",
    "<!-- ",
    "HYPERLINK “",
    "[bookmark: ",
    "中\u200b",
    "\u00ad1",
    "\x07 1",
    "⼈中",
    "１|",
    "，，中",
    "。。",
    "\ufeff",
]
LONG += ["ÖÐ¹ú", "鏀垮簻", "锟斤拷", "é", "公開(kāi)", "信息?5條", "ä¸­å›½", "(", "a?", "?", "\ufffd"]


@pytest.mark.parametrize("piece", LONG, ids=ascii)
def test_time_grows_with_the_length_of_a_line(piece):
    """Four times the length takes no more than eight times as long, the best of three."""

    def seconds(length):
        text = piece * (length // len(piece))
        best = 10.0
        for _ in range(3):
            started = time.process_time()
            repair_text(text)
            best = min(best, time.process_time() - started)
        return best

    assert seconds(16_000) < 8 * seconds(4_000) + 0.02
