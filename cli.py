"""The commands. Each parses, calls one function, prints what it gives and exits; nothing is decided here."""

from __future__ import annotations

import contextlib
import json
import logging
import re
import sys
from dataclasses import replace
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from ._version import __version__
from .batch.doctor import demand, diagnose
from .batch.pool import Limits
from .batch.run import Options
from .batch.run import run as run_batch
from .batch.status import status as count
from .batch.status import status_fields, status_text
from .document import Document
from .errors import GxextractError, MissingPart, UsageError
from .export import WRITERS
from .export.encode import encodable
from .export.explain import explain as account
from .export.explain import in_words
from .extract import read
from .extract.plain import repaired
from .settings import OUTPUT_FORMATS, PARQUET, OutputFormat, Settings

EXIT_CODES = """\
Exit codes: 0 all done; 1 finished, some documents failed; 2 usage; 3 a file that can't be read; 4 a missing part;
5 recognition failed; 6 over a limit; 7 OUT can't be written; 130 interrupted.
"""

app = typer.Typer(
    name="gxextract",
    help="Folders of government documents in, clean text and exact merged-cell tables out.",
    epilog=EXIT_CODES,
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    add_completion=False,
)


class Ocr(StrEnum):
    auto = "auto"
    always = "always"
    never = "never"


class Engine(StrEnum):
    rapidocr = "rapidocr"
    paddleocr = "paddleocr"
    tesseract = "tesseract"


class Script(StrEnum):
    simplified = "simplified"
    traditional = "traditional"
    keep = "keep"


class ShowFormat(StrEnum):
    json = "json"
    md = "md"
    txt = "txt"
    html = "html"
    csv = "csv"


OcrOption = Annotated[
    Ocr, typer.Option(help="Recognise text in pictures: where a page's own words won't do, on every page, or never.")
]
EngineOption = Annotated[Engine, typer.Option(help="What recognises it.")]
SecondEngineOption = Annotated[
    Engine | None, typer.Option(help="What is asked too about values that are in doubt; by default none.")
]
ModelsOption = Annotated[
    Path | None,
    typer.Option(
        metavar="DIR", exists=True, file_okay=False, resolve_path=True, help="PP-OCR models of yours, for paddleocr."
    ),
]
ScriptOption = Annotated[
    Script | None,
    typer.Option(help="The characters to write; by default only what a mirror site converted is converted back."),
]
JsonOption = Annotated[bool, typer.Option("--json", help="Print JSON.")]
FileArgument = Annotated[Path, typer.Argument(metavar="FILE", help="A PDF, DOCX, HTML or text file, or a picture.")]


def main() -> None:
    """The ``gxextract`` command. An error is one line on standard error, and its own exit code."""
    try:
        app()
    except GxextractError as error:
        print(f"gxextract: {error}", file=sys.stderr)
        sys.exit(error.exit_code)


def _print_version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"gxextract {__version__}")
        raise typer.Exit


@app.callback()
def gxextract(
    version: Annotated[
        bool, typer.Option("--version", callback=_print_version, is_eager=True, help="Print the version and exit.")
    ] = False,
) -> None:
    """Folders of government documents in, clean text and exact merged-cell tables out."""


@app.command(epilog=EXIT_CODES, no_args_is_help=True)
def run(  # noqa: PLR0913  (typer takes each option as a parameter)
    sources: Annotated[list[Path], typer.Argument(metavar="SRC", help="Files, or folders to read with all below.")],
    out: Annotated[Path, typer.Option(help="The folder to write.")] = Path("gxextract-out"),
    formats: Annotated[
        str, typer.Option("--format", metavar="LIST", help="What to write of each document; parquet is of all records.")
    ] = ",".join(OUTPUT_FORMATS),
    ocr: OcrOption = Ocr.auto,
    engine: EngineOption = Engine.rapidocr,
    second_engine: SecondEngineOption = None,
    models: ModelsOption = None,
    script: ScriptOption = None,
    jobs: Annotated[int | None, typer.Option(min=1, help="Documents to read at once; by default what fits.")] = None,
    timeout: Annotated[float, typer.Option(min=0.1, metavar="SECONDS", help="What a document may take.")] = 600,
    max_memory: Annotated[int, typer.Option(min=64, metavar="MIB", help="What a worker may take.")] = 4096,
    retry_failed: Annotated[bool, typer.Option("--retry-failed", help="Read again what failed before.")] = False,
    restart: Annotated[
        bool, typer.Option("--restart", help="Remove what earlier runs wrote to OUT, and begin.")
    ] = False,
    limit: Annotated[int | None, typer.Option(min=1, metavar="N", help="Read N documents at most, then end.")] = None,
    fail_fast: Annotated[bool, typer.Option("--fail-fast", help="End at the first document that fails.")] = False,
    quiet: Annotated[bool, typer.Option("-q", "--quiet", help="Say nothing but errors.")] = False,
    verbose: Annotated[bool, typer.Option("-v", "--verbose", help="A line for each document.")] = False,
) -> None:
    """Read every file under SRC, write OUT, go on where it ended.

    OUT/documents has each document as JSON, Markdown and text; records.csv every value of every table; outcomes.jsonl
    a line for each file; report.html what happened. Stop it at any time: the same command goes on from there. A file
    is read again when its size or time has changed and its content too, or when an option that matters has.

    \b
    Examples:
      gxextract run dump
      gxextract run dump/2022 dump/2023 --out read --jobs 8
      gxextract run dump --timeout 1800 --retry-failed
    """
    of_each, parquet = _formats(formats)
    options = Options(
        formats=of_each,
        parquet=parquet,
        jobs=jobs,
        limits=Limits(seconds=timeout, memory_mib=max_memory),
        retry_failed=retry_failed,
        restart=restart,
        limit=limit,
        fail_fast=fail_fast,
        verbosity="quiet" if quiet else "verbose" if verbose else "normal",
    )
    summary = run_batch(sources, out, _settings(ocr, (engine, second_engine), models, script), options)
    if not quiet:
        typer.echo(summary.in_words(), err=True)
    raise typer.Exit(summary.exit_code)


@app.command(epilog=EXIT_CODES, no_args_is_help=True)
def show(  # noqa: PLR0913  (as above)
    file: FileArgument,
    output_format: Annotated[ShowFormat, typer.Option("--format", help="What to print.")] = ShowFormat.md,
    pages: Annotated[
        str | None, typer.Option(metavar="FIRST-LAST", help="Only these pages, counted from 1, such as 3-5 or 3.")
    ] = None,
    ocr: OcrOption = Ocr.auto,
    engine: EngineOption = Engine.rapidocr,
    second_engine: SecondEngineOption = None,
    models: ModelsOption = None,
    script: ScriptOption = None,
) -> None:
    """Read one file and print it.

    \b
    Examples:
      gxextract show report.pdf
      gxextract show report.pdf --format json --pages 3-5
      gxextract show page.html --format csv > values.csv
    """
    settings = _settings(ocr, (engine, second_engine), models, script)
    document = _read(file, replace(settings, pages=_pages(pages)) if pages else settings)
    typer.echo(WRITERS[output_format](document).encode(), nl=False)


@app.command(epilog=EXIT_CODES, no_args_is_help=True)
def explain(
    file: FileArgument,
    ocr: OcrOption = Ocr.auto,
    engine: EngineOption = Engine.rapidocr,
    second_engine: SecondEngineOption = None,
    models: ModelsOption = None,
    script: ScriptOption = None,
) -> None:
    """Read one file and tell how it was read.

    That is: where each page's words came from and why, and each table, repair and problem.

    \b
    Example:
      gxextract explain report.pdf
    """
    document = _read(file, _settings(ocr, (engine, second_engine), models, script))
    typer.echo(account(document).encode(), nl=False)


@app.command(epilog=EXIT_CODES)
def repair(
    file: Annotated[
        Path | None, typer.Argument(metavar="FILE", help="A text file; standard input if left out.")
    ] = None,
    steps: Annotated[bool, typer.Option("--explain", help="Print what was changed and why, not the text.")] = False,
    script: ScriptOption = None,
) -> None:
    """Repair garbled text and print it.

    \b
    Examples:
      gxextract repair garbled.txt > clean.txt
      gxextract repair --explain < garbled.txt
    """
    settings = Settings(script=script.value if script else None)
    done = repaired(sys.stdin.buffer.read() if file is None else file, settings)
    for problem in done.problems:
        typer.echo(f"gxextract: {problem.severity}: {problem.message}", err=True)
    told = (f"line {number}: {step.fixer} made {in_words(step)}\n" for number, step in done.steps)
    typer.echo(encodable("".join(told) if steps else done.text).encode(), nl=False)


@app.command(epilog=EXIT_CODES, no_args_is_help=True)
def status(
    out: Annotated[Path, typer.Argument(metavar="OUT", help="The --out of a run, finished or not.")],
    as_json: JsonOption = False,
) -> None:
    """Count what was read, what failed and why, what is left.

    \b
    Examples:
      gxextract status gxextract-out
      gxextract status gxextract-out --json
    """
    tally = count(out)
    typer.echo(json.dumps(status_fields(tally), indent=1) if as_json else status_text(tally))


@app.command(epilog=EXIT_CODES)
def doctor(as_json: JsonOption = False) -> None:
    """Tell what is installed, what is missing, how to get it.

    \b
    Example:
      gxextract doctor
    """
    diagnosis = diagnose()
    typer.echo(json.dumps(diagnosis.in_fields(), indent=1) if as_json else diagnosis.in_words())
    raise typer.Exit(MissingPart.exit_code if diagnosis.missing else 0)


def _settings(ocr: Ocr, engines: tuple[Engine, Engine | None], models: Path | None, script: Script | None) -> Settings:
    """What is wrong with them, or missing for them, is said at once, not of each document."""
    first, second = engines
    settings = Settings(
        ocr=ocr.value,
        engine=first.value,
        second_engine=second.value if second else None,
        models=str(models) if models else None,
        script=script.value if script else None,
    )
    demand(settings)
    return settings


def _formats(listed: str) -> tuple[tuple[OutputFormat, ...], bool]:
    """``json,md,parquet`` as the formats of each document, in the order of the documentation, and whether of all."""
    names = {name.strip() for name in listed.split(",")}
    known = (*OUTPUT_FORMATS, PARQUET)
    if not names <= set(known):
        raise UsageError(f"--format {listed} is no list of {', '.join(known)}; write for example json,md")
    return tuple(each for each in OUTPUT_FORMATS if each in names), PARQUET in names


def _pages(written: str) -> tuple[int, int]:
    """``1-3``, or ``2`` for one page, as the first and the last."""
    match = re.fullmatch(r"(\d+)(?:-(\d+))?", written, re.ASCII)
    first, last = (int(match[1]), int(match[2] or match[1])) if match else (0, 0)
    if not 1 <= first <= last:
        raise UsageError(f"--pages {written} is no range of pages; write for example 1-3")
    return first, last


def _read(file: Path, settings: Settings) -> Document:
    """Reads in this process. What libraries print goes to standard error, what they log goes nowhere."""
    logging.getLogger().addHandler(logging.NullHandler())
    with contextlib.redirect_stdout(sys.stderr):
        return read(file, settings=settings)


if __name__ == "__main__":
    main()
