// What opens as a menu, details[data-menu], closes by Esc and by a click elsewhere.

function close(menu) {
  menu.open = false;
}

document.addEventListener("click", (event) => {
  for (const menu of document.querySelectorAll("[data-menu][open]")) {
    if (!menu.contains(event.target)) close(menu);
  }
});

// On the way down, so that what lies around the menu does not close by the same key.
function escape(event) {
  const menu = event.key === "Escape" && event.target.closest?.("[data-menu][open]");
  if (!menu) return;
  event.stopPropagation();
  close(menu);
  menu.querySelector("summary").focus();
}

document.addEventListener("keydown", escape, { capture: true });
