// Keys for who knows them: / goes to the search field, j and k walk through the rows of [data-rows].
// Enter on a row is the browser's own: the focus stands on the row's link.

const SWITCH = "bekwaam-shortcuts";

function isTyping(target) {
  return target.closest("input, textarea, select, [contenteditable]") !== null;
}

function doors() {
  const rows = document.querySelectorAll("[data-rows] tr, [data-rows] > li");
  return [...rows].map((row) => row.querySelector("a[href]")).filter((link) => link?.checkVisibility());
}

function walk(step) {
  const links = doors();
  if (!links.length) return false;
  const here = links.findIndex((link) => link.closest("tr, li").contains(document.activeElement));
  links[Math.min(Math.max(here + step, 0), links.length - 1)].focus();
  return true;
}

function search() {
  const field = [...document.querySelectorAll("[data-search]")].find((one) => one.checkVisibility());
  field?.focus();
  return Boolean(field);
}

const actions = { "/": search, j: () => walk(1), k: () => walk(-1) };

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return;
  if (localStorage.getItem(SWITCH) === "off" || document.querySelector("dialog[open]")) return;
  if (actions[event.key]?.()) event.preventDefault();
});
