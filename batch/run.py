"""A run: find the inputs, read those not yet done, record each, make the results from the ledger."""

from __future__ import annotations

import contextlib
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from ..export.proved import proved
from ..settings import OUTPUT_FORMATS, OutputFormat, Settings
from .doctor import demand_parquet
from .folder import Folder, writing
from .inputs import check_sources, find_inputs
from .interrupt import noting_interrupts
from .ledger import Ledger
from .listing import Listing, write_listing
from .machine import cpus, default_jobs
from .messages import READER, Job
from .outcome import Outcome
from .plan import Plan
from .pool import Limits, Pool
from .progress import Verbosity, progress
from .results import write_results
from .tally import Tally

EXIT_DONE, EXIT_SOME_FAILED, EXIT_INTERRUPTED = 0, 1, 130


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """How to go about a run. Nothing here but ``formats`` changes what is written of a document.

    ``parquet`` has the records of all documents written as Parquet too. ``jobs`` is the number of workers, ``None``
    what the machine can bear. ``limit`` is how many inputs to read at most.
    """

    formats: tuple[OutputFormat, ...] = OUTPUT_FORMATS
    parquet: bool = False
    jobs: int | None = None
    limits: Limits = field(default_factory=Limits)
    retry_failed: bool = False
    restart: bool = False
    limit: int | None = None
    fail_fast: bool = False
    verbosity: Verbosity = "normal"
    reader: str = READER


@dataclass(frozen=True, slots=True, kw_only=True)
class Summary:
    """How a run ended. ``read`` is the number of inputs it read itself; ``tally`` counts all that are in OUT now."""

    out: Path
    tally: Tally
    read: int
    was_interrupted: bool

    @property
    def exit_code(self) -> int:
        if self.was_interrupted:
            return EXIT_INTERRUPTED
        return EXIT_SOME_FAILED if self.tally.statuses["failed"] else EXIT_DONE

    def in_words(self) -> str:
        """A line for the user."""
        if self.was_interrupted:
            return f"interrupted, {self.tally.left} left; run the same command to go on. {self.tally.in_words()}"
        if not self.tally.total:
            return "no files found, nothing to do"
        done = f"{self.read} done now" if self.read else "nothing to do, all were done before"
        count = self.tally.findings.total()
        found = f"; {count} finding{'s' * (count != 1)} across documents" if count else ""
        values = f"; proved: {proved(self.tally.proof)}" if self.tally.proof.values else ""
        return f"{self.tally.in_words()}; {done}{values}{found}. See {self.out / 'report.html'}"


def run(
    sources: Sequence[Path], out: Path, settings: Settings | None = None, options: Options | None = None
) -> Summary:
    """Reads everything below ``sources`` that ``out`` hasn't got yet. Outputs depend on no order and no number of jobs.

    Raises :class:`UsageError` for sources that can't be, :class:`OutputError` where ``out`` can't be written,
    :class:`MissingPart` where Parquet was asked for and can't be had.
    """
    options = options or Options()
    if options.parquet:
        demand_parquet()
    jobs = options.jobs or default_jobs()
    settings = replace(settings or Settings(), ocr_threads=max(1, cpus() // jobs))
    folder = Folder(out)
    check_sources(sources, out)
    with folder.opened():
        if options.restart:
            folder.forget(Ledger(folder.ledger))
        job = Job(
            out=out,
            settings=settings,
            formats=options.formats,
            fingerprint=settings.fingerprint(),
            reader=options.reader,
        )
        listing = write_listing(folder, find_inputs(sources, out), job)
        ledger = Ledger(folder.ledger)
        read, was_interrupted = _read_all(listing, ledger, job, jobs, options)
        tally = write_results(folder, listing, ledger, parquet=options.parquet)
    return Summary(out=out, tally=tally, read=read, was_interrupted=was_interrupted)


def _read_all(listing: Listing, ledger: Ledger, job: Job, jobs: int, options: Options) -> tuple[int, bool]:
    """Reads what the plan says and records each outcome. How many were read, and whether the user stopped it."""
    plan = Plan(listing, ledger, retry_failed=options.retry_failed, limit=options.limit)
    read = 0
    with progress(options.verbosity) as tell, noting_interrupts() as is_stopped:
        pool = Pool(plan.tasks(is_stopped), job=job, jobs=jobs, limits=options.limits)
        with contextlib.closing(pool.outcomes(is_stopped)) as outcomes:
            for outcome in outcomes:
                _record(outcome, listing.folder, ledger)
                read += 1
                tell(outcome, listing.count - plan.done)
                if options.fail_fast and outcome.status == "failed":
                    break
        return read, is_stopped()


def _record(outcome: Outcome, folder: Folder, ledger: Ledger) -> None:
    """Outputs of an earlier run that this outcome doesn't speak of go first: what is there is what the ledger says."""
    folder.discard(outcome.path, keep=None if outcome.error else outcome.formats)
    with writing(folder.root):
        ledger.append(outcome)
