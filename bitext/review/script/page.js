// The page at work: everything made ready, then shown.

let pressedOn; // the current item when the pointer went down: its press makes another current

/** A click on the current segment's text opens the editor there; on another, makes it current. */
function onTextClick(event) {
  const text = event.target.closest(".target > .text");
  const row = rowOf(event.target);
  if (!row || event.target.closest("button, a, summary, textarea")) return;
  const wasCurrent = row.item === pressedOn;
  markCurrent(row.item);
  const isSelecting = !getSelection().isCollapsed;
  if (!text || isSelecting || (!wasCurrent && event.detail < 2)) return;
  const [node, offset] = caretAt(event.clientX, event.clientY);
  const at = node ? offsetIn(text, node, offset) : -1;
  openEditor(row.item, at < 0 ? undefined : at);
}

function keepBarHeight() {
  new ResizeObserver(([entry]) => {
    const height = entry.borderBoxSize[0].blockSize;
    document.documentElement.style.setProperty("--bar", `${Math.ceil(height)}px`);
  }).observe(find("bar"));
}

function onChanged(units) {
  if (units.includes(EVERYWHERE)) refreshAll();
  else refresh(units);
}

const widest = String(Math.max(rowItems.length, 1)).length;
document.documentElement.style.setProperty("--number", `${Math.max(1.5, 0.6 * widest)}rem`);
prepareSaving();
prepareHead();
prepareList();
prepareFilters();
preparePointing();
prepareMarks();
prepareReplace();
prepareExports();
fillLegend();
fillKeys();
onChange(onChanged);
find("rows").addEventListener("pointerdown", () => (pressedOn = current), { capture: true });
find("rows").addEventListener("click", onTextClick);
find("approve-shown").addEventListener("click", approveShown);
find("help-button").addEventListener("click", actions["?"]);
addEventListener("beforeprint", () => (document.querySelector(".made").open = true));
addEventListener("keydown", onKey);
keepBarHeight();
filterRows();
showHead();
showSaved();
gatherTexts();
