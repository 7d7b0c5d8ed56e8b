// One line at the foot of the window that says what was done, with the way back.

let toastTimer;

function showToast(text, { canUndo = false } = {}) {
  clearTimeout(toastTimer);
  find("toast-text").textContent = text;
  find("toast-undo").hidden = !canUndo;
  find("toast").hidden = false;
  toastTimer = setTimeout(hideToast, 7000);
}

function hideToast() {
  find("toast").hidden = true;
}
