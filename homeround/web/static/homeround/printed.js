// Paper is a look of its own: when the browser prints a page that shows somebody, the server writes it down.
window.addEventListener("beforeprint", () => {
  const { printed, shown } = document.body.dataset;
  const csrf = document.querySelector("input[name=csrfmiddlewaretoken]");
  if (shown && csrf) navigator.sendBeacon(printed, new URLSearchParams({ csrfmiddlewaretoken: csrf.value, shown }));
});
