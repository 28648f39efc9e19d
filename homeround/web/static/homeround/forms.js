// A form goes out once: after the first press its buttons rest for a few seconds. The server makes sure in any case (the form's token).
const REST = 4000;

for (const form of document.querySelectorAll("form[data-send-once]")) {
  form.addEventListener("submit", (event) => {
    if (form.dataset.sent) {
      event.preventDefault();
      return;
    }
    form.dataset.sent = "yes";
    setTimeout(() => delete form.dataset.sent, REST);
  });
}

// A field that only one answer opens stands under it, and is shown when that answer is chosen.
for (const part of document.querySelectorAll("[data-revealed-by]")) {
  const form = part.closest("form");
  const show = () => {
    const chosen = new FormData(form).getAll(part.dataset.revealedBy);
    part.hidden = !chosen.includes(part.dataset.revealedValue);
  };
  form.addEventListener("change", show);
  show();
}

// A page brought back from the browser's memory may show what somebody else typed: ask the server for it again.
window.addEventListener("pageshow", (event) => {
  if (event.persisted) window.location.reload();
});
