// One key for one button, once the clerk has switched that on; never while typing or composing.
const wanted = document.querySelector("#use-keys");
const STORE = "inro.keys";

// Nobody switches keys on here who has switched all of them off on their own page.
if (wanted) {
  wanted.checked = localStorage.getItem(STORE) === "on";
  wanted.addEventListener("change", () => localStorage.setItem(STORE, wanted.checked ? "on" : "off"));
}
document.documentElement.classList.add("scripted");
document.addEventListener("keydown", (event) => {
  const typing = event.target.closest("input:not([type=checkbox], [type=radio]), select, textarea");
  const composing = event.isComposing || event.keyCode === 229;
  if (!wanted?.checked || typing || composing || event.ctrlKey || event.metaKey || event.altKey) return;
  const button = document.querySelector(`[data-key="${CSS.escape(event.key.toLowerCase())}"]`);
  if (!button) return;
  event.preventDefault();
  button.click();
});
