// How many rows of [data-bulk] are chosen, and the box that chooses all of them. That the bar then takes the place of
// the filter line needs no script.

function rows(form) {
  return [...form.querySelectorAll("[data-pick]")];
}

function tell(form) {
  const boxes = rows(form);
  const count = boxes.filter((box) => box.checked).length;
  const words = form.querySelector("[data-bulk-count]");
  const figure = new Intl.NumberFormat(document.documentElement.lang).format(count);
  if (words) words.textContent = count === 1 ? words.dataset.one : words.dataset.many.replace("#", figure);
  const all = form.querySelector("[data-pick-all]");
  if (!all) return;
  all.checked = count > 0 && count === boxes.length;
  all.indeterminate = count > 0 && count < boxes.length;
}

document.addEventListener("change", (event) => {
  const form = event.target.closest("[data-bulk]");
  if (!form || !event.target.matches("[data-pick], [data-pick-all]")) return;
  if (event.target.matches("[data-pick-all]")) for (const box of rows(form)) box.checked = event.target.checked;
  tell(form);
});

// A browser that goes back keeps what was ticked.
addEventListener("pageshow", () => document.querySelectorAll("[data-bulk]").forEach(tell));
