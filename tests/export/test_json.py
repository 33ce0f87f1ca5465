"""The JSON form: as the schema says, in a fixed order, nothing dropped, nothing that isn't UTF-8."""

from __future__ import annotations

import copy
import json
from collections import Counter
from collections.abc import Callable
from importlib.resources import files
from typing import Any, get_args

import pytest
from hypothesis import given
from jsonschema import Draft202012Validator

from gxextract.document import FLAGGING, Check, Document, Metadata, Page, Source, Table, TextBlock, Unproved
from gxextract.export import to_json
from tests.samples import DOCUMENT
from tests.strategies import documents

SCHEMA = json.loads(files("gxextract.export").joinpath("schema.json").read_text("utf-8"))
VALIDATOR = Draft202012Validator(SCHEMA)


def written(document: Document) -> dict[str, Any]:
    """The document's JSON, parsed from the bytes a file would hold."""
    return json.loads(to_json(document).encode("utf-8"))


def test_the_schema_is_a_schema() -> None:
    Draft202012Validator.check_schema(SCHEMA)


@given(documents())
def test_every_document_fits_the_schema(document: Document) -> None:
    VALIDATOR.validate(written(document))


@given(documents())
def test_every_text_and_value_is_there(document: Document) -> None:
    out = written(document)
    assert out["source"]["path"] == document.source.path
    assert len(out["blocks"]) == len(document.blocks)
    for block, expected in zip(out["blocks"], document.blocks, strict=True):
        if not isinstance(expected, Table):
            assert block["text"] == expected.text
            continue
        assert [(c["row"], c["col"], c["row_span"], c["col_span"], c["text"], c["role"]) for c in block["cells"]] == [
            (c.row, c.col, c.row_span, c.col_span, c.text, c.role) for c in expected.cells
        ]
        assert [(r["row_path"], r["column_path"], r["value"], r["check"], r["cell"]) for r in block["records"]] == [
            (list(r.row_path), list(r.column_path), r.value, r.check, list(r.cell)) for r in expected.records
        ]


def test_keys_stand_in_the_order_of_the_contract() -> None:
    out = written(DOCUMENT)
    assert list(out) == ["schema_version", "source", "title", "metadata", "pages", "blocks", "proof", "problems"]
    heading, table = out["blocks"][2], out["blocks"][4]
    assert list(heading) == ["kind", "level", "text", "page", "box", "repairs"]
    assert " ".join(table) == "kind id caption rows cols evidence form parts cells records"
    assert " ".join(table["cells"][0]) == (
        "row col row_span col_span text role page box parts origin confidence repairs"
    )
    assert list(table["records"][0]) == ["row_path", "column_path", "text", "value", "check", "unproved", "cell"]
    assert " ".join(out["proof"]) == "values verified repaired flagged unchecked unproved"


def test_the_schema_knows_every_reason() -> None:
    assert tuple(SCHEMA["$defs"]["reason"]["enum"]) == get_args(Unproved)
    allowed = SCHEMA["$defs"]["record"]["allOf"][-1]
    assert set(allowed["then"]["properties"]["unproved"]["enum"]) == FLAGGING
    assert set(allowed["else"]["properties"]["unproved"]["not"]["enum"]) == FLAGGING


@given(documents())
def test_the_proof_adds_up(document: Document) -> None:
    out = written(document)
    proof = out["proof"]
    records = [record for block in out["blocks"] for record in block.get("records", ())]
    checks = Counter(record["check"] for record in records)
    assert {check: proof[check] for check in get_args(Check)} == {check: checks[check] for check in get_args(Check)}
    assert proof["values"] == len(records) == sum(proof[check] for check in get_args(Check))
    assert proof["unproved"] == Counter(record["unproved"] for record in records if "unproved" in record)
    assert sum(proof["unproved"].values()) == proof["flagged"] + proof["unchecked"]


def test_the_proof_of_the_sample() -> None:
    assert written(DOCUMENT)["proof"] == {
        "values": 3,
        "verified": 0,
        "repaired": 0,
        "flagged": 1,
        "unchecked": 2,
        "unproved": {"lost": 1, "no-form": 1, "not-judged": 1},
    }


@pytest.mark.parametrize("check", ["verified", "repaired"])
def test_a_proved_value_has_no_reason(check: str) -> None:
    out = written(DOCUMENT)
    record = table_of(out)["records"][0]
    record["check"] = check
    assert not VALIDATOR.is_valid(out)
    del record["unproved"]
    VALIDATOR.validate(out)


def test_a_level_stands_on_headings_only() -> None:
    assert [block.get("level", "none") for block in written(DOCUMENT)["blocks"][:4]] == ["none", 0, 1, "none"]


def test_repeated_header_rows_stand_after_the_first_part_only() -> None:
    assert written(DOCUMENT)["blocks"][4]["parts"] == [
        {"page": 1, "box": [90.0, 300.0, 500.0, 400.0]},
        {"page": 2, "box": [90.0, 72.0, 500.0, 150.5], "repeated_header_rows": 2},
    ]


def test_page_and_box_of_a_cell_are_its_first_parts() -> None:
    cell = written(DOCUMENT)["blocks"][4]["cells"][5]
    assert (cell["page"], cell["box"]) == (2, [200.0, 80.13, 240.0, 96.0])
    assert cell["parts"] == [{"page": 2, "box": [200.0, 80.13, 240.0, 96.0]}]


def test_a_lost_value_is_null_and_a_blank_one_is_not() -> None:
    lost = written(DOCUMENT)["blocks"][4]["records"][1]
    assert (lost["text"], lost["value"], lost["check"]) == (None, None, "flagged")


def test_hanzi_are_written_as_themselves_and_records_a_line_each() -> None:
    lines = to_json(DOCUMENT).splitlines()
    assert any("一、总体情况" in line for line in lines)
    assert sum('"row_path"' in line for line in lines) == 3


def test_equal_documents_are_equal_files() -> None:
    assert to_json(DOCUMENT) == to_json(copy.deepcopy(DOCUMENT))


def test_minus_zero_is_zero() -> None:
    block = TextBlock(kind="paragraph", text="", box=(-0.001, -0.0, 0.0, 1.0))
    document = Document(
        source=Source(path="a", sha256="0" * 64, size=0, format="text"),
        title=None,
        metadata=Metadata(),
        pages=(Page(number=1, width=1, height=1, words_from="none", why=""),),
        blocks=(block,),
        problems=(),
    )
    assert "-0.0" not in to_json(document)


def table_of(out: dict[str, Any]) -> dict[str, Any]:
    return out["blocks"][4]


REFUSED: dict[str, Callable[[dict[str, Any]], object]] = {
    "an unknown key": lambda out: out.update(extra=1),
    "another version": lambda out: out.update(schema_version=2),
    "a kind of block nobody knows": lambda out: out["blocks"][2].update(kind="footnote"),
    "a level on a paragraph": lambda out: out["blocks"][3].update(level=1),
    "a heading without a level": lambda out: out["blocks"][2].pop("level"),
    "a page before the first": lambda out: out["blocks"][2].update(page=0),
    "a box of three numbers": lambda out: table_of(out)["cells"][5].update(box=[1, 2, 3]),
    "a cell that covers nothing": lambda out: table_of(out)["cells"][0].update(row_span=0),
    "repeated header rows on the first part": lambda out: table_of(out)["parts"][0].update(repeated_header_rows=1),
    "no repeated header rows on the second": lambda out: table_of(out)["parts"][1].pop("repeated_header_rows"),
    "a lost value that nobody is warned of": lambda out: table_of(out)["records"][1].update(check="unchecked"),
    "a value that isn't proved, and nobody says why": lambda out: table_of(out)["records"][0].pop("unproved"),
    "a reason nobody knows": lambda out: table_of(out)["records"][0].update(unproved="tired"),
    "a reason to flag a value that isn't flagged": lambda out: table_of(out)["records"][0].update(unproved="suspect"),
    "a flagged value that only has no sum": lambda out: table_of(out)["records"][0].update(
        check="flagged", unproved="no-sum"
    ),
    "a lost value with another reason": lambda out: table_of(out)["records"][1].update(unproved="doubtful"),
    "a proof without its reasons": lambda out: out["proof"].pop("unproved"),
    "a proof that counts what isn't there": lambda out: out["proof"].update(guessed=1),
    "a proof by a reason nobody knows": lambda out: out["proof"]["unproved"].update(tired=1),
    "a reason for no value": lambda out: out["proof"]["unproved"].update(zeros=0),
    "a value that is text": lambda out: table_of(out)["records"][0].update(value="12"),
}


@pytest.mark.parametrize("change", REFUSED)
def test_the_schema_refuses(change: str) -> None:
    out = written(DOCUMENT)
    VALIDATOR.validate(out)
    REFUSED[change](out)
    assert not VALIDATOR.is_valid(out)
