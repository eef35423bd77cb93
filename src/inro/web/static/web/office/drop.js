// Files dropped on the form are taken in as if they had been chosen; what is too large is said before it is sent.
const form = document.querySelector("[data-drop]");
const field = form.querySelector("input[type=file]");
const said = form.querySelector(".said");

function refusal() {
  const sizes = [...field.files].map((file) => file.size);
  const all = sizes.reduce((sum, size) => sum + size, 0);
  const fits = sizes.every((size) => size <= Number(form.dataset.mostOctets)) && all <= Number(form.dataset.allOctets);
  return fits ? "" : form.dataset.tooLarge;
}

form.addEventListener("submit", (event) => {
  said.textContent = refusal() || form.dataset.sending;
  if (refusal()) event.preventDefault();
});
for (const kind of ["dragenter", "dragover"]) {
  form.addEventListener(kind, (event) => {
    event.preventDefault();
    form.classList.add("over");
  });
}
form.addEventListener("dragleave", () => form.classList.remove("over"));
form.addEventListener("drop", (event) => {
  event.preventDefault();
  form.classList.remove("over");
  field.files = event.dataTransfer.files;
  if (field.files.length) form.requestSubmit();
});
