// A first page that stays right: brought up to date each minute, and whenever somebody comes back to it, by htmx. Where
// that has failed for two minutes the page covers itself: never an old "nothing open" (H40). Asking is not activity.
const EVERY = 60000;
const OLD = 120000;

// htmx notes the address of the page for a history that is not used here: nothing stays on the device (H56).
sessionStorage.removeItem("htmx-current-path-for-history");

const stale = document.getElementById("today-stale");
const board = () => document.getElementById("today");
let right = Date.now();
let shownAt = board().dataset.asAt;
let opened = [];
let focused = null;

const isLocked = () => document.body.classList.contains("hr-covered");

function refresh() {
  if (document.hidden || isLocked()) return;
  window.htmx.trigger(board(), "homeround:refresh");
}

function look() {
  const isOld = Date.now() - right > OLD;
  if (isOld) stale.querySelector("[data-stale-since]").textContent = shownAt;
  if (stale.hidden !== isOld) return;
  board().hidden = isOld;
  stale.hidden = !isOld;
  if (isOld) window.scrollTo(0, 0);
}

// A part that is put in place keeps what was open, and where the keyboard stood.
document.addEventListener("htmx:beforeSwap", () => {
  opened = [...board().querySelectorAll("details[open]")].map(where);
  focused = board().contains(document.activeElement) ? where(document.activeElement) : null;
});

document.addEventListener("htmx:afterSwap", () => {
  const all = [...board().querySelectorAll("details, a, button, summary")];
  all.filter((one) => one.matches("details") && opened.includes(where(one))).forEach((one) => { one.open = true; });
  if (focused) all.find((one) => where(one) === focused)?.focus({ preventScroll: true });
});

const where = (one) => one.id || one.getAttribute("href") || one.closest("[id]")?.id + one.textContent;

document.addEventListener("htmx:afterRequest", (event) => {
  if (event.detail.successful) {
    right = Date.now();
    shownAt = board().dataset.asAt;
  }
  look();
});

// A link to a room opens the unit that the room is in.
window.addEventListener("hashchange", () => {
  document.getElementById(location.hash.slice(1))?.closest("details")?.setAttribute("open", "");
});

setInterval(refresh, EVERY);
setInterval(look, 1000);
document.addEventListener("visibilitychange", () => { look(); refresh(); });
window.addEventListener("focus", refresh);
window.addEventListener("online", refresh);
document.addEventListener("homeround:unlocked", () => { look(); refresh(); });
