// Covers the page when nobody has touched it for a while, or on Lock; the text beneath stays in memory for the same person.
const { NO_LINE, askState, sendTwice, why } = await import(document.body.dataset.answers);
const TELL_AGAIN = 5000;
const body = document.body;
const cover = document.getElementById("lock");
const form = cover.querySelector(".hr-lock__form");
const password = cover.querySelector("#lock-password");
const problem = cover.querySelector("#lock-error");
const words = cover.querySelector("[data-lock-words]");
const limit = Number(body.dataset.lockAfter) * 1000;
const isOpen = words.textContent;
let active = now();
let covered = false;
let locking = Promise.resolve();

const csrf = () => form.querySelector("[name=csrfmiddlewaretoken]").value;

// `answer` is the server's, `result` what it says; a page of sign-in instead of an answer means signed out.
async function post(address, fields) {
  const answer = await sendTwice(() => fetch(address, {
    method: "POST",
    body: new URLSearchParams({ csrfmiddlewaretoken: csrf(), ...fields }),
    headers: { "X-Asked-By": "script" },
    redirect: "manual",
  }));
  const isJson = answer.headers.get("Content-Type")?.includes("json");
  return { status: answer.type === "opaqueredirect" ? 401 : answer.status, result: isJson ? await answer.json() : {} };
}

// Two clocks: the day's may be set back, the page's own stands still while a device sleeps. The longer time counts.
function now() {
  return { day: Date.now(), page: performance.now() };
}

function idle() {
  const at = now();
  return Math.max(at.day - active.day, at.page - active.page);
}

function showCover() {
  if (covered) return;
  covered = true;
  body.classList.add("hr-covered");
  cover.showModal();
  password.focus();
  showNumbers();
}

// Who to call at this hour: in the cover already are the numbers that are right everywhere; those of the home come in.
async function showNumbers() {
  const place = cover.querySelector("[data-lock-numbers]");
  try {
    const answer = await fetch(place.dataset.numbers, { headers: { "X-Asked-By": "script" } });
    if (!answer.ok) return;
    const page = new DOMParser().parseFromString(await answer.text(), "text/html"); // runs no script
    place.replaceChildren(...page.body.childNodes);
  } catch {
    // no connection: the numbers in the page stay
  }
}

function lock() {
  locking = tell();
}

async function tell() {
  const kept = [];
  document.dispatchEvent(new CustomEvent("homeround:keep", { detail: kept }));
  showCover();
  await Promise.all(kept);
  await lockServer();
}

// The cover keeps people off this page; only the server keeps them off every other page of this browser. While it does
// not know, the cover says so and the server is told again.
async function lockServer() {
  let status = NO_LINE;
  try {
    const told = await post(body.dataset.lock, {});
    if (told.result.locked === true) {
      words.textContent = isOpen;
      return;
    }
    status = told.status;
  } catch {
    // no connection
  }
  if (!covered || status === 401) return; // unlocked meanwhile, or signed out: nothing is open any more
  words.textContent = `This page is covered, but Homeround is not locked: ${why(status)}. Another page in this browser may still be open: close the browser if you leave. We keep trying to lock it.`;
  setTimeout(() => covered && lockServer(), TELL_AGAIN);
}

function uncover() {
  covered = false;
  active = now();
  words.textContent = isOpen;
  password.value = "";
  problem.hidden = true;
  cover.close();
  body.classList.remove("hr-covered");
  document.dispatchEvent(new CustomEvent("homeround:unlocked"));
}

form.addEventListener("submit", async (event) => {
  event.preventDefault();
  const secret = password.value;
  password.value = "";
  let said;
  await locking; // the server knows that the page is locked before it is asked to unlock it
  try {
    const { status, result } = await post(body.dataset.lock, { unlock: "yes", password: secret });
    if (result.locked === false) {
      uncover();
      return;
    }
    said = result.words ?? (status === 401
      ? "You are signed out. Sign in again: what was kept comes back on the form."
      : `Not unlocked: ${why(status)}. What you typed stays here; try again.`);
  } catch {
    said = `Not unlocked: ${why(NO_LINE)}. What you typed stays here; try again.`;
  }
  problem.textContent = said;
  problem.hidden = false;
  password.focus();
});

// Browsers let a second Escape close a dialog whatever the page says; then it is opened again.
cover.addEventListener("cancel", (event) => event.preventDefault());
cover.addEventListener("keydown", (event) => event.key === "Escape" && event.preventDefault());
cover.addEventListener("close", () => covered && cover.showModal());

for (const button of document.querySelectorAll("form[data-lock-now]")) {
  button.addEventListener("submit", (event) => {
    event.preventDefault();
    lock();
  });
}

for (const kind of ["pointerdown", "keydown", "scroll", "touchstart"]) {
  document.addEventListener(kind, () => { if (!covered) active = now(); }, { passive: true, capture: true });
}

// Somebody came back to this page: is it still theirs, and unlocked?
async function look() {
  if (document.hidden || covered) return;
  if (limit && idle() > limit) { lock(); return; }
  try {
    const { isLocked, isOurs } = await askState();
    if (isLocked) showCover();
    else if (!isOurs) {
      words.textContent = "Somebody else has signed in, or you act in another role now. This page belongs to the one before: what was typed is kept for them.";
      form.querySelector(".nhsuk-form-group").hidden = true;
      form.querySelector("[data-lock-open]").hidden = true;
      showCover();
    }
  } catch {
    // without a connection nothing can be asked; the page's own clock goes on
  }
}

document.addEventListener("homeround:locked", showCover);
document.addEventListener("visibilitychange", look);
if (limit) setInterval(() => !covered && idle() > limit && lock(), 1000);

// Reading is being there too: once a minute, and only when somebody moved, the server is told.
const TELL_EVERY = 60000;
let told = performance.now();
setInterval(() => {
  if (covered || active.page <= told) return;
  told = performance.now();
  post(body.dataset.here, {}).then(({ status }) => status === 401 && showCover()).catch(() => undefined);
}, TELL_EVERY);
