// Find and replace, in the translations that are shown.

function toggleReplace(on = find("replace").hidden) {
  find("replace").hidden = !on;
  find("replace-button").setAttribute("aria-expanded", on);
  if (on) find(find("search").value ? "replacement" : "search").focus();
  countHits();
}

function searchOptions() {
  const exact = find("exact").checked;
  const typed = find("search").value.trim();
  return [exact ? typed : fold(typed), { exact }];
}

/** The shown translations that hold what is searched: [item, hits]. */
function hitRows() {
  const [wanted, options] = searchOptions();
  if (!wanted) return [];
  return shownRows
    .map((item) => [item, placesIn(targetOf(item.unit), wanted, options).length])
    .filter(([, hits]) => hits);
}

function countHits() {
  if (find("replace").hidden) return;
  const rows = hitRows();
  const hits = rows.reduce((sum, [, count]) => sum + count, 0);
  find("replace-all").disabled = !hits;
  const where = `${plural(hits, "hit")} in ${plural(rows.length, "translation")}`;
  find("hits").textContent = find("search").value.trim() ? where : "";
  find("replace-all").textContent = hits ? `Replace ${number(hits)}` : "Replace all";
}

function replaceAll() {
  const [wanted, options] = searchOptions();
  const rows = hitRows();
  const replacement = find("replacement").value;
  const updates = rows.map(({ 0: { unit } }) => {
    const target = replaced(targetOf(unit), wanted, replacement, options);
    return [unit, { target, status: "draft" }];
  });
  const count = change(`Replacement in ${plural(rows.length, "segment")}`, updates);
  countHits();
  showToast(`Replaced in ${plural(count, "segment")}.`, { canUndo: count > 0 });
}

function prepareReplace() {
  find("replace-button").addEventListener("click", () => toggleReplace());
  find("replace-all").addEventListener("click", replaceAll);
  find("exact").addEventListener("change", countHits);
  find("replacement").addEventListener("keydown", (event) => {
    if (event.key === "Enter" && !isComposing(event) && !find("replace-all").disabled) {
      event.preventDefault();
      replaceAll();
    }
  });
}
