"""What the shapes of a font mean, where its codes don't say: each is looked at in several pictures, and read by vote.

A shape is looked at in two ways. *In context*: a run of characters as the page sets it, without what else is printed
there. *In a row*: shapes that have nothing to do with each other, side by side, so that no word can be guessed. A
reading of as many characters as the picture has gives each of them a vote; any other reading is dropped whole.

1. A shape is known once it was read often enough, both ways, and nearly always as the same character, digits more so.
2. A shape of which there are two opinions (``O`` or ``0``) is the one that no shape known of its font is.
3. What is still open is looked at again, in other runs and other rows, so many times over.
4. Of several shapes of a font that are read as one letter or digit, that which is used most is believed.

What is open after that stays unread: a wrong character would be wrong wherever the shape stands.
"""

from __future__ import annotations

import random
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from .drawn import LIKE, Drawn, Glyph, Run, as_set, in_row, likeness
from .engine import Engine

ROUNDS = 6
CONTEXTS = 2
"""In how many runs a shape is looked at a round."""
ROWS = 2
"""In how many rows a shape is looked at a round, each of ROW shapes."""
ROW = 10
LONGEST_RUN = 20
"""Longer pictures are read less well, and one character too many spoils them all."""
CONFIDENT = 0.5
"""A picture read with less gives no votes."""
ENOUGH = 3
"""So many votes make a shape known, if both ways of looking have one."""
ENOUGH_ALIKE = 4
"""So many if all are of one way, as of a dash that only stands alone."""
AGREED = 0.75
"""The share of the looks that must agree,"""
DIGITS_AGREED = 0.9
"""and where any of them was taken for a digit."""
LEFT = 0.4
"""The share of the looks that must be left when those are put aside that mean another glyph of the font."""
ROUNDING = 4
"""The ink of one glyph, drawn at two sizes, lies where it lay but for so much."""
BAR = 0.9
"""A shape that fills so much of its box is a bar: what it is called depends on its measures, in shares of the size."""
HAIRLINE = 0.06
THICK = 0.12
LONG = 0.45
WIDE = 0.75
_DASHES = frozenset("-—–一ー_─")
_WIDENED = str.maketrans(",:;()!?~", "，：；（）！？～")


@dataclass(frozen=True, slots=True, kw_only=True)
class Read:
    """The character a glyph means, and how sure that is."""

    text: str
    confidence: float


@dataclass(slots=True)
class Votes:
    """What a glyph was read as, and with what confidence all told, folded to one width."""

    in_context: Counter[str] = field(default_factory=Counter)
    in_rows: Counter[str] = field(default_factory=Counter)
    confidence: dict[str, float] = field(default_factory=lambda: defaultdict(float))

    @property
    def all(self) -> Counter[str]:
        return self.in_context + self.in_rows


def read_glyphs(
    wanted: Collection[Glyph], runs: Sequence[Run], engine: Engine, known: Mapping[Glyph, Read]
) -> dict[Glyph, Read]:
    """What the ``wanted`` glyphs mean, as far as that can be told from ``runs``, which may hold others too.

    Those ``known`` already aren't looked at again; they help to tell the others.
    """
    samples = {drawn.glyph: drawn for run in runs for drawn in run}
    found = {glyph: known[glyph] for glyph in samples if glyph in known}
    votes = {glyph: Votes() for glyph in samples if glyph in wanted and glyph not in found}
    pieces = _pieces(runs)
    for turn in range(ROUNDS):
        asked = [glyph for glyph in votes if glyph not in found]
        if not asked:
            break
        in_context, pieces = _covering(pieces, set(asked))
        rows = list(_rows(asked, samples, turn))
        readings = engine.read([as_set(run) for run in in_context] + [in_row(row) for row in rows])
        for index, (run, (text, confidence)) in enumerate(zip((*in_context, *rows), readings, strict=True)):
            letters = [char for char in text if not char.isspace()]
            if len(letters) == len(run) and confidence >= CONFIDENT:
                _count(votes, run, letters, confidence, in_context=index < len(in_context))
        found |= decided(votes, samples, found)
    uses = Counter(drawn.glyph for run in runs for drawn in run)
    return without_rivals(found, samples, sorted(found, key=lambda glyph: (glyph not in known, -uses[glyph])))


def decided(
    votes: Mapping[Glyph, Votes], samples: Mapping[Glyph, Drawn], found: Mapping[Glyph, Read]
) -> dict[Glyph, Read]:
    """The glyphs that enough looks agree on, and then those of whose two readings one belongs to another glyph."""
    sure = {glyph: text for glyph, cast in votes.items() if glyph not in found and (text := _agreed(cast, set()))}
    taken: dict[str, set[str]] = defaultdict(set)
    for glyph, text in (*sure.items(), *((glyph, _folded(read.text)) for glyph, read in found.items())):
        taken[glyph.font].add(text)
    for glyph, cast in votes.items():
        if glyph not in found and glyph not in sure and (text := _agreed(cast, taken[glyph.font])):
            sure[glyph] = text
    return {
        glyph: Read(
            text=_as_drawn(text, samples[glyph]),
            confidence=round(votes[glyph].confidence[text] / votes[glyph].all[text], 4),
        )
        for glyph, text in sure.items()
    }


def without_rivals(
    found: Mapping[Glyph, Read], samples: Mapping[Glyph, Drawn], order: Sequence[Glyph]
) -> dict[Glyph, Read]:
    """Of the glyphs of one font that are read as the same letter or digit, the first in ``order`` and those like it.

    A font has one 1; what else is read as that is its l, however surely.
    """
    first: dict[tuple[str, str], Glyph] = {}
    kept: dict[Glyph, Read] = {}
    for glyph in order:
        text = found[glyph].text
        best = first.setdefault((glyph.font, text), glyph)
        if not (text.isascii() and text.isalnum()) or _is_one(best, glyph, samples):
            kept[glyph] = found[glyph]
    return kept


def _is_one(one: Glyph, other: Glyph, samples: Mapping[Glyph, Drawn]) -> bool:
    """Whether two glyphs of a font are the same shape: drawn at two sizes, touched by a neighbour, under two codes."""
    if one.code == other.code and _in_place(one, other):
        places = [glyph for glyph in samples if glyph.font == one.font and glyph.code == one.code]
        return one.size != other.size or one == other or all(_in_place(one, glyph) for glyph in places)
    return one.size == other.size and likeness(samples[one], samples[other]) >= LIKE


def _in_place(one: Glyph, other: Glyph) -> bool:
    return all(abs(a - b) <= ROUNDING for a, b in zip(one.ink, other.ink, strict=True))


def _agreed(votes: Votes, taken: Collection[str]) -> str | None:
    """The character that nearly all looks agree on, those left out that took the glyph for one of ``taken``."""
    counts = Counter({letter: count for letter, count in votes.all.items() if letter not in taken})
    if counts.total() < max(ENOUGH, LEFT * votes.all.total()):
        return None
    text, count = counts.most_common(1)[0]
    both = votes.in_context[text] and votes.in_rows[text]
    share = DIGITS_AGREED if any(letter.isdigit() for letter in counts) else AGREED
    return text if count >= (ENOUGH if both else ENOUGH_ALIKE) and count >= share * counts.total() else None


def same_letter(one: str, other: str) -> bool:
    """Whether two characters are one, whatever their width and, for a dash, their length."""
    return _folded(one) == _folded(other) or {one, other} <= _DASHES


def _as_drawn(text: str, drawn: Drawn) -> str:
    """The character in the width it is drawn in: punctuation as wide as a hanzi is that of Chinese.

    A thin straight bar is a dash or a hyphen by its length, however it was read, 一 only if it is as thick as a stroke.
    """
    length, thickness = _bar(drawn) if text in _DASHES else (0.0, 0.0)
    if 0 < thickness <= (HAIRLINE if text == "一" else THICK):
        return "—" if length >= LONG else "-"
    return text.translate(_WIDENED) if drawn.width >= WIDE else text


def _bar(drawn: Drawn) -> tuple[float, float]:
    """How long and how thick a straight bar is, as shares of the size of the type; nothing for any other shape."""
    import numpy as np

    dark = drawn.picture < 128
    rows, columns = np.flatnonzero(dark.any(axis=1)), np.flatnonzero(dark.any(axis=0))
    if not len(rows):
        return 0.0, 0.0
    ink = dark[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1]
    return (ink.shape[1] / drawn.size, ink.shape[0] / drawn.size) if ink.mean() >= BAR else (0.0, 0.0)


def _count(
    votes: Mapping[Glyph, Votes], run: Run, letters: Sequence[str], confidence: float, *, in_context: bool
) -> None:
    for drawn, written in zip(run, letters, strict=True):
        if drawn.glyph in votes:
            cast, letter = votes[drawn.glyph], _folded(written)
            (cast.in_context if in_context else cast.in_rows)[letter] += 1
            cast.confidence[letter] += confidence


def _folded(char: str) -> str:
    folded = unicodedata.normalize("NFKC", char)
    return folded if len(folded) == 1 else char


def _pieces(runs: Iterable[Run]) -> list[Run]:
    """The runs, cut to what can be read at once, each sequence of glyphs once, the longest first."""
    pieces: dict[tuple[Glyph, ...], Run] = {}
    for run in runs:
        for start in range(0, len(run), LONGEST_RUN):
            piece = run[start : start + LONGEST_RUN]
            pieces.setdefault(tuple(drawn.glyph for drawn in piece), piece)
    return sorted(pieces.values(), key=len, reverse=True)


def _covering(pieces: Sequence[Run], asked: set[Glyph]) -> tuple[list[Run], list[Run]]:
    """Pieces that hold each glyph asked about, in CONTEXTS of them where there are so many; and all the others."""
    covered: Counter[Glyph] = Counter()
    chosen, others = [], []
    for piece in pieces:
        wanted = asked & {drawn.glyph for drawn in piece}
        if any(covered[glyph] < CONTEXTS for glyph in wanted):
            chosen.append(piece)
            covered.update(wanted)
        else:
            others.append(piece)
    return chosen, others


def _rows(asked: Sequence[Glyph], samples: Mapping[Glyph, Drawn], turn: int) -> Iterator[list[Drawn]]:
    """Each glyph in ROWS rows, in other company each time; a row that would be short is filled with other glyphs."""
    shuffle = random.Random(turn)
    everyone = list(samples)
    for _ in range(ROWS):
        order = shuffle.sample(asked, len(asked))
        while len(order) % ROW and len(everyone) > len(asked):
            order.append(shuffle.choice(everyone))
        for start in range(0, len(order), ROW):
            yield [samples[glyph] for glyph in order[start : start + ROW]]
