"""What is measured, how it is told: a row for each figure, with what it is held against in the same run."""

import statistics
import time
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass

REPEATS = 5


@dataclass(frozen=True)
class Figure:
    """One measurement of `what` on a manuscript of `size`. `bare` is the same of a bare QPlainTextEdit or window.

    `bare_low` and `bare_high`: how far its repetitions lie apart, which is the noise of the machine. A row with a `reason` was not measured.
    `goal` is a limit for the ratio to bare where there is one, otherwise for `median` itself; `at_least` turns it round.
    """

    what: str
    size: str
    unit: str
    median: float
    low: float
    high: float
    p99: float | None = None
    bare: float | None = None
    bare_low: float | None = None
    bare_high: float | None = None
    goal: float | None = None
    at_least: bool = False
    reason: str = ""

    @property
    def ratio(self) -> float | None:
        return self.median / self.bare if self.bare else None

    @property
    def verdict(self) -> str:
        if self.reason:
            return "-"
        if self.goal is None:
            return ""
        judged = self.median if self.ratio is None else self.ratio
        return "yes" if (judged >= self.goal if self.at_least else judged <= self.goal) else "NO"

    def as_row(self) -> dict[str, object]:
        return {**asdict(self), "ratio": self.ratio, "verdict": self.verdict}


def spread(samples: Sequence[float]) -> dict[str, float]:
    """Return the median, the least and the greatest of some measurements, as fields of a figure."""
    return {"median": statistics.median(samples), "low": min(samples), "high": max(samples)}


def against(samples: Sequence[float]) -> dict[str, float]:
    """Return the median, the least and the greatest of a bare editor's measurements, as fields of a figure."""
    return {"bare": statistics.median(samples), "bare_low": min(samples), "bare_high": max(samples)}


def skipped(what: str, size: str, reason: str) -> Figure:
    """Return a row that says why something was not measured."""
    return Figure(what, size, "", 0, 0, 0, reason=reason)


def percentile(samples: Sequence[float], share: float) -> float:
    """Return the nearest-rank percentile."""
    ordered = sorted(samples)
    return ordered[min(len(ordered) - 1, round(share * (len(ordered) - 1)))]


def seconds(
    action: Callable[[], object], clock: Callable[[], float] = time.perf_counter, repeats: int = REPEATS
) -> list[float]:
    """Return how long `action` took, each time."""
    taken = []
    for _ in range(repeats):
        start = clock()
        action()
        taken.append(clock() - start)
    return taken


def throughput(
    what: str, size: str, octets: int, action: Callable[[], object], goal: float | None = None
) -> Figure:
    """Return how many MB of text `action` gets through in a second of the processor, whatever else the machine does."""
    rates = [octets / 1e6 / taken for taken in seconds(action, time.process_time)]
    return Figure(what, size, "MB/s", **spread(rates), goal=goal, at_least=True)


def milliseconds(what: str, size: str, action: Callable[[], object], goal: float | None = None) -> Figure:
    """Return how many milliseconds `action` takes."""
    return Figure(what, size, "ms", **spread([1000 * taken for taken in seconds(action)]), goal=goal)


def table(figures: Sequence[Figure]) -> str:
    """Return the figures as a table of plain text."""
    head = ("what", "size", "median", "min", "max", "p99", "bare", "(min-max)", "ratio", "goal", "met")
    rows = [head] + [
        (figure.what, figure.size, "left out", *[""] * 7, figure.reason)
        if figure.reason
        else (
            figure.what,
            figure.size,
            f"{figure.median:.2f} {figure.unit}",
            f"{figure.low:.2f}",
            f"{figure.high:.2f}",
            "" if figure.p99 is None else f"{figure.p99:.2f}",
            "" if figure.bare is None else f"{figure.bare:.2f}",
            "" if figure.bare_low is None else f"{figure.bare_low:.1f}-{figure.bare_high:.1f}",
            "" if figure.ratio is None else f"{figure.ratio:.2f}",
            "" if figure.goal is None else f"{'>=' if figure.at_least else '<='} {figure.goal:g}",
            figure.verdict,
        )
        for figure in figures
    ]
    widths = [max(len(row[column]) for row in rows) for column in range(len(head) - 1)] + [0]
    lines = [
        "  ".join(
            cell.ljust(width) if column < 2 else cell.rjust(width)
            for column, (cell, width) in enumerate(zip(row, widths, strict=True))
        )
        for row in rows
    ]
    return "\n".join([lines[0], "-" * len(lines[0]), *lines[1:]])
