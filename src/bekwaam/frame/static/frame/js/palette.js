// The palette: what can be done on this page, what was opened last, and every record by its name.
// Ctrl K (or the search field) opens it, the arrows choose, Enter goes, Esc closes. HTMX fetches what was found.

const KEPT = 6;
const palette = document.querySelector("[data-palette]");

function plain(text) {
  return text.toLowerCase().normalize("NFKD").replace(/\p{M}/gu, "");
}

// Whether each typed word begins a word of the title.
function answers(title, typed) {
  const words = plain(title).split(/[^\p{L}\p{N}]+/u);
  return plain(typed).split(/\s+/).filter(Boolean).every((part) => words.some((word) => word.startsWith(part)));
}

// --- what was opened last, in this tab and for this user only ---

const memory = `bekwaam-opened-${palette?.dataset.paletteUser}`;

function opened() {
  try {
    return JSON.parse(sessionStorage.getItem(memory)) ?? [];
  } catch {
    return [];
  }
}

function remember(record) {
  const others = opened().filter((one) => one.url !== record.url);
  sessionStorage.setItem(memory, JSON.stringify([record, ...others].slice(0, KEPT)));
}

function forgetOnSignOut(event) {
  if (event.target.matches("[data-sign-out]")) sessionStorage.removeItem(memory);
}

function rememberThisPage() {
  const name = document.querySelector("[data-record]");
  if (name) remember({ title: name.textContent.trim(), remark: name.dataset.record, url: location.pathname });
}

function start() {
  const field = palette.querySelector("[role=combobox]");
  const form = field.form;
  const list = palette.querySelector("[role=listbox]");
  const said = palette.querySelector("[data-palette-said]");
  const found = palette.querySelector("#palette-found");
  const beginning = palette.querySelector("[data-palette-start]");
  const here = palette.querySelector("[data-palette-here]");
  const recent = palette.querySelector("[data-palette-recent]");
  const targets = new WeakMap();
  let opener = null;
  let isGoing = false;

  const copy = (name) => palette.querySelector(`template[data-palette-${name}]`).content.firstElementChild.cloneNode(true);
  const typed = () => field.value.trim().replace(/\s+/g, " ");
  const isAnswered = () => typed() === "" || found.firstElementChild?.dataset.found === typed();
  const options = () => [...list.querySelectorAll("[data-found-line]")].filter((one) => one.checkVisibility());
  const chosen = () => list.querySelector("[aria-selected=true]");

  // What was found is in sight already and said for ears; only that no answer came is for eyes too.
  function tell(words, isForEyes = false) {
    said.textContent = words;
    said.classList.toggle("visually-hidden", !isForEyes);
  }

  function choose(option) {
    chosen()?.setAttribute("aria-selected", "false");
    option?.setAttribute("aria-selected", "true");
    option?.scrollIntoView({ block: "nearest" });
    if (option) field.setAttribute("aria-activedescendant", option.id);
    else field.removeAttribute("aria-activedescendant");
  }

  function step(by) {
    const all = options();
    const at = all.indexOf(chosen());
    if (all.length) choose(all[(at + by + all.length) % all.length]);
  }

  // The same list serves pages, so the roles of a list box are given here.
  function dress() {
    for (const [number, section] of list.querySelectorAll("[data-found-section]").entries()) {
      const head = section.querySelector(".found__head");
      head.id = `palette-head-${number}`;
      head.setAttribute("role", "presentation");
      section.setAttribute("role", "group");
      section.setAttribute("aria-labelledby", head.id);
      for (const part of section.querySelectorAll("ul, li")) part.setAttribute("role", "presentation");
    }
    for (const [number, line] of list.querySelectorAll("[data-found-line]").entries()) {
      line.id = `palette-line-${number}`;
      line.tabIndex = -1;
      line.setAttribute("role", "option");
      line.setAttribute("aria-selected", "false");
    }
    const all = options();
    list.setAttribute("role", all.length ? "listbox" : "group");
    field.setAttribute("aria-expanded", String(all.length > 0));
    choose(all[0]);
  }

  function fill(place, title, lines) {
    place.replaceChildren();
    if (!lines.length) return;
    const section = copy("section");
    section.querySelector(".found__head").textContent = title;
    for (const { title: name, remark = "", key = "", url = "#", target } of lines) {
      const line = copy("line");
      line.querySelector("[data-found-name]").textContent = name;
      line.querySelector("[data-found-remark]").textContent = remark;
      line.querySelector("kbd").textContent = key;
      line.querySelector("a").setAttribute("href", url);
      if (target) targets.set(line.querySelector("a"), target);
      section.querySelector("ul").append(line);
    }
    place.append(section);
  }

  function actionsHere() {
    return [...document.querySelectorAll("[data-palette-action]")]
      .filter((target) => target.checkVisibility() && !palette.contains(target))
      .map((target) => ({
        title: target.dataset.paletteAction || target.textContent.trim(),
        key: target.dataset.paletteKey,
        target,
      }))
      .filter(({ title }) => answers(title, typed()));
  }

  function show() {
    const isEmpty = typed() === "";
    const elsewhere = opened().filter((record) => record.url !== location.pathname);
    fill(here, here.dataset.paletteHere, actionsHere());
    fill(recent, recent.dataset.paletteRecent, isEmpty ? elsewhere : []);
    beginning.hidden = !isEmpty;
    if (isEmpty) {
      found.replaceChildren();
      tell("");
    }
    dress();
  }

  function open(text = "") {
    if (palette.open) return;
    opener = document.activeElement;
    isGoing = false;
    field.value = text;
    palette.showModal();
    field.setSelectionRange(text.length, text.length);
    show();
    if (text) field.dispatchEvent(new Event("input", { bubbles: true }));
  }

  function go(option) {
    const target = targets.get(option);
    if (option.hasAttribute("data-found-record")) {
      const part = (name) => option.querySelector(`[data-found-${name}]`)?.textContent ?? "";
      remember({ title: part("name"), remark: part("remark"), url: new URL(option.href).pathname + new URL(option.href).search });
    }
    palette.close();
    if (target) target.click();
    else location.assign(option.href);
  }

  // Enter before the answer is there waits for it: what stands first until then answers an older question.
  function decide(event) {
    const option = isAnswered() ? chosen() : null;
    if (option || !isAnswered()) event.preventDefault();
    isGoing = !isAnswered();
    if (option) go(option);
  }

  const keys = { ArrowDown: () => step(1), ArrowUp: () => step(-1) };

  field.addEventListener("keydown", (event) => {
    if (event.isComposing || !keys[event.key]) return;
    event.preventDefault();
    keys[event.key]();
  });
  field.addEventListener("input", () => {
    isGoing = false;
    show();
    if (typed() === "") field.dispatchEvent(new Event("htmx:abort"));
  });
  field.addEventListener("htmx:beforeRequest", (event) => typed() === "" && event.preventDefault());
  for (const fault of ["htmx:sendError", "htmx:responseError"]) {
    field.addEventListener(fault, () => tell(palette.dataset.paletteBroken, true));
  }
  found.addEventListener("htmx:afterSwap", () => {
    if (typed() === "") found.replaceChildren();
    tell(found.firstElementChild?.dataset.said ?? "");
    dress();
    if (isGoing && isAnswered()) form.requestSubmit();
  });
  form.addEventListener("submit", decide);
  list.addEventListener("pointermove", (event) => {
    const option = event.target.closest("[data-found-line]");
    if (option && option !== chosen()) choose(option);
  });
  list.addEventListener("click", (event) => {
    const option = event.target.closest("[data-found-line]");
    if (!option || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    go(option);
  });
  palette.addEventListener("click", (event) => {
    if (event.target === palette || event.target.closest("[data-palette-close]")) palette.close();
  });
  palette.addEventListener("close", () => opener?.focus({ preventScroll: true }));

  document.addEventListener("keydown", (event) => {
    if (!(event.ctrlKey || event.metaKey) || event.altKey || event.shiftKey || event.key.toLowerCase() !== "k") return;
    event.preventDefault();
    if (palette.open) palette.close();
    else if (!document.querySelector("dialog[open]")) open();
  });
  for (const place of document.querySelectorAll("[data-palette-open]")) {
    const over = (event) => {
      event.preventDefault();
      open(place.value ?? "");
      if ("value" in place) place.value = "";
    };
    place.addEventListener("click", over);
    place.addEventListener("input", over);
  }
}

if (palette) {
  start();
  rememberThisPage();
  document.addEventListener("submit", forgetOnSignOut);
}
