// One box for all boxes of the page.
const every = document.querySelector("#tick-all");
document.documentElement.classList.add("scripted");
every?.addEventListener("change", () => {
  for (const box of document.querySelectorAll("input[name=case]")) box.checked = every.checked;
});
