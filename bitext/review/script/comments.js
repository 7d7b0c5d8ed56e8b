// A reviewer's comment on a segment, under its translation.

function commentElements(unit) {
  const comment = commentOf(unit);
  if (!comment) return [];
  const text = marked("p", "comment-text", comment);
  const edit = button("small", "Change", () => openComment(unit), "Change the comment (c)");
  return [element("div", "remark", element("span", "label", "Comment"), text, edit)];
}

let commenting; // the item whose comment is being written

function openComment(unit = current?.unit) {
  const item = itemOf.get(unit);
  if (!item) return;
  closeEditor();
  const made = reveal(item);
  if (!made || made.querySelector(".comment-area")) return;
  made.querySelector(".remark")?.remove();
  const area = element("textarea", "comment-area");
  area.value = commentOf(unit);
  area.rows = 2;
  area.setAttribute("aria-label", `Comment on segment ${item.number}`);
  area.placeholder = "Comment";
  const before = records.get(unit);
  commenting = item;
  const close = (focus) => {
    if (commenting !== item) return;
    commenting = undefined;
    closeStep(`Comment on segment ${item.number}`, unit, before);
    refresh([unit]);
    showHead();
    if (focus) list.elements.get(item)?.focus({ preventScroll: true });
  };
  area.addEventListener("input", () => {
    fitArea(area);
    write(unit, { comment: area.value });
  });
  area.addEventListener("blur", () => close(false));
  area.addEventListener("keydown", (event) => {
    const isEnd = event.key === "Escape" || (event.key === "Enter" && (event.ctrlKey || event.metaKey));
    if (!isEnd || isComposing(event)) return;
    event.preventDefault();
    event.stopPropagation();
    close(true);
  });
  made.querySelector(".target").append(element("div", "remark", element("span", "label", "Comment"), area));
  fitArea(area);
  area.focus({ preventScroll: true });
}
