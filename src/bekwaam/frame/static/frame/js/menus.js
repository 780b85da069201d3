// What opens as a menu, details[data-menu], closes by Esc and by a click elsewhere.

function close(menu) {
  menu.open = false;
}

document.addEventListener("click", (event) => {
  for (const menu of document.querySelectorAll("[data-menu][open]")) {
    if (!menu.contains(event.target)) close(menu);
  }
});

document.addEventListener("keydown", (event) => {
  const menu = event.key === "Escape" && event.target.closest?.("[data-menu][open]");
  if (!menu) return;
  event.stopPropagation();
  close(menu);
  menu.querySelector("summary").focus();
});
