// A card of [data-kanban] may be dragged to another column. Every drag has its button: what is dropped presses one, so
// that both send the same form.

let dragged = null;
let moved = "";

function columnOf(event) {
  return dragged && event.target.closest?.("[data-kanban]")?.contains(dragged) && event.target.closest("[data-column]");
}

function mark(column) {
  document.querySelector("[data-column].is-aimed")?.classList.remove("is-aimed");
  column?.classList.add("is-aimed");
}

function press(card, stage) {
  const button = Object.assign(document.createElement("button"), { name: "stage", value: stage, hidden: true });
  card.querySelector("form").append(button);
  button.click();
}

document.addEventListener("dragstart", (event) => {
  dragged = event.target.closest?.("[data-card]") ?? null;
  if (!dragged) return;
  event.dataTransfer.effectAllowed = "move";
  dragged.classList.add("is-dragged");
});

document.addEventListener("dragover", (event) => {
  const column = columnOf(event);
  if (column) event.preventDefault();
  mark(column);
});

document.addEventListener("drop", (event) => {
  const column = columnOf(event);
  if (!column) return;
  event.preventDefault();
  if (!column.contains(dragged)) press(dragged, column.dataset.column);
});

document.addEventListener("dragend", () => {
  dragged?.classList.remove("is-dragged");
  dragged = null;
  mark(null);
});

// Where the pressed button is gone from the new board, the focus goes to the card that it moved.
document.addEventListener("submit", (event) => {
  moved = event.target.closest("[data-card]")?.dataset.card ?? "";
});
document.addEventListener("htmx:load", ({ detail: { elt } }) => {
  if (!moved || !elt.matches?.("[data-kanban]") || document.activeElement !== document.body) return;
  elt.querySelector(`[data-card="${CSS.escape(moved)}"] :is(a, button)`)?.focus();
});
