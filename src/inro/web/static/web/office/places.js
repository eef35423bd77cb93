// An open group of places closes by Escape, and when somebody goes elsewhere; without this it closes by itself again.
const groups = document.querySelectorAll(".places details");
const close = (keep) => groups.forEach((group) => { if (group !== keep) group.open = false; });
document.addEventListener("keydown", (event) => {
  const open = document.querySelector(".places details[open]");
  if (event.key !== "Escape" || !open) return;
  close();
  open.querySelector("summary").focus();
});
document.addEventListener("click", (event) => close(event.target.closest(".places details")));
