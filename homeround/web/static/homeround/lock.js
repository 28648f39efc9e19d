// Covers the page when nobody has touched it for a while, or on Lock; the text beneath stays in memory for the same person.
const body = document.body;
const cover = document.getElementById("lock");
const form = cover.querySelector(".hr-lock__form");
const password = cover.querySelector("#lock-password");
const problem = cover.querySelector("#lock-error");
const words = cover.querySelector("[data-lock-words]");
const limit = Number(body.dataset.lockAfter) * 1000;
let active = Date.now();
let covered = false;
let locking = Promise.resolve();

const post = (fields) =>
  fetch(body.dataset.lock, { method: "POST", body: new URLSearchParams(fields), headers: { "X-Asked-By": "script" } });

const csrf = () => form.querySelector("[name=csrfmiddlewaretoken]").value;

function showCover() {
  if (covered) return;
  covered = true;
  body.classList.add("hr-covered");
  cover.showModal();
  password.focus();
}

function lock() {
  locking = tell();
}

async function tell() {
  const kept = [];
  document.dispatchEvent(new CustomEvent("homeround:keep", { detail: kept }));
  showCover();
  await Promise.all(kept);
  await post({ csrfmiddlewaretoken: csrf() }).catch(() => undefined);
}

function uncover() {
  covered = false;
  active = Date.now();
  password.value = "";
  problem.hidden = true;
  cover.close();
  body.classList.remove("hr-covered");
}

form.addEventListener("submit", async (event) => {
  event.preventDefault();
  const secret = password.value;
  password.value = "";
  let said = "There is no connection. What you typed stays here; try again.";
  await locking; // the server knows that the page is locked before it is asked to unlock it
  try {
    const answer = await post({ csrfmiddlewaretoken: csrf(), unlock: "yes", password: secret });
    const result = answer.headers.get("Content-Type")?.includes("json") ? await answer.json() : {};
    if (answer.ok && result.locked === false) {
      uncover();
      return;
    }
    said = result.words ?? "This page cannot be unlocked any more. Sign out and sign in again: what you typed is kept.";
  } catch {
    // said as above
  }
  problem.textContent = said;
  problem.hidden = false;
  password.focus();
});

cover.addEventListener("cancel", (event) => event.preventDefault());

for (const button of document.querySelectorAll("form[data-lock-now]")) {
  button.addEventListener("submit", (event) => {
    event.preventDefault();
    lock();
  });
}

for (const kind of ["pointerdown", "keydown", "scroll", "touchstart"]) {
  document.addEventListener(kind, () => { active = Date.now(); }, { passive: true, capture: true });
}

// Somebody came back to this page: is it still theirs, and unlocked?
async function look() {
  if (document.hidden || covered) return;
  if (limit && Date.now() - active > limit) { lock(); return; }
  try {
    const state = await (await fetch(body.dataset.state)).json();
    if (state.locked) showCover();
    else if (String(state.membership) !== body.dataset.membership) {
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
if (limit) setInterval(() => !covered && Date.now() - active > limit && lock(), 1000);

// Reading is being there too: once a minute, and only when somebody moved, the server is told.
const TELL_EVERY = 60000;
let told = Date.now();
setInterval(() => {
  if (covered || active <= told) return;
  told = Date.now();
  fetch(body.dataset.here, {
    method: "POST",
    body: new URLSearchParams({ csrfmiddlewaretoken: csrf() }),
    headers: { "X-Asked-By": "script" },
    redirect: "manual",
  }).catch(() => undefined);
}, TELL_EVERY);
