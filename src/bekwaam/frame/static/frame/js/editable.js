// A value that is changed where it stands, details[data-editable]: opening it takes the focus to the field, Esc leaves
// the value as it was. Saving is a form like any other.

// What has to be decided comes before what can be typed, and that before the value itself: in this order, because a
// list of selectors would find the summary first, which an open field hides.
const OPEN = "[data-editable][open]";
const TAKE_FOCUS = [`${OPEN} .clash button`, `${OPEN} input:not([type=hidden])`, `${OPEN} select`, "summary", "a[data-editable-fetched]"];

let saving = "";

function leave(more) {
  more.querySelector("form").reset();
  more.open = false;
  more.querySelector("summary").focus();
}

// Opened here and not awaited: the event that tells it was opened comes later than the keys of a quick hand.
document.addEventListener("click", (event) => {
  const more = event.target.closest("[data-editable] > summary")?.parentElement;
  if (!more) return;
  event.preventDefault();
  more.open = true;
  more.querySelector("input:not([type=hidden])")?.select();
});

// A value whose form is asked for first: what comes takes the focus as if it had been opened here.
document.addEventListener("click", (event) => {
  const asked = event.target.closest("[data-editable-fetched]");
  if (asked) saving = asked.parentElement.id;
});

// On the way down, so that what lies around the value does not close by the same key.
function escape(event) {
  const more = event.key === "Escape" && event.target.closest?.("[data-editable][open]");
  if (!more) return;
  event.stopPropagation();
  leave(more);
}

document.addEventListener("keydown", escape, { capture: true });

document.addEventListener("click", (event) => {
  const more = event.target.closest("[data-cancel]")?.closest("[data-editable]");
  if (!more) return;
  event.preventDefault();
  leave(more);
});

// After saving, the focus returns to the value, or to what has to be decided first.
document.addEventListener("submit", (event) => {
  saving = event.target.closest("[data-editable]")?.parentElement.id ?? "";
});
document.addEventListener("htmx:load", ({ detail: { elt } }) => {
  if (!saving || elt.id !== saving) return;
  saving = "";
  TAKE_FOCUS.map((one) => elt.querySelector(one)).find(Boolean)?.focus();
});
