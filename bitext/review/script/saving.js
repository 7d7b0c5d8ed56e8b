// Edits are kept in the browser's store as they are made, an entry for each unit, under the
// hash of the document: file:// pages of a browser share one store.

const PREFIX = `bitext:${review.key}:`;
const SOON = 250; // ms after a change
const waiting = new Set();
let saveTimer;
let saveTrouble = "";

function prepareSaving() {
  loadRecords();
  onChange((units) => {
    units.forEach((unit) => waiting.add(unit));
    saveTimer ??= setTimeout(save, SOON);
  });
  addEventListener("pagehide", save);
  document.addEventListener("visibilitychange", save);
  addEventListener("beforeunload", (event) => {
    save();
    if (saveTrouble && records.size) event.preventDefault();
  });
  addEventListener("storage", takeFromOtherTab);
}

/** What an earlier visit left; what is damaged is passed over. */
function loadRecords() {
  try {
    for (const key of Object.keys(localStorage)) {
      if (key.startsWith(PREFIX)) takeRecord(key, localStorage.getItem(key));
    }
  } catch {
    saveTrouble = "This browser keeps nothing for files: export your edits before you close.";
  }
}

function takeRecord(key, text) {
  const unit = Number(key.slice(PREFIX.length));
  if (!Number.isInteger(unit) || unit < EVERYWHERE || unit >= unitCount) return undefined;
  const record = text === null ? undefined : checkedRecord(text);
  if (record) records.set(unit, record);
  else records.delete(unit);
  return unit;
}

/** The record that a stored text says; undefined for what this page cannot have written. */
function checkedRecord(text) {
  try {
    const { target, status, comment, dismissed = [], marks = [] } = JSON.parse(text);
    const isText = (value) => typeof value === "string";
    const texts = [target, status, comment].filter((value) => value !== undefined);
    const isWhole =
      [...texts, ...dismissed].every(isText) &&
      STATUS_NAMES.includes(status ?? "untouched") &&
      marks.every(isMark);
    return isWhole ? JSON.parse(text) : undefined;
  } catch {
    return undefined;
  }
}

function isMark({ side, category, severity, text, note, start, end }) {
  const isText = [side, category, severity, text, note].every((value) => typeof value === "string");
  return isText && SEVERITIES.includes(severity) && Number.isInteger(start) && Number.isInteger(end);
}

/** The same document open in another tab. */
function takeFromOtherTab({ key, newValue }) {
  if (!key?.startsWith(PREFIX)) return;
  const unit = takeRecord(key, newValue);
  if (unit !== undefined) for (const listener of changeListeners) listener([unit]);
}

function save() {
  clearTimeout(saveTimer);
  saveTimer = undefined;
  try {
    for (const unit of waiting) {
      const record = records.get(unit);
      const key = `${PREFIX}${unit}`;
      const text = record && JSON.stringify(record);
      if (text === undefined) localStorage.removeItem(key);
      else if (localStorage.getItem(key) !== text) localStorage.setItem(key, text);
      waiting.delete(unit);
    }
    saveTrouble = "";
  } catch {
    saveTrouble = "Not saved: the browser’s store is full or closed. Export your edits now.";
  }
  showSaved();
}

function showSaved() {
  find("saved").textContent = saveTrouble || (records.size ? "Saved" : "");
  find("saved").title = saveTrouble ? "" : "Kept in this browser, on this machine";
  find("saved").classList.toggle("trouble", Boolean(saveTrouble));
}
