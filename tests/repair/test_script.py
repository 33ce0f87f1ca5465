"""What a mirror converted is converted back; what was written in traditional characters stays."""

from __future__ import annotations

import pytest

from gxextract.repair import repair_text, replay, undo
from gxextract.repair.context import Context
from gxextract.repair.script import is_traditional, script
from gxextract.repair.steps import apply

MAINLAND_WORDS = """
乾隆 乾坤 瞭望 慰藉 狼藉 著名 著作 显著 名著 编著 专著 论著 土著 昭著 著称 著录
于是 以后 皇后 前后 里程 公里 心里 什么 余额 其余 征收 象征 钟情 时钟 复议 重复 答复 覆盖
制作 制度 准备 批准 干旱 干部 干涉 树干 面条 表面 周年 周到 布局 发布 头发 尽管 尽快 沈阳
采购 采取 关系 系统 联系 赞成 范围 姓范 历史 日历 老板 手表 代表 山谷 稻谷 升级 致力 细致
旅游 游泳 注册 注意 台风 平台 台州 占用 汇总 词汇 余杭 伙伴 获得 收获 尝试 体恤 审核 启动
随着 沿着 意味着 着力 着眼 着手 着实 有着 看着 穿着 舍得 宿舍 冲突 只有 船只 松树 放松 丑时 丑陋
麻痹 屋檐 昵称 数值 效率 见微知著 撰著 反映 反应 准许 凭证 证明 佣金 雇佣 吁请 呼吁 复印 恢复
"""


def converted(text: str, context: Context) -> str:
    return apply(text, script(text, context), "script")[0]


@pytest.mark.parametrize("word", MAINLAND_WORDS.split())
def test_a_word_comes_back_from_a_mirror(word: str) -> None:
    """Mirrors convert character by character; a sentence around the word tells that this is converted text."""
    from fixtures.render_mirror import mirrored

    sentence = f"现将有关情况报告如下：{word}，公开工作继续开展。"
    text, steps = repair_text(mirrored(sentence))
    assert text == sentence
    assert replay(mirrored(sentence), steps) == sentence
    assert undo(sentence, steps) == mirrored(sentence)


@pytest.mark.parametrize(
    "text",
    [
        "香港特別行政區政府今日公佈，有關條例將於下月生效。",
        "本會依政府資訊公開法第七條規定，主動公開下列資訊。",
        "行政院衛生福利部（以下簡稱衛福部）",
        "皇后大道東",
        "日本国内閣総理大臣の発表",
    ],
)
def test_a_source_in_traditional_characters_stays_unless_asked(text: str) -> None:
    assert repair_text(text) == (text, ())
    assert repair_text(text, script="simplified")[0] != text


@pytest.mark.parametrize(
    ("text", "clean", "why"),
    [
        ("發布機構", "发布机构", "no reading of its own"),
        ("關于", "关于", "as many characters of either script: what was converted isn't always converted whole"),
        ("隨著改革著力推進,著名學者著有《論著》", "随着改革着力推进,著名学者著有《论著》", "著 for 着, and 著 itself"),
        ("瞭望公开", "瞭望公开", "simplified, with a character that looks traditional"),
        ("2016-01-02", "2016-01-02", "nothing to convert"),
    ],
)
def test_in_an_annotated_document(text: str, clean: str, why: str) -> None:
    assert converted(text, Context(annotated=True)) == clean


@pytest.mark.parametrize(
    ("asked", "text", "clean"),
    [
        ("simplified", "資訊公開條例", "资讯公开条例"),
        ("simplified", "显著的著作", "显著的著作"),
        ("traditional", "信息公开条例，皇后与后来", "信息公開條例，皇后與後來"),
        ("traditional", "皇后大道東的發展", "皇后大道東的發展"),
        ("keep", "發布機構", "發布機構"),
    ],
)
def test_what_was_asked_for(asked: str, text: str, clean: str) -> None:
    assert converted(text, Context(script=asked, annotated=True)) == clean  # type: ignore[arg-type]


def test_a_step_is_a_stretch_that_differs() -> None:
    _, steps = apply("信息發佈時間", script("信息發佈時間", Context(script="simplified")), "script")
    assert [(step.start, step.before, step.after) for step in steps] == [(2, "發佈時間", "发布时间")]


def test_a_conversion_that_changes_the_length_replays(monkeypatch: pytest.MonkeyPatch) -> None:
    def longer(text: str, conversion: str) -> str:
        return text.replace("發", "发发").replace("機", "机")

    monkeypatch.setattr("gxextract.repair.script._converted", longer)
    text, steps = apply("發布機構", script("發布機構", Context(script="simplified")), "script")
    assert text == "发发布机構"
    assert len(steps) == 2
    assert undo(text, steps) == "發布機構"


@pytest.mark.parametrize(
    ("text", "traditional"),
    [("發布", True), ("发布", False), ("公文", False), ("", False), ("關于", True), ("为關开", False)],
)
def test_which_script(text: str, traditional: bool) -> None:
    assert is_traditional(text) is traditional
