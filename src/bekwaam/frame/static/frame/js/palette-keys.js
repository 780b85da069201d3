// The letters that actions name: each works without the palette as well, unless letters are switched off on this device.

const SWITCH = "bekwaam-shortcuts";

function isTyping(target) {
  return target.closest("input, textarea, select, [contenteditable]") !== null;
}

// What stands on the page itself comes before what the palette offers everywhere.
function named(key) {
  const all = [...document.querySelectorAll("[data-palette-key]")].filter((one) => one.dataset.paletteKey === key);
  return all.find((one) => one.checkVisibility()) ?? all.find((one) => one.closest("[data-palette]"));
}

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return;
  if (localStorage.getItem(SWITCH) === "off" || document.querySelector("dialog[open]")) return;
  const target = named(event.key);
  if (!target) return;
  event.preventDefault();
  target.click();
});

if (/Mac|iPhone|iPad/.test(navigator.platform)) {
  for (const keys of document.querySelectorAll("[data-palette-keys]")) keys.textContent = "⌘ K";
}
