// Enter on a row of [data-previews] shows its record at the side; j and k (keys.js) turn to the next, Esc closes.
// A row names what to fetch in data-preview on its link; without script that link simply opens the record.

let shown = null;

function show(link) {
  const list = link.closest("[data-previews]");
  const panel = list?.querySelector("[data-preview-panel]");
  if (!panel) return false;
  choose(link);
  panel.hidden = false;
  list.classList.add("is-open");
  window.htmx.ajax("GET", link.dataset.preview, { target: panel });
  return true;
}

function choose(link) {
  shown?.closest("tr, li").removeAttribute("aria-selected");
  shown = link;
  shown?.closest("tr, li").setAttribute("aria-selected", "true");
}

function close() {
  const link = shown;
  const list = link.closest("[data-previews]");
  choose(null);
  list.classList.remove("is-open");
  list.querySelector("[data-preview-panel]").hidden = true;
  link.focus();
}

document.addEventListener("keydown", (event) => {
  const link = event.target.closest?.("[data-preview]");
  const isPlain = !(event.ctrlKey || event.metaKey || event.shiftKey || event.altKey);
  if (event.key === "Enter" && link && isPlain && link !== shown && show(link)) event.preventDefault();
  if (event.key === "Escape" && shown?.isConnected && !document.querySelector("dialog[open]")) close();
});

document.addEventListener("focusin", (event) => {
  const link = event.target.closest?.("[data-preview]");
  if (link && shown?.isConnected && link !== shown) show(link);
});

// A click beside the link shows the preview; on the link it opens the record.
document.addEventListener("click", (event) => {
  if (shown && event.target.closest("[data-preview-close]")) close();
  if (event.target.closest("a, button, input, label, summary")) return;
  const link = event.target.closest("[data-previews] :is(tr, li)")?.querySelector("[data-preview]");
  if (!link || link === shown) return;
  link.focus();
  if (link !== shown) show(link);
});
