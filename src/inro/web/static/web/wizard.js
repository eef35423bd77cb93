// Saves a step while it is typed, and shows at once how names and postal codes are read. Every page works without it.
const form = document.querySelector("form[data-autosave]");
const PAUSE = 1200;
let waiting = 0;
let running = null;
let next = "";

// The server answers with the page as it would be: its live parts, the saved time and the version are taken over.
function takeOver(page) {
  const saved = page.querySelector("#saved");
  if (saved) document.querySelector("#saved").replaceChildren(...saved.childNodes);
  const seen = page.querySelector("input[name=seen]");
  if (seen) form.elements.seen.value = seen.value;
  for (const live of page.querySelectorAll("[data-live]")) {
    const here = form.querySelector(`[data-live="${CSS.escape(live.dataset.live)}"]`);
    if (here && here.innerHTML !== live.innerHTML && !here.contains(document.activeElement)) {
      here.replaceChildren(...live.childNodes);
    }
  }
}

async function save(action) {
  if (running) { next = action; return; }
  running = fetch(form.getAttribute("action"), { method: "POST", body: new URLSearchParams([...new FormData(form), ["action", action]]), redirect: "error" });
  try {
    const answer = await running;
    // A conflict, an ended visit or a full store is told when the form is sent: nothing is taken over from them.
    if (answer.ok) {
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      takeOver(page);
      if (action.startsWith("lookup:")) fill(page, action.slice("lookup:".length));
    }
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;  // No network just now: the next change tries again.
  } finally {
    running = null;
    const following = next;
    next = "";
    if (following) save(following);
  }
}

function fill(page, prefix) {
  for (const part of ["prefecture", "city", "street"]) {
    const here = form.elements[`${prefix}_${part}`];
    const there = page.querySelector(`[name="${prefix}_${part}"]`);
    if (here && there && !here.value) here.value = there.value;
  }
}

function later() {
  clearTimeout(waiting);
  waiting = setTimeout(() => save("autosave"), PAUSE);
}

if (form) {
  form.addEventListener("input", later);
  form.addEventListener("change", (event) => {
    clearTimeout(waiting);
    const postal = /^(\w+)_postal_code$/.exec(event.target.name || "");
    const empty = postal && !["prefecture", "city", "street"].some((part) => form.elements[`${postal[1]}_${part}`].value);
    save(empty ? `lookup:${postal[1]}` : "autosave");
  });
  form.addEventListener("submit", async (event) => {
    clearTimeout(waiting);
    next = "";
    if (!running) return;
    // What is being saved just now changes the version that this form must name.
    event.preventDefault();
    const submitter = event.submitter;
    await running.catch(() => {});
    setTimeout(() => form.requestSubmit(submitter));
  });
  // Enter ends a conversion of kana; it never sends a half-typed form.
  form.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && event.target.matches("input:not([type=radio]):not([type=checkbox])")) event.preventDefault();
  });
}
