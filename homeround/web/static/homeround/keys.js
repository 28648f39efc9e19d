// One key, no modifier, leads to the place of the navigation that names it; never while somebody types, and not on a
// device where it was switched off (then no place names it).
const TYPING = "input, textarea, select, [contenteditable]";

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest?.(TYPING)) return;
  const place = [...document.querySelectorAll("a[data-key]")].find((link) => link.dataset.key === event.key);
  if (!place || document.body.classList.contains("hr-covered")) return;
  event.preventDefault();
  const box = place.getAttribute("aria-current") && document.querySelector("main [role=search] input[type=text]");
  if (box) box.focus();
  else window.location.assign(place.href);
});
