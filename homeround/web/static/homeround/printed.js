// Paper is a look of its own: when the browser prints a page that shows somebody, the server writes it down.
window.addEventListener("beforeprint", () => {
  const { printed, shown } = document.body.dataset;
  const csrf = document.querySelector("input[name=csrfmiddlewaretoken]");
  if (shown && csrf) navigator.sendBeacon(printed, new URLSearchParams({ csrfmiddlewaretoken: csrf.value, shown }));
});

// Paper cannot be unfolded: whatever is folded is printed open, and folded again afterwards.
window.addEventListener("beforeprint", () => {
  for (const part of document.querySelectorAll("details:not([open])")) {
    part.open = true;
    part.dataset.folded = "";
  }
});
window.addEventListener("afterprint", () => {
  for (const part of document.querySelectorAll("details[data-folded]")) {
    part.open = false;
    delete part.dataset.folded;
  }
});
