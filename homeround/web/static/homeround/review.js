// Choosing an outcome that says something changed opens the part of the form that asks what. The form may be shown
// anew after sending, so this listens to the whole page.
document.addEventListener("change", (event) => {
  if (event.target.name !== "outcome") return;
  for (const part of event.target.form.querySelectorAll("[data-opens-on]")) {
    if (part.dataset.opensOn.split(" ").includes(event.target.value)) part.open = true;
  }
});
