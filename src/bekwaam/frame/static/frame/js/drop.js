// A field for a file, [data-drop]: shows that it may be let go here, and what was chosen. The field itself takes the
// file, also without this script.

function aim(event, isOver) {
  event.target.closest?.("[data-drop]")?.classList.toggle("is-aimed", isOver);
}

function size(bytes) {
  const units = ["kilobyte", "megabyte"];
  const large = bytes >= 1_000_000;
  const style = { style: "unit", unit: units[Number(large)], maximumFractionDigits: large ? 1 : 0 };
  return new Intl.NumberFormat(document.documentElement.lang, style).format(Math.max(bytes / (large ? 1e6 : 1e3), 1));
}

document.addEventListener("dragover", (event) => aim(event, true));
document.addEventListener("dragleave", (event) => aim(event, false));
document.addEventListener("drop", (event) => aim(event, false));
document.addEventListener("change", (event) => {
  const words = event.target.closest("[data-drop]")?.querySelector("[data-drop-chosen]");
  if (!words || !event.target.files) return;
  words.textContent = [...event.target.files].map((file) => `${file.name} · ${size(file.size)}`).join(", ");
});
