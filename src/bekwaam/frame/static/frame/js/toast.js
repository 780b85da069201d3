// Lifts what was just done into a toast that goes after ten seconds, unless someone is reading or reaching for it.

const STAYS_MS = 10_000;

function lift(message) {
  message.classList.add("is-floating");
  let timer = 0;
  const wait = () => {
    timer = setTimeout(() => message.remove(), STAYS_MS);
  };
  const hold = () => clearTimeout(timer);
  message.addEventListener("pointerenter", hold);
  message.addEventListener("focusin", hold);
  message.addEventListener("pointerleave", wait);
  message.addEventListener("focusout", wait);
  wait();
}

function start(part) {
  const waiting = [...part.querySelectorAll("[data-toast]:not(.is-floating)")];
  if (part.matches("[data-toast]")) waiting.push(part);
  waiting.slice(0, -1).forEach((message) => delete message.dataset.toast);
  if (waiting.length) lift(waiting.at(-1));
}

start(document.body);
document.addEventListener("htmx:load", (event) => start(event.detail.elt));
