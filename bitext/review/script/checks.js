// The column of checks: status, confidence, terms, flags and marks, and what can be done there.

function checksOf(unit) {
  const made = [element("div", "state", statusElement(unit), rowButtons(unit)), originElement(unit)];
  const terms = termsOf(unit).filter((term) => term.outcome !== "shadowed");
  if (terms.length) made.push(tallyElement(terms));
  const issues = issuesOf(unit);
  const marks = recordOf(unit).marks ?? [];
  if (issues.length || marks.length) {
    const shown = issues.map((issue) => issueElement(unit, issue));
    made.push(element("ul", "issues", ...shown, ...marks.map((mark) => markElement(unit, mark))));
  }
  const dismissed = dismissedIn(unit);
  if (dismissed.length) {
    const text = `${plural(dismissed.length, "flag")} dismissed`;
    const restore = button("small", "Restore", () => restoreFlags(unit, dismissed));
    made.push(element("p", "dismissed", text, " ", restore));
  }
  return made;
}

function statusElement(unit) {
  const status = statusOf(unit);
  return element("p", `status ${status}`, STATUSES[status] ?? status);
}

function rowButtons(unit) {
  const status = statusOf(unit);
  const made = (name, label, act, pressed) => {
    const button = element("button", `icon ${name}`, icon(name), element("span", "unseen", label));
    button.type = "button";
    button.title = label;
    button.dataset.act = name;
    if (pressed !== undefined) button.setAttribute("aria-pressed", pressed);
    button.addEventListener("click", act);
    return button;
  };
  return element(
    "div",
    "row-buttons",
    made("approve", "Approve (a)", () => toggleStatus(unit, "approved"), status === "approved"),
    made("reject", "Reject (x)", () => toggleStatus(unit, "rejected"), status === "rejected"),
    made("comment", "Comment (c)", () => openComment(unit)),
    made("mark", "Mark an error (m)", () => openMark(unit)),
  );
}

/** Where the text comes from and, of a model's, how good it may be or how sure that was. */
function originElement(unit) {
  const { origin, score, quality } = unitAt(unit);
  if (isEdited(unit)) return element("p", "origin", "Edited here");
  if (origin === "mt" && quality !== undefined) return qualityElement(quality, score);
  if (origin === "mt" && score !== undefined) return confidenceElement(score);
  return marked("p", "origin", ORIGINS[origin] ?? origin);
}

/** Bars from one to five: a bar for each tenth from a floor on, which was chosen by eye. */
function barsElement(value, floor) {
  const bars = element("span", "bars");
  bars.dataset.level = Math.min(5, Math.max(1, Math.ceil((value - floor) * 10)));
  return bars;
}

/** `quality` is the chrF++ to expect, as bitext.qa.quality estimates it. */
function qualityElement(quality, score) {
  const bars = barsElement(quality, 0.3);
  const made = element("p", "confidence", bars, `${quality.toFixed(2)} expected quality`);
  made.title =
    "The chrF++ to expect, a rough estimate from the model’s confidence and the length" +
    (score === undefined ? "" : ` (mean log-probability ${score.toFixed(2)} per token)`);
  return made;
}

/** `score` is the mean log-probability per token; its exponential is a probability. */
function confidenceElement(score) {
  const mean = Math.min(1, Math.exp(score));
  const bars = barsElement(mean, 0.4);
  const made = element("p", "confidence", bars, `${mean.toFixed(2)} model’s confidence`);
  made.title =
    "The model’s own confidence, not a measure of quality " +
    `(mean log-probability ${score.toFixed(2)} per token)`;
  return made;
}

function tallyElement(terms) {
  const verified = terms.filter(({ outcome }) => outcome === "right" || outcome === "enforced").length;
  const isAll = verified === terms.length;
  const all = plural(terms.length, "term");
  return element("p", isAll ? "tally whole" : "tally", isAll ? `${all} verified` : `${verified} of ${all} verified`);
}

function issueElement(unit, issue) {
  const chip = element("span", `chip ${issue.severity}`, issue.severity);
  const made = element("li", "issue", chip, marked("span", "message", issue.message));
  const here = button("small", "Dismiss here", () => dismiss(unit, issue), "Not an error here (d)");
  const all = button("small", "everywhere", () => dismiss(EVERYWHERE, issue), "Not an error wherever it says this (D)");
  const offers = hasFix(issue) ? [fixElement(unit, issue), " · "] : [];
  made.append(element("span", "dismissals", ...offers, here, " · ", all));
  made.dataset.spans = JSON.stringify([issue.source ?? [], issue.target ?? []]);
  made.title = [issue.check, issue.category].filter(Boolean).join(" · ");
  return made;
}

/** The suggestion of a flag, to be taken with a click. */
function fixElement(unit, issue) {
  const [first, ...others] = issue.fixes;
  const isOne = others.every((fix) => fix === first);
  const label = isOne && first.trim() ? `Write “${first}”` : "Put right";
  return button("small fix", label, () => takeFix(unit, issue), "Take the suggestion (.)");
}

/** An error that the reviewer has marked. */
function markElement(unit, mark) {
  const chip = element("span", `chip ${mark.severity}`, mark.severity);
  const name = element("span", "message", CATEGORIES[mark.category] ?? mark.category);
  const made = element("li", "issue own", chip, name);
  if (mark.text) made.append(" ", quotedElement(`“${mark.text}”`, mark.side === "source" ? "fr" : "en"));
  if (mark.note) made.append(element("span", "note", ` ${mark.note}`));
  const remove = button("small", "Remove", () => removeMark(unit, mark), "Remove your mark");
  made.append(element("span", "dismissals", remove));
  const spans = mark.end > mark.start ? [[mark.start, mark.end]] : [];
  made.dataset.spans = JSON.stringify(mark.side === "source" ? [spans, []] : [[], spans]);
  return made;
}
