// "/" leads to the search box, but never while somebody types or composes.
const box = document.querySelector("#find");
document.addEventListener("keydown", (event) => {
  const typing = event.target.closest("input, select, textarea, [contenteditable]");
  const composing = event.isComposing || event.keyCode === 229;
  if (event.key !== "/" || typing || composing || event.ctrlKey || event.metaKey || event.altKey) return;
  if (!("keys" in document.body.dataset)) return;
  event.preventDefault();
  box.focus();
  box.select();
});
