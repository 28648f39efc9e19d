// What is typed goes to the server every few seconds, for its author alone. Nothing readable stays in the browser.
const EVERY = 4000;
const { NO_LINE, sendTwice, why } = await import(document.body.dataset.answers);
const written = new WeakMap();
const forms = () => [...document.querySelectorAll("form[data-draft]")];

// What stands in a form, without what the page puts there for itself and may change meanwhile.
function text(form) {
  const fields = new URLSearchParams(new FormData(form));
  fields.delete("csrfmiddlewaretoken");
  return fields.toString();
}

// As the server sent the form: what was typed before this script was there is not yet written down anywhere.
function asSent(form) {
  const untouched = form.cloneNode(true);
  untouched.reset();
  return text(untouched);
}

function start() {
  forms().forEach((form) => written.set(form, asSent(form)));
}

async function keep(form) {
  const now = text(form);
  if (now === written.get(form) || form.dataset.sent) return;
  const state = form.querySelector("[data-draft-state]");
  try {
    const answer = await sendTwice(() => fetch(document.body.dataset.drafts, {
      method: "POST",
      body: new URLSearchParams(new FormData(form)),
      headers: { "X-Asked-By": "script" },
      redirect: "manual",
    }));
    if (answer.type === "opaqueredirect" || answer.status === 401) {
      written.set(form, now);
      document.dispatchEvent(new CustomEvent("homeround:locked"));
      return;
    }
    if (!answer.ok) {
      notKept(state, answer.status);
      return;
    }
    written.set(form, now);
    const { kept_at: keptAt, until } = await answer.json();
    state.textContent = keptAt ? `Kept at ${keptAt}, until ${until}. Not saved yet.` : "";
  } catch {
    notKept(state, NO_LINE);
  }
}

// It is tried again at the next turn; until then only this page holds the text.
function notKept(state, status) {
  state.textContent = `Not kept: ${why(status)}. What you typed stands only on this page: do not close it. If it is urgent, call.`;
}

function keepAll() {
  return Promise.all(forms().map(keep));
}

start();
document.addEventListener("homeround:shown", start);
document.addEventListener("homeround:keep", (event) => event.detail.push(keepAll()));
document.addEventListener("visibilitychange", () => document.hidden && keepAll());
setInterval(keepAll, EVERY);
