"""Sound texts garbled by every accident in turn, and how many of them come back exactly; ours beside two peers.

    python -m bench.repair

Texts are the paragraphs of made-up reports and the labels of the known forms. ftfy gets the garbled text.
charset-normalizer takes bytes: it gets what the encoding that went wrong makes of the garbled text, so it is told which
that was. Peers that aren't installed are left out (``pip install ftfy charset-normalizer``).

Accidents marked with a star lose bytes for good. ``silent`` counts texts that came back neither exact nor as they were
given, with nothing in them that says so.
"""

from __future__ import annotations

import argparse
import random
import re
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial

from fixtures import prose
from fixtures.prose import Facts
from gxextract.forms.model import Node, catalogue
from gxextract.repair import repair_text
from gxextract.repair.misreadings import BIG5, GBK, WESTERN, Misreading, as_browsers_read_gbk
from gxextract.repair.unreadable import unreadable

Mender = Callable[[str, bytes], str]
UNDEFINED_IN_1252 = (0x81, 0x8D, 0x8F, 0x90, 0x9D)


@dataclass(frozen=True, slots=True, kw_only=True)
class Accident:
    """Text encoded by ``right`` and shown as ``misread`` shows bytes. ``lossy`` ones lose some for good."""

    name: str
    right: str
    wrong: Misreading
    misread: Callable[[bytes], str]
    lossy: bool = False

    def __call__(self, text: str) -> str:
        return self.misread(text.encode(self.right))


def as_windows_reads_1252(data: bytes) -> str:
    return "".join(chr(byte) if byte in UNDEFINED_IN_1252 else bytes([byte]).decode("cp1252") for byte in data)


def with_question_marks(codec: str, data: bytes) -> str:
    return data.decode(codec, errors="replace").replace("\ufffd", "?")


def without_private_use(data: bytes) -> str:
    return re.sub("[\ue000-\uf8ff]", "", as_browsers_read_gbk(data))


def twice(misread: Callable[[bytes], str]) -> Callable[[bytes], str]:
    return lambda data: misread(misread(data).encode())


ACCIDENTS = (
    Accident(name="GBK read as cp1252", right="gbk", wrong=WESTERN, misread=as_windows_reads_1252),
    Accident(name="GBK read as Latin-1", right="gbk", wrong=WESTERN, misread=partial(str, encoding="latin-1")),
    Accident(name="UTF-8 read as cp1252", right="utf-8", wrong=WESTERN, misread=as_windows_reads_1252),
    Accident(
        name="UTF-8 read as Latin-1, twice",
        right="utf-8",
        wrong=WESTERN,
        misread=twice(partial(str, encoding="latin-1")),
    ),
    Accident(
        name="UTF-8 read as cp1252, ? for losses",
        right="utf-8",
        wrong=WESTERN,
        misread=partial(with_question_marks, "cp1252"),
        lossy=True,
    ),
    Accident(name="UTF-8 read as GBK by browsers", right="utf-8", wrong=GBK, misread=as_browsers_read_gbk, lossy=True),
    Accident(name="the same, twice", right="utf-8", wrong=GBK, misread=twice(as_browsers_read_gbk), lossy=True),
    Accident(
        name="the same once, private-use characters thrown away",
        right="utf-8",
        wrong=GBK,
        misread=without_private_use,
        lossy=True,
    ),
    Accident(
        name="UTF-8 read as GBK, ? for losses",
        right="utf-8",
        wrong=GBK,
        misread=partial(with_question_marks, "gb18030"),
        lossy=True,
    ),
    Accident(
        name="UTF-8 read as GBK, losses dropped",
        right="utf-8",
        wrong=GBK,
        misread=partial(str, encoding="gbk", errors="ignore"),
        lossy=True,
    ),
    Accident(
        name="UTF-8 read as Big5",
        right="utf-8",
        wrong=BIG5,
        misread=partial(str, encoding="big5", errors="replace"),
        lossy=True,
    ),
    Accident(
        name="GBK read as Big5",
        right="gbk",
        wrong=BIG5,
        misread=partial(str, encoding="big5hkscs", errors="replace"),
        lossy=True,
    ),
    Accident(name="Big5 read as GBK", right="big5hkscs", wrong=GBK, misread=as_browsers_read_gbk),
)


def paragraphs(characters: int, seed: int = 11) -> list[str]:
    """Prose of made-up reports, as much as asked for at least."""
    rng = random.Random(seed)
    out: list[str] = []
    while sum(map(len, out)) < characters:
        year = rng.randint(2021, 2025)
        facts = Facts(
            agency=rng.choice(prose.PLACES) + rng.choice(prose.OFFICES),
            year=year,
            published=prose.published(rng, year),
            received=rng.randint(0, 99),
            carried=rng.randint(0, 9),
            handled=rng.randint(0, 99),
            reviews=rng.randint(0, 9),
            suits=rng.randint(0, 9),
        )
        for section in (prose.overview, prose.shortcomings, prose.closing):
            out += [one.text for one in section(rng, facts)]
    return out


def labels() -> tuple[str, ...]:
    """Every spelling of every label of the known forms."""
    return tuple(sorted({name for form in catalogue() for node in _nodes(form.blocks) for name in node.names}))


def _nodes(blocks: Sequence[object]) -> Iterator[Node]:
    for block in blocks:
        heads = (block.title, block.corner)  # type: ignore[attr-defined]
        stack = [*block.columns, *block.rows, *(node for node in heads if node)]  # type: ignore[attr-defined]
        while stack:
            node = stack.pop()
            yield node
            stack += node.children


def menders(known: Sequence[str]) -> dict[str, Mender]:
    """Ours, ours that knows the labels, and the peers found on this machine."""
    found: dict[str, Mender] = {
        "gxextract": lambda text, _: repair_text(text, script="keep")[0],
        "gxextract, labels known": lambda text, _: repair_text(text, script="keep", labels=known)[0],
    }
    try:
        from ftfy import fix_text

        found["ftfy"] = lambda text, _: fix_text(text)
    except ImportError:
        print("ftfy is left out: it isn't installed")
    try:
        from charset_normalizer import from_bytes

        found["charset-normalizer"] = lambda _, data: str(from_bytes(data).best() or "")
    except ImportError:
        print("charset-normalizer is left out: it isn't installed")
    return found


def restored(texts: Sequence[str], accident: Accident, mender: Mender) -> tuple[int, int, int]:
    """How many texts the accident garbles, how many of those come back exactly, and how many silently wrong."""
    garbled = exact = silent = 0
    for text in texts:
        try:
            before = accident(text)
        except UnicodeEncodeError:
            continue
        if before == text:
            continue
        after = mender(before, b"".join(accident.wrong.bytes_in(before)))
        garbled += 1
        exact += after == text
        silent += after not in (text, before) and not unreadable(after)
    return garbled, exact, silent


def in_script(texts: Sequence[str], accident: Accident) -> Sequence[str]:
    """``texts`` in the characters that the right encoding has: Big5 has the traditional ones only."""
    if accident.right != "big5hkscs":
        return texts
    import opencc

    convert = opencc.OpenCC("s2t").convert
    return [convert(text) for text in texts]


def table(name: str, texts: Sequence[str], mending: dict[str, Mender]) -> None:
    """Prints the shares restored."""
    print(f"\n| {name} | " + " | ".join(f"{who} | silent" for who in mending) + " |")
    print("|---" * (1 + 2 * len(mending)) + "|")
    for accident in ACCIDENTS:
        row: list[str] = []
        for mender in mending.values():
            garbled, exact, silent = restored(in_script(texts, accident), accident, mender)
            row += [f"{100 * exact / garbled:.0f} % of {garbled}", str(silent)]
        print(f"| {accident.name}{' *' if accident.lossy else ''} | " + " | ".join(row) + " |")


def sound(texts: Sequence[str]) -> None:
    """Prints how many sound texts change, and how long that takes."""
    size = sum(len(text.encode()) for text in texts)
    start = time.perf_counter()
    changed = [text for text in texts if repair_text(text)[0] != text]
    seconds = time.perf_counter() - start
    print(
        f"\nSound prose, {sum(map(len, texts)):,} characters: {len(changed)} of {len(texts)} paragraphs changed,",
        end="",
    )
    print(f" {1e6 * seconds / size:.3f} ms a kilobyte")


def main() -> None:
    """Prints the tables."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--characters", type=int, default=20_000, help="of prose to garble (default: %(default)s)")
    asked = parser.parse_args()
    sound(paragraphs(100_000))
    known = labels()
    mending = menders(known)
    table(f"{len(known)} labels", known, mending)
    del mending["gxextract, labels known"]
    table("paragraphs", list(dict.fromkeys(paragraphs(asked.characters))), mending)


if __name__ == "__main__":
    main()
