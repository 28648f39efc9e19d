// What the banner opened closes when somebody goes on with the page, so that it never stands over what they use.
const rest = () => document.querySelector(".hr-banner__rest[open]");

document.addEventListener("focusin", (event) => {
  if (!event.target.closest("[data-banner]")) rest()?.removeAttribute("open");
});
document.addEventListener("keydown", (event) => {
  if (event.key === "Escape") rest()?.removeAttribute("open");
});
