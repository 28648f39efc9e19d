// What is typed goes to the server every few seconds, for its author alone. Nothing readable stays in the browser.
const EVERY = 4000;
const written = new WeakMap();
const forms = () => [...document.querySelectorAll("form[data-draft]")];

function text(form) {
  return new URLSearchParams(new FormData(form)).toString();
}

function start() {
  forms().forEach((form) => written.set(form, text(form)));
}

async function keep(form) {
  const now = text(form);
  if (now === written.get(form) || form.dataset.sent) return;
  const state = form.querySelector("[data-draft-state]");
  try {
    const answer = await fetch(document.body.dataset.drafts, {
      method: "POST",
      body: new URLSearchParams(now),
      headers: { "X-Asked-By": "script" },
      redirect: "manual",
    });
    if (answer.type === "opaqueredirect" || answer.status === 401) {
      written.set(form, now);
      document.dispatchEvent(new CustomEvent("homeround:locked"));
      return;
    }
    if (!answer.ok) throw new Error(String(answer.status));
    written.set(form, now);
    const { kept_at: keptAt } = await answer.json();
    state.textContent = keptAt ? `Kept at ${keptAt}. Not saved yet.` : "";
  } catch {
    state.textContent = "Not kept: there is no connection. Do not close this page. If it is urgent, ring.";
  }
}

function keepAll() {
  return Promise.all(forms().map(keep));
}

start();
document.addEventListener("homeround:shown", start);
document.addEventListener("homeround:keep", (event) => event.detail.push(keepAll()));
document.addEventListener("visibilitychange", () => document.hidden && keepAll());
setInterval(keepAll, EVERY);
