// The figures of the page: what it holds, and how far the review is.

function showTotals() {
  const { terms = 0, verified = 0, ...severities } = review.totals;
  const words = review.words.reduce((sum, count) => sum + count, 0);
  const total = (name, value, ...notes) => {
    const shown = element("dd", "", value, ...notes);
    find("totals").append(element("div", "", element("dt", "", name), shown));
  };
  total(unitCount === 1 ? "segment" : "segments", number(unitCount));
  total("source words", number(words));
  if (terms) total("terms verified", number(verified), element("small", "", ` of ${number(terms)}`));
  const chips = SEVERITIES.toReversed()
    .filter((severity) => severities[severity])
    .map((severity) => element("span", `chip ${severity}`, `${number(severities[severity])} ${severity}`));
  const flags = Object.values(severities).reduce((sum, count) => sum + count, 0);
  const isChecked = review.bits.some((bits) => bits & CHECKED);
  total(isChecked ? "flags" : "flags: not checked", isChecked ? number(flags) : "–", ...chips);
  if (review.unplaced) total("references without a segment", number(review.unplaced));
}

/** How much is approved, in segments and in words. */
function showHead() {
  let [segments, words, all, rejected] = [0, 0, 0, 0];
  for (let unit = 0; unit < unitCount; unit++) {
    all += review.words[unit];
    const status = statusOf(unit);
    if (status === "rejected") rejected++;
    if (status !== "approved") continue;
    segments++;
    words += review.words[unit];
  }
  const share = all ? Math.floor((100 * words) / all) : 0;
  const refused = rejected ? `, ${number(rejected)} rejected` : "";
  find("done").textContent = `${number(segments)} approved${refused} · ${share} % of the words`;
  find("meter").style.inlineSize = `${all ? (100 * words) / all : 0}%`;
  find("undo-button").disabled = !done.length;
  find("undo-button").title = done.length ? `Undo: ${done.at(-1).label} (u)` : "";
}

function prepareHead() {
  const title = document.querySelector("h1 bdi");
  showText(title, title.textContent);
  showText(find("signature"), review.signature);
  showTotals();
  let isWaiting = false;
  onChange(() => {
    if (isWaiting) return;
    isWaiting = true;
    requestAnimationFrame(() => {
      isWaiting = false;
      showHead();
    });
  });
  find("undo-button").addEventListener("click", undoStep);
  find("toast-undo").addEventListener("click", () => {
    undoStep();
  });
}

function fillLegend() {
  for (const [name, label] of Object.entries(STATUSES)) {
    find("statuses").append(element("li", "", element("span", `status ${name}`, label)));
  }
  for (const [name, [shape, outcome, meaning]] of Object.entries(OUTCOMES)) {
    const example = element("span", "term", "term");
    example.dataset.outcome = name;
    const line = element("li", "", example, element("span", "", `${shape} ${outcome}: ${meaning}`));
    find("outcomes").append(line);
  }
  for (const severity of SEVERITIES) {
    find("severities").append(element("li", "", element("span", `chip ${severity}`, severity)));
  }
}
