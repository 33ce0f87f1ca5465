"""Whether a page's picture says what its text layer says: a layer under suspicion is believed only then."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ..marks import Word
from .engine import Engine
from .page import Scan

if TYPE_CHECKING:
    from .engine import Picture

SAMPLE = 24
"""So many words tell a lying layer from a sound one; half of them have digits, if so many have."""
LONGEST = 30
"""A longer run is read less well, and proves no more."""
ALIKE = 0.9
"""The share of characters that a sound layer has in common with its picture at least. Sound ones have 1.00 where they
were printed, a lying one next to none."""
ALIKE_AS_READ = 0.98
"""The same for a layer that a recogniser left: bad ones have .93 to .98."""
MARGINS = (0.1, 0.3)
"""White left around a word in the first and second crop, as shares of its size."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """What reading ``words`` of a layer off the picture showed: the share of their characters that the picture has too,
    and the first number that it has not, if each had to be there. ``agree`` if the layer can be believed.
    """

    words: int
    alike: float
    agree: bool
    wrong_number: str | None = None

    def __str__(self) -> str:
        if not self.words:
            return "the picture shows nothing to compare it with"
        if self.wrong_number is not None:
            return f"the picture doesn't say {self.wrong_number!r}"
        return f"the picture says {'' if self.agree else 'only '}{self.alike:.0%} of the {self.words} words compared"


def compared(words: Sequence[Word], scan: Scan, engine: Engine, *, as_read: bool) -> Comparison:
    """Compares words of a layer with the picture of their page.

    ``as_read`` if a recogniser left the layer: that is wrong here and there, and nobody would know. Then more has to
    agree, and each number on the page to the letter.
    """
    legible = [word for word in words if any(map(str.isalnum, word.text)) and _is_level(word)]
    sample = _sample(legible)
    shares = _shares(sample, scan, engine)
    alike = _mean(sample, shares)
    if not as_read or alike < ALIKE_AS_READ:
        return Comparison(words=len(sample), alike=alike, agree=not as_read and alike >= ALIKE)
    wrong = _wrong_number(sample, shares)
    if wrong is None:
        rest = [word for word in legible if _has_digit(word) and word not in sample]
        wrong = _wrong_number(rest, _shares(rest, scan, engine))
    return Comparison(words=len(sample), alike=alike, agree=wrong is None, wrong_number=wrong)


def _sample(words: Sequence[Word]) -> list[Word]:
    """Words from all over the page, those of more than one character before single ones."""
    telling = [word for word in words if 1 < len(word.text) <= LONGEST] or list(words)
    digits = _spread([word for word in telling if _has_digit(word)], SAMPLE // 2)
    return [*digits, *_spread([word for word in telling if not _has_digit(word)], SAMPLE - len(digits))]


def _spread(words: Sequence[Word], count: int) -> list[Word]:
    if len(words) <= count:
        return list(words)
    return [words[index * len(words) // count] for index in range(count)]


def _shares(words: Sequence[Word], scan: Scan, engine: Engine) -> list[float]:
    """The share of each word's characters that the picture has too, by the better of two looks."""
    from rapidfuzz.distance import Indel

    shares = [0.0] * len(words)
    for margin in MARGINS:
        open_ones = [index for index, share in enumerate(shares) if share < 1]
        read = engine.read([_crop(words[index], scan, margin) for index in open_ones])
        for index, (text, _) in zip(open_ones, read, strict=True):
            same = Indel.normalized_similarity(_folded(words[index].text), _folded(text))
            shares[index] = max(shares[index], same)
    return shares


def _mean(words: Sequence[Word], shares: Sequence[float]) -> float:
    lengths = [len(_folded(word.text)) for word in words]
    return sum(length * share for length, share in zip(lengths, shares, strict=True)) / max(sum(lengths), 1)


def _wrong_number(words: Sequence[Word], shares: Sequence[float]) -> str | None:
    wrong = (word.text for word, share in zip(words, shares, strict=True) if share < 1 and _has_digit(word))
    return next(wrong, None)


def _crop(word: Word, scan: Scan, margin: float) -> Picture:
    room = margin * min(_sides(word))
    return scan.crop((word.left - room, word.top - room, word.right + room, word.bottom + room))


def _sides(word: Word) -> tuple[float, float]:
    return word.right - word.left, word.bottom - word.top


def _is_level(word: Word) -> bool:
    """Whether the word runs across, and isn't drawn flat."""
    wide, high = _sides(word)
    return high > 0 and (wide >= high or (len(word.text) == 1 and wide > 0))


def _has_digit(word: Word) -> bool:
    return any(char.isdigit() for char in word.text)


def _folded(text: str) -> str:
    """What two readings must share: letters, digits and hanzi, in whatever width, with the marks inside of numbers."""
    letters = (char for char in unicodedata.normalize("NFKC", text) if char.isalnum() or char in ".-%")
    return "".join(letters).rstrip(".")
