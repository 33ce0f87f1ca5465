"""report.html: one page that says what happened, for somebody who opens it from a file share, without a server."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape

from .._version import __version__
from ..export.proved import proved, unproved
from .findings import Figure, Finding
from .outcome import Outcome
from .tally import SHOWN_OF_EACH, Tally

STYLE = """
body { font: 16px/1.5 system-ui, "Noto Sans CJK SC", "Microsoft YaHei", sans-serif; max-width: 60rem; margin: 2rem auto;
       padding: 0 1rem; color: #1b1b1b; background: #fff }
table { border-collapse: collapse; width: 100%; margin: .5rem 0 1.5rem }
th, td { text-align: left; vertical-align: top; padding: .3rem .6rem; border-bottom: 1px solid #ddd;
         overflow-wrap: anywhere }
td.number, th.number { text-align: right; white-space: nowrap }
.counts { display: flex; flex-wrap: wrap; gap: 1rem; padding: 0; list-style: none }
.counts li { border: 1px solid #ccc; border-radius: .4rem; padding: .5rem 1rem }
.counts b { display: block; font-size: 1.6rem }
summary { cursor: pointer; font-weight: 600 }
details { margin-bottom: .5rem }
footer { color: #666; margin-top: 3rem }
"""

LISTED = 8
"""How many documents and figures of one finding are shown."""


def report_html(tally: Tally) -> str:
    """The whole page. All that depends on time stands in ``<section id="times">``; the rest is the same in any run."""
    return f"""<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>gxextract: {escape(tally.in_words())}</title>
<style>{STYLE}</style>
</head>
<body>
<h1>What was read</h1>
{_counts(tally)}
{_proved(tally)}
{_unread(tally)}
{_partial(tally)}
{_repaired(tally)}
{_across(tally)}
{_times(tally)}
<footer>gxextract {escape(__version__)}. Every input has a line in outcomes.jsonl, every value one in records.csv,
every finding one in findings.jsonl.
</footer>
</body>
</html>
"""


def _counts(tally: Tally) -> str:
    meanings = (
        ("ok", "read", tally.statuses["ok"]),
        ("partial", "read, with a problem", tally.statuses["partial"]),
        ("failed", "nothing could be read", tally.statuses["failed"]),
        ("skipped", "not a format we read", tally.statuses["skipped"]),
        ("left", "not read yet", tally.left),
        ("pages", "in all", tally.pages),
    )
    items = "\n".join(f"<li><b>{count:,}</b> {name}<br><small>{said}</small></li>" for name, said, count in meanings)
    return f'<ul class="counts">\n{items}\n</ul>'


def _proved(tally: Tally) -> str:
    if not tally.proof.values:
        return "<h2>How much is proved</h2>\n<p>No values were read.</p>"
    rows = ((reason, f"{count:,}") for count, reason in unproved(tally.proof))
    return (
        f"<h2>How much is proved</h2>\n<p>By the sums of their forms: {escape(proved(tally.proof))}.</p>\n"
        f"{_table(('why the others are not', 'values'), rows, number=True)}\n"
        "<p>Each value says so itself in the document's own JSON, under “unproved”.</p>"
    )


def _unread(tally: Tally) -> str:
    """Failed and skipped inputs, a fold for each error, the most frequent first."""
    if not tally.errors:
        return "<h2>Failed or skipped</h2>\n<p>None.</p>"
    folds = []
    for code, count in sorted(tally.errors.items(), key=lambda item: (-item[1], item[0])):
        shown = tally.unread[code]
        table = _table(("path", "what happened"), ((each.path, _message(each)) for each in shown))
        status = shown[0].status
        folds.append(
            f"<details{' open' * (status == 'failed')}><summary>{escape(code)}: {count:,} {status}</summary>\n"
            f"{table}{_more(count)}</details>"
        )
    return "<h2>Failed or skipped</h2>\n" + "\n".join(folds)


def _partial(tally: Tally) -> str:
    if not tally.partial:
        return "<h2>Read, with problems</h2>\n<p>None.</p>"
    by_code = _table(
        ("problem", "documents"), ((code, f"{count:,}") for code, count in sorted(tally.problems.items())), number=True
    )
    rows = (
        (each.path, ", ".join(f"{code} × {count}" for code, count in sorted(each.problems.items())))
        for each in tally.partial
    )
    return (
        f"<h2>Read, with problems</h2>\n{by_code}\n{_table(('path', 'problems'), rows)}"
        f"{_more(tally.statuses['partial'])}<p>Each problem is told in the document's own JSON, under “problems”.</p>"
    )


def _repaired(tally: Tally) -> str:
    if not tally.repairs:
        return "<h2>Texts repaired</h2>\n<p>None.</p>"
    rows = ((name, f"{tally.repaired[name]:,}", f"{count:,}") for name, count in sorted(tally.repairs.items()))
    return (
        f"<h2>Texts repaired</h2>\n{_table(('what', 'documents', 'changes'), rows, number=True)}\n"
        "<p>Each change stands with its text in the document's own JSON, under “repairs”.</p>"
    )


def _across(tally: Tally) -> str:
    """What documents say of each other: what is wrong in the open, what is only to be known of folded below."""
    if not tally.findings and not tally.notes:
        return "<h2>Across documents</h2>\n<p>Nothing found.</p>"
    folds = [
        f"<details{shown}><summary>{escape(code)}: {count:,}</summary>\n"
        f"{_table(('agency', 'years', 'what was found', 'documents'), map(_finding, tally.found[code]))}"
        f"{_more(count, 'findings.jsonl')}</details>"
        for counts, shown in ((tally.findings, " open"), (tally.notes, ""))
        for code, count in sorted(counts.items())
    ]
    return "<h2>Across documents</h2>\n" + "\n".join(folds)


def _finding(finding: Finding) -> tuple[str, str, str, str]:
    contradictions = [f"{each.where}: {', '.join(map(_figure, each.figures))}" for each in finding.values]
    told = f"{finding.message}. {_first(contradictions)}" if contradictions else finding.message
    return finding.agency or "", ", ".join(map(str, finding.years)), told, _first(finding.documents)


def _figure(figure: Figure) -> str:
    return (figure.text or "(blank)") + (" (flagged)" if figure.check == "flagged" else "")


def _first(texts: Sequence[str]) -> str:
    more = [f"and {len(texts) - LISTED:,} more"] if len(texts) > LISTED else []
    return "; ".join((*texts[:LISTED], *more))


def _times(tally: Tally) -> str:
    rows = ((path, f"{seconds:.1f}") for seconds, path in sorted(tally.slowest, reverse=True))
    return (
        f'<section id="times">\n<h2>Slowest</h2>\n{_table(("path", "seconds"), rows, number=True)}\n'
        f"<p>{tally.seconds:,.1f} seconds of work in all.</p>\n</section>"
    )


def _table(heads: Sequence[str], rows: Iterable[Sequence[str]], *, number: bool = False) -> str:
    """A table; with ``number`` its last column is one of numbers."""
    classes = [""] * (len(heads) - 1) + [' class="number"' if number else ""]
    head = "".join(f"<th{each}>{escape(text)}</th>" for each, text in zip(classes, heads, strict=True))
    body = "\n".join(
        "<tr>" + "".join(f"<td{each}>{escape(text)}</td>" for each, text in zip(classes, row, strict=True)) + "</tr>"
        for row in rows
    )
    return f"<table>\n<tr>{head}</tr>\n{body}\n</table>"


def _more(count: int, where: str = "outcomes.jsonl") -> str:
    hidden = count - SHOWN_OF_EACH
    return f"<p>And {hidden:,} more, in {where}.</p>" if hidden > 0 else ""


def _message(outcome: Outcome) -> str:
    return outcome.error.message if outcome.error else ""
