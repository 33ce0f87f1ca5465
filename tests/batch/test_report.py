"""What is counted and told of a run, for a person and for a program."""

from __future__ import annotations

import re
from collections.abc import Callable
from html.parser import HTMLParser
from pathlib import Path
from typing import get_args

import pytest

from gxextract.batch.outcome import Failure, Outcome
from gxextract.batch.report import report_html
from gxextract.batch.run import Summary
from gxextract.batch.status import status, status_fields, status_text
from gxextract.batch.tally import SHOWN_OF_EACH, SLOWEST, Tally
from gxextract.document import Unproved
from gxextract.errors import UsageError
from gxextract.export.proved import REASONS, proved

Dump = Callable[[dict[str, str]], Path]
Go = Callable[..., Summary]


def tally_of(*outcomes: Outcome | None) -> Tally:
    tally = Tally()
    for outcome in outcomes:
        tally.add(outcome)
    return tally


def failed(path: str, message: str = "broken; fetch it again", seconds: float = 0.0) -> Outcome:
    return Outcome(path=path, status="failed", error=Failure("damaged", message), seconds=seconds)


MIXED = tally_of(
    Outcome(
        path="a",
        status="ok",
        error=None,
        pages=3,
        seconds=2.5,
        repairs={"pinyin": 3},
        checks={"verified": 1190, "repaired": 2, "unchecked": 8},
        unproved={"no-sum": 8},
    ),
    Outcome(
        path="b",
        status="partial",
        error=None,
        pages=2,
        problems={"value-missing": 4, "spans-lost": 1},
        repairs={"pinyin": 1234, "mojibake": 1},
        checks={"verified": 2, "flagged": 3, "unchecked": 1},
        unproved={"lost": 3, "no-sum": 1},
    ),
    Outcome(path="c", status="partial", error=None, problems={"spans-lost": 2}),
    failed("<script>alert(1)</script>", "it's <broken> & “bad”; fetch it again"),
    Outcome(path="e", status="skipped", error=Failure("unsupported-format", "no format of ours; convert it")),
    None,
)


def test_counts() -> None:
    assert MIXED.in_words() == "6 files: 1 ok, 2 partial, 1 failed, 1 skipped, 1 left"
    assert status_fields(MIXED) == {
        "files": 6,
        "ok": 1,
        "partial": 2,
        "failed": 1,
        "skipped": 1,
        "left": 1,
        "pages": 5,
        "proof": {
            "values": 1206,
            "verified": 1192,
            "repaired": 2,
            "flagged": 3,
            "unchecked": 9,
            "unproved": {"lost": 3, "no-sum": 9},
        },
        "errors": {"damaged": 1, "unsupported-format": 1},
        "problems": {"spans-lost": 2, "value-missing": 1},
        "findings": {},
        "notes": {},
    }


def test_how_much_is_proved() -> None:
    assert proved(MIXED.proof) == "1,194 of 1,206 values (99 %), 2 of them corrected with proof"
    html = report_html(MIXED)
    assert "1,194 of 1,206 values (99 %), 2 of them corrected with proof." in html
    assert '<td>the text was lost</td><td class="number">3</td>' in html
    assert '<td>the form has no sum for it</td><td class="number">9</td>' in html
    assert status_text(MIXED).splitlines()[1:4] == [
        "proved: 1,194 of 1,206 values (99 %), 2 of them corrected with proof",
        "        3  the text was lost",
        "        9  the form has no sum for it",
    ]


def test_every_reason_is_in_words() -> None:
    assert tuple(REASONS) == get_args(Unproved)
    assert len(set(REASONS.values())) == len(REASONS)


def test_no_values_are_no_share() -> None:
    none = tally_of(failed("a"))
    assert "No values were read." in report_html(none)
    assert "proved" not in status_text(none)


class Page(HTMLParser):
    """Checks that every element is closed, and gathers the text and what would be loaded."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.text = ""
        self.loaded: list[str] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.loaded += [value or "" for name, value in attrs if name in ("src", "href", "action")]
        if tag not in ("meta", "br"):
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if self.open and self.open[-1] != "style":
            self.text += data


def test_the_report_is_whole_and_loads_nothing() -> None:
    html = report_html(MIXED)
    page = Page(html)
    assert page.open == []
    assert page.loaded == []
    assert "url(" not in html
    assert "<script" not in html
    for said in ("<script>alert(1)</script>", "it's <broken> & “bad”; fetch it again", "damaged: 1 failed"):
        assert said in page.text
    assert "spans-lost × 1, value-missing × 4" in page.text
    assert '<td>mojibake</td><td>1</td><td class="number">1</td>' in html
    assert '<td>pinyin</td><td>2</td><td class="number">1,237</td>' in html


def test_times_stand_apart() -> None:
    slow = report_html(tally_of(failed("a", seconds=9), failed("b")))
    quick = report_html(tally_of(failed("a"), failed("b", seconds=0.5)))
    section = re.compile(r'<section id="times">.*?</section>', re.DOTALL)
    assert slow != quick
    assert section.sub("", slow) == section.sub("", quick)


def test_a_report_stays_small() -> None:
    tally = tally_of(*(failed(f"{n:05}", seconds=n) for n in range(SHOWN_OF_EACH + 50)))
    html = report_html(tally)
    assert "And 50 more, in outcomes.jsonl." in html
    assert html.count("broken; fetch it again") == SHOWN_OF_EACH
    assert sorted(tally.slowest, reverse=True)[0] == (SHOWN_OF_EACH + 49, f"{SHOWN_OF_EACH + 49:05}")
    assert len(tally.slowest) == SLOWEST


def test_a_report_of_nothing() -> None:
    assert Page(report_html(Tally())).text.count("None.") == 3


def test_status_tells_what_the_run_told(dump: Dump, go: Go, tmp_path: Path) -> None:
    summary = go(dump({"a.txt": "ok", "b.txt": "damaged", "c.txt": "partial 1", "d.txt": "ok"}), jobs=1, limit=3)
    tally = status(tmp_path / "out")
    assert tally == summary.tally
    assert status_text(tally).splitlines() == [
        "4 files: 1 ok, 1 partial, 1 failed, 1 left",
        "proved: 0 of 2 values (0 %)",
        "        2  the table is no known form",
        "failed or skipped:",
        "        1  damaged",
        "documents with problems:",
        "        1  spans-lost",
        "run the same command again to read those left",
    ]


@pytest.mark.parametrize("inputs", [None, b"", b"{}\n", b"torn", b'{"fingerprint": "x"}\n{"name": 1}\n'])
def test_status_of_what_is_no_out_folder(tmp_path: Path, inputs: bytes | None) -> None:
    if inputs is not None:
        (tmp_path / ".gxextract").mkdir()
        (tmp_path / ".gxextract/inputs.jsonl").write_bytes(inputs)
    with pytest.raises(UsageError, match="is not an out folder of gxextract; name the --out of a run"):
        status(tmp_path)
