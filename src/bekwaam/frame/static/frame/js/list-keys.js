// On a list: x chooses the row that has the focus, o opens its record. j, k and Enter are those of keys.js and preview.js.

const SWITCH = "bekwaam-shortcuts";

function isTyping(target) {
  return target.closest("input:not([type=checkbox]), textarea, select, [contenteditable]") !== null;
}

function row() {
  return document.activeElement?.closest("[data-list] [data-rows] > tr");
}

function choose() {
  const box = row()?.querySelector("[data-pick]:not([disabled])");
  if (!box) return false;
  box.checked = !box.checked;
  box.dispatchEvent(new Event("change", { bubbles: true }));
  return true;
}

function open() {
  const link = row()?.querySelector("th a[href]");
  if (link) window.location.assign(link.href);
  return Boolean(link);
}

const actions = { x: choose, o: open };

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return;
  if (localStorage.getItem(SWITCH) === "off" || document.querySelector("dialog[open]")) return;
  if (actions[event.key]?.()) event.preventDefault();
});
