"""The report as one HTML file, complete in itself: no script, no server, no network."""

import re
from base64 import b64encode
from collections.abc import Iterable, Iterator, Mapping, Sequence
from hashlib import sha256
from html import escape
from importlib.resources import files
from typing import Any

from bitext.score.charts import Interval, histogram, intervals
from bitext.score.metrics import METRICS, title
from bitext.score.plain import to_json
from bitext.score.report import Report
from bitext.score.resampling import shown_p

# What HTML cannot hold, and what would turn the direction of the text around it.
UNSAFE = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff]"
)
Figures = Mapping[str, Any]


def build(report: Report, *, title: str) -> str:
    """The page; every text of the report is shown as text, whatever it holds."""
    style = files(__package__).joinpath("page.css").read_text("utf-8")
    figures = to_json(report)
    sections = [
        summary(report, figures),
        plots(report),
        *(comparison(report, number, one) for number, one in enumerate(figures["comparisons"])),
        documents(figures),
        table("By length and term", ("source", "segments", *asked(figures)), buckets(figures)),
        table("QA flags", ("check", "critical", "major", "minor"), flags(figures)),
        segments(
            "Furthest from their references",
            figures["ranked_by"],
            figures["ranked_by"],
            figures["worst"],
        ),
        unscored(figures["coverage"]["unaligned"]),
    ]
    policy = f"default-src 'none'; style-src '{digest(style)}'; base-uri 'none'; form-action 'none'"
    return (
        '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{policy}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>Scores of {text(title)}</title>\n<style>{style}</style>\n</head>\n<body>\n<main>\n"
        f"<h1>Scores of {text(title)}</h1>\n"
        + "\n".join(filter(None, sections))
        + "\n</main>\n</body>\n</html>\n"
    )


def text(value: object) -> str:
    return escape(UNSAFE.sub("\ufffd", str(value)))


def digest(content: str) -> str:
    return "sha256-" + b64encode(sha256(content.encode()).digest()).decode()


def asked(figures: Figures) -> list[str]:
    """The metrics that there are."""
    return [name for name in METRICS if figures["sentences"][name]]


def summary(report: Report, figures: Figures) -> str:
    cards = []
    for name in asked(figures):
        found = figures["sentences"][name]
        cards.append(card(title(name), f"{found['value']:.1f}", between(found)))
    if (accuracy := report.terms.accuracy) is not None:
        said = f"{report.terms.verified:,} of {report.terms.occurrences:,} verified"
        cards.append(card("terms", f"{100 * accuracy:.1f} %", said))
    segments, words = report.segments, report.words
    said = f"{segments[0]:,} of {segments[1]:,} segments"
    cards.append(card("covered", f"{100 * words[0] / max(words[1], 1):.0f} %", said))
    notes = [f'<p class="warning">{text(warning)}</p>' for warning in report.warnings]
    signatures = [
        f"<p><code>{text(figures['sentences'][name]['signature'])}</code></p>"
        for name in asked(figures)
    ]
    if report.signature:
        signatures.append(f"<p><code>{text(report.signature)}</code></p>")
    return f'<div class="cards">{"".join(cards)}</div>' + "".join(notes + signatures)


def card(label: str, figure: str, said: str) -> str:
    told = f'<span class="quiet">{text(said)}</span>'
    return f'<div class="card">{text(label)}<b>{text(figure)}</b>{told}</div>'


def between(found: Figures) -> str:
    if found.get("low") is None:
        return "no interval"
    return f"{found['low']:.1f} to {found['high']:.1f} (95 %)"


def plots(report: Report) -> str:
    """The scores with their intervals, and how the segments are spread."""
    scores = [getattr(report.sentences, name) for name in METRICS]
    rows = [
        Interval(title(name), score.value, score.low, score.high)
        for name, score in zip(METRICS, scores, strict=True)
        if score
    ]
    values = [row.scores["chrf"] for row in report.scored if "chrf" in row.scores]
    drawn = []
    if rows:
        how = f"95 % of 1,000 corpora drawn by {report.drawn_by}"
        drawn.append(figure(intervals(rows, title="Scores", axis="score"), f"Scores, with {how}"))
    if values:
        spread = histogram(
            values,
            title="Segments by chrF++",
            axis="chrF++ of a segment",
            first=0,
            last=100,
            width=5,
        )
        drawn.append(figure(spread, "How many segments have which chrF++"))
    return f'<div class="plots">{"".join(drawn)}</div>' if drawn else ""


def figure(drawing: str, caption: str) -> str:
    return f"<figure>{drawing}<figcaption>{text(caption)}</figcaption></figure>"


def comparison(report: Report, number: int, found: Figures) -> str:
    heading = f"<h2>Against {text(found['baseline'])}</h2>"
    if not found["differences"]:
        return f"{heading}<p>Nothing to compare: no segment in common, or no metric.</p>"
    rows = [
        (
            title(name),
            f"{one['value']:.1f}",
            f"{one['baseline']:.1f}",
            f"{one['change']:+.1f}",
            "–" if one["low"] is None else f"{one['low']:+.1f} to {one['high']:+.1f}",
            shown_p(one["p_bootstrap"]),
            shown_p(one["p_randomised"]),
        )
        for name, one in found["differences"].items()
    ]
    headings = (
        "metric",
        "score",
        "baseline",
        "difference",
        "95 % of differences",
        "p bootstrap",
        "p randomised",
    )
    told = found["segments"]
    said = (
        f"{found['count']:,} segments in both, drawn by {found['drawn_by']}: "
        f"{told['better']:,} better, {told['worse']:,} worse, {told['same']:,} about the same. "
        "A lower TER is better."
    )
    return (
        heading
        + f"<p>{said}</p>"
        + table("Differences", headings, rows)
        + changes(report, number, found)
        + segments("Most gained", "change", found["ranked_by"], found["gains"])
        + segments("Most lost", "change", found["ranked_by"], found["losses"])
    )


def changes(report: Report, number: int, found: Figures) -> str:
    """How far each metric, and each segment, is from the baseline."""
    rows = [
        Interval(title(name), one["change"], one["low"], one["high"])
        for name, one in found["differences"].items()
    ]
    values = [row.change for row in report.comparisons[number].moved]
    spread = histogram(
        values,
        title="Segments by their change",
        axis=f"better by, in {title(found['ranked_by'])}",
        first=-50,
        last=50,
        width=5,
    )
    drawn = figure(
        intervals(rows, title="Differences", axis="score less baseline", zero=True),
        "Differences, with 95 % of the resampled ones; the dashed line is no difference",
    ) + figure(spread, "How many segments are better or worse by how much")
    return f'<div class="plots">{drawn}</div>'


def documents(figures: Figures) -> str:
    rows = [
        (
            name,
            f"{one['segments']:,}",
            f"{one['words']:,}",
            f"{one['terms_verified']}/{one['terms']}" if one["terms"] else "–",
            *("–" if one[metric] is None else f"{one[metric]:.1f}" for metric in asked(figures)),
            ", ".join(f"{n} {s}" for s, n in reversed(one["flags"].items()) if n) or "0",
        )
        for name, one in figures["documents"].items()
    ]
    headings = ("document", "segments", "words", "terms", *map(title, asked(figures)), "flags")
    return table("Documents", headings, rows if len(rows) > 1 else [])


def buckets(figures: Figures) -> Iterator[tuple[str, ...]]:
    for one in figures["buckets"]:
        yield one["name"], f"{one['count']:,}", *(f"{one[metric]:.1f}" for metric in asked(figures))


def flags(figures: Figures) -> Iterator[tuple[str, ...]]:
    for check, counts in figures["checks"].items():
        yield (
            check,
            *(f"{counts[s]:,}" if counts[s] else "–" for s in ("critical", "major", "minor")),
        )


def table(heading: str, columns: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A table whose first column is in words; nothing if it has no rows."""
    body = [
        f'<tr><th scope="row">{text(first)}</th>'
        + "".join(f'<td class="figure">{text(cell)}</td>' for cell in rest)
        + "</tr>"
        for first, *rest in rows
    ]
    if not body:
        return ""
    first, *rest = (f'<th scope="col">{text(title_of(column))}</th>' for column in columns)
    head = first + "".join(cell.replace("<th ", '<th class="figure" ') for cell in rest)
    return scrolled(heading, head, body)


def title_of(column: str) -> str:
    return title(column) if column in METRICS else column


def scrolled(heading: str, head: str, body: Iterable[str]) -> str:
    # A box that scrolls must be in reach of the keyboard.
    return (
        f'<div class="scroll" tabindex="0" role="region" aria-label="{text(heading)}"><table>'
        f"<caption>{text(heading)}</caption><thead><tr>{head}</tr></thead>"
        f"<tbody>{''.join(body)}</tbody></table></div>"
    )


def segments(heading: str, key: str, metric: str, rows: Sequence[Figures]) -> str:
    """Segments with a figure each, of a metric, and what there is of their texts."""
    if not rows:
        return ""
    texts = [
        k for k in ("source", "hypothesis", "baseline", "reference") if any(r.get(k) for r in rows)
    ]
    sign = "+" if key == "change" else ""
    body = [
        f'<tr><td class="figure">{format(row[key], sign + ".1f")}</td>'
        f'<td class="figure">{text(row["document"])} {row["line"]}</td>'
        + "".join(f'<td dir="auto" lang="{language(k)}">{text(row.get(k, ""))}</td>' for k in texts)
        + "</tr>"
        for row in rows
    ]
    head = "".join(f'<th scope="col">{text(cell)}</th>' for cell in (title(metric), "line", *texts))
    return scrolled(heading, head, body)


def language(key: str) -> str:
    return "fr" if key == "source" else "en"


def unscored(rows: Sequence[Figures]) -> str:
    head = "".join(f'<th scope="col">{cell}</th>' for cell in ("line", "document", "why", "source"))
    body = [
        f'<tr><td class="figure">{row["line"]}</td><td>{text(row["document"])}</td>'
        f'<td>{text(row["reason"])}</td><td dir="auto" lang="fr">{text(row["source"])}</td></tr>'
        for row in rows
    ]
    return scrolled("Not scored", head, body) if body else ""
