"""Writes ``repair/common_hanzi.py`` from jieba's word counts (MIT) and OpenCC's character tables (Apache-2.0).

    python -m bench.common_hanzi > repair/common_hanzi.py

Needs ``pip install jieba opencc``. Nothing of either is copied: what is kept is an order of characters by how often
they stand in counted words, and which two of them stand together most.
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

HANZI = 3000
PAIRS = 3000
WIDTH = 56
"""Hanzi a line: each is two columns wide."""

HEAD = '''"""Which hanzi are common, which two of them stand together, and the traditional forms of the common ones.

Written by ``python -m bench.common_hanzi`` from the word counts of jieba 0.42 (MIT) and the character tables of OpenCC
(Apache-2.0); not to be edited.
"""
'''


def main() -> None:
    """Prints the module."""
    characters, pairs = counts()
    common = [char for char, _ in characters.most_common() if char.encode("gb2312", errors="ignore")][:HANZI]
    known = set(common)
    together = [pair for pair, _ in pairs.most_common(PAIRS) if known.issuperset(pair)]
    traditional = dict(traditional_forms(known))
    print(HEAD)
    print(literal("BY_FREQUENCY", "".join(common)))
    print(literal("PAIRS", "".join(sorted(together))))
    print(literal("TRADITIONAL", "".join(traditional)))
    print(literal("SIMPLIFIED", "".join(traditional.values())), end="")


def counts() -> tuple[Counter[str], Counter[str]]:
    """How often each hanzi, and each two of them side by side, stand in the words that jieba counted."""
    try:
        import jieba
    except ImportError:
        sys.exit("jieba is not installed: pip install jieba")
    characters: Counter[str] = Counter()
    pairs: Counter[str] = Counter()
    for line in Path(jieba.__file__).with_name("dict.txt").read_text("utf-8").splitlines():
        word, count, *_ = line.split(" ")
        if all("一" <= char <= "龥" for char in word):
            characters.update({char: word.count(char) * int(count) for char in word})
            pairs.update({left + right: int(count) for left, right in pairwise(word)})
    return characters, pairs


def traditional_forms(known: set[str]) -> Iterator[tuple[str, str]]:
    """Each traditional form that Big5 has of a common hanzi, and that hanzi."""
    import opencc

    convert = opencc.OpenCC("t2s").convert
    for code in range(0x4E00, 0x9FA6):
        char = chr(code)
        simple = convert(char)
        if simple != char and simple in known and char not in known and char.encode("big5", errors="ignore"):
            yield char, simple


def literal(name: str, text: str) -> str:
    """An assignment of ``text``, wrapped."""
    lines = [text[start : start + WIDTH] for start in range(0, len(text), WIDTH)]
    return "\n".join([f"{name} = (", *(f'    "{line}"' for line in lines), ")", ""])


if __name__ == "__main__":
    main()
