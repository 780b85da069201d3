// The list of shortcuts: opened by its link or by "?", and the switch that turns single letters off on this device.

const SWITCH = "bekwaam-shortcuts";
const list = document.getElementById("shortcuts");

function isTyping(target) {
  return target.closest("input, textarea, select, [contenteditable]") !== null;
}

if (list) {
  const box = list.querySelector("[data-shortcuts-switch]");
  box.checked = localStorage.getItem(SWITCH) !== "off";
  box.addEventListener("change", () => localStorage.setItem(SWITCH, box.checked ? "on" : "off"));
  for (const link of document.querySelectorAll("[data-open-dialog='shortcuts']")) {
    link.addEventListener("click", (event) => {
      event.preventDefault();
      list.showModal();
    });
  }
  document.addEventListener("keydown", (event) => {
    if (event.key !== "?" || isTyping(event.target) || list.open || !box.checked) return;
    event.preventDefault();
    list.showModal();
  });
}
