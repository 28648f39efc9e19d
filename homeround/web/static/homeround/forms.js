// A form goes out once, keeps its text when the connection drops, and leaves nothing of it in the browser's history:
// it is sent from here and not by leaving the page. Without JavaScript it is an ordinary form. The server makes sure
// of everything in any case (the form's token and signature).
const REST = 4000;
const SLOW = 700;
const design = import(document.body.dataset.design);
const { NO_LINE, sendTwice, why } = await import(document.body.dataset.answers);
const main = () => document.getElementById("maincontent");

const SHOWN = [200, 409, 422];
// Answers that are pages for whoever sent the form. Any other leaves the form with its text where it is, and says why.

// The answer's own words where it has some (what is so, and whether the text is kept), else those of its status.
function notSaved(answer, page) {
  const told = page?.querySelector("[data-told]")?.textContent.replace(/\s+/g, " ").trim();
  const reason = told || `${why(answer.status)}.`;
  const reference = answer.headers.get("X-Reference");
  return `Not saved: ${reason} What you typed is still here. If it is urgent, call.`
    + (answer.status >= 500 && reference ? ` Reference: ${reference}` : "");
}

function say(form, words, isWrong = true) {
  let place = form.querySelector("[data-send-state]");
  if (!place) {
    place = document.createElement("p");
    place.dataset.sendState = "";
    place.setAttribute("role", "alert");
    form.querySelector(".hr-form__end, button")?.before(place);
  }
  place.className = isWrong ? "hr-send-state" : "hr-send-state hr-send-state--wait";
  place.textContent = words;
  place.hidden = !words;
}

// On a slow line the button says that it is sending; it keeps the focus, and a second press is answered below.
function waiting(form, button) {
  const words = button?.textContent;
  const timer = setTimeout(() => {
    say(form, "Sending. Stay on this page until it says that it is saved.", false);
    if (!button) return;
    button.setAttribute("aria-disabled", "true");
    button.textContent = "Sending …";
  }, SLOW);
  return () => {
    clearTimeout(timer);
    if (!button) return;
    button.removeAttribute("aria-disabled");
    button.textContent = words;
    if (form.querySelector(".hr-send-state--wait")) say(form, "", false);
  };
}

async function send(form, button) {
  const answer = await sendTwice(() => fetch(form.getAttribute("action"), {
    method: "POST",
    body: new URLSearchParams(new FormData(form, button)),
    headers: { "X-Asked-By": "form" },
  }));
  const next = answer.headers.get("X-Go-To");
  if (next) {
    window.location.assign(next);
    return true;
  }
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const said = page.getElementById("maincontent");
  if (!said || !SHOWN.includes(answer.status)) {
    say(form, notSaved(answer, said));
    return false;
  }
  document.title = page.title;
  main().replaceWith(said);
  if (page.body.dataset.membership !== document.body.dataset.membership) changeHands(page);
  (await design).initAll({ scope: said });
  revealAll();
  document.dispatchEvent(new CustomEvent("homeround:shown"));
  if (!said.querySelector(".nhsuk-error-summary")) {
    said.tabIndex = -1;
    said.focus();
    window.scrollTo(0, 0);
  }
  return false;
}

// Somebody else has signed in, or acts in another role: what stands around the page is theirs now.
function changeHands(page) {
  document.querySelector("header").replaceWith(page.querySelector("header"));
  document.querySelector("[data-banner]")?.remove();
  document.body.dataset.membership = page.body.dataset.membership;
}

document.addEventListener("submit", async (event) => {
  const form = event.target.closest("form[data-send-once]");
  if (!form || event.defaultPrevented) return;
  if (form.dataset.sent) {
    event.preventDefault();
    say(form, "It is being sent already: pressing once is enough. If nothing happens for a minute, the line may be gone.", false);
    return;
  }
  form.dataset.sent = "yes";
  if (!form.hasAttribute("data-stays")) {
    setTimeout(() => delete form.dataset.sent, REST);
    return;
  }
  event.preventDefault();
  const isBack = waiting(form, event.submitter);
  try {
    if (await send(form, event.submitter)) return;
  } catch {
    say(form, `Not sent: ${why(NO_LINE)}. What you typed is still here; press the button again. If it is urgent, call.`);
  }
  isBack();
  delete form.dataset.sent;
});

// A field that only one answer opens stands under it, and is shown when that answer is chosen.
function reveal(part) {
  const chosen = new FormData(part.closest("form")).getAll(part.dataset.revealedBy);
  part.hidden = !chosen.includes(part.dataset.revealedValue);
}

function revealAll() {
  document.querySelectorAll("[data-revealed-by]").forEach(reveal);
}

document.addEventListener("change", revealAll);
revealAll();
(await design).initAll();

// On paper a box shows all that was typed into it.
window.addEventListener("beforeprint", () => {
  for (const box of document.querySelectorAll("textarea")) box.style.minHeight = `${box.scrollHeight + 4}px`;
});
window.addEventListener("afterprint", () => {
  for (const box of document.querySelectorAll("textarea")) box.style.minHeight = "";
});

// A page brought back from the browser's memory may show what somebody else typed: ask the server for it again.
window.addEventListener("pageshow", (event) => {
  if (event.persisted) window.location.reload();
});
