// The examination by keys, each verdict saved as it is given; the server's page is the truth and is put in place.
const root = document.querySelector(".examination");
const form = document.querySelector("#checklist");
const keysAreOn = "keys" in document.body.dataset;
const TYPING = "input:not([type=radio], [type=checkbox]), select, textarea, [contenteditable]";
const waiting = new Set();
let saving = Promise.resolve();

document.documentElement.classList.add("scripted");

const rows = () => [...form.querySelectorAll("tr.item")];
const rowOf = (item) => form.querySelector(`tr[data-item="${CSS.escape(item)}"]`);
const current = () => form.querySelector("tr.item.current");
const parsed = (text) => new DOMParser().parseFromString(text, "text/html");
const radios = (row) => [...row.querySelectorAll("input[type=radio]")];

function goTo(row, { focus = true } = {}) {
  if (!row) return;
  current()?.classList.remove("current");
  row.classList.add("current");
  if (!focus) return;
  const [first = row.querySelector("a")] = radios(row);
  (radios(row).find((radio) => radio.checked) ?? first)?.focus({ preventScroll: true });
  row.scrollIntoView({ block: "nearest" });
}

function step(by) {
  const all = rows();
  const at = all.indexOf(current());
  goTo(all[Math.min(Math.max(at + by, 0), all.length - 1)]);
}

function putInPlace(page, id) {
  const [old, fresh] = [document.getElementById(id), page.getElementById(id)];
  if (old && fresh) old.replaceWith(fresh);
}

function putRow(page, row, edits) {
  const fresh = page.getElementById(row.id);
  if (!fresh) return;
  if (Number(row.dataset.edits ?? 0) !== edits) {
    // Typed into meanwhile: what was typed stays, what it is measured against moves on.
    for (const hidden of row.querySelectorAll("input[type=hidden]")) hidden.value = fresh.querySelector(`[name="${hidden.name}"]`).value;
    return;
  }
  const focused = row.contains(document.activeElement) ? document.activeElement : null;
  if (row.classList.contains("current")) fresh.classList.add("current");
  row.replaceWith(fresh);
  if (!focused) return;
  const value = focused.type === "radio" ? `[value="${CSS.escape(focused.value)}"]` : "";
  fresh.querySelector(`[name="${CSS.escape(focused.name)}"]${value}`)?.focus({ preventScroll: true });
}

function filled(rowsToSend, asked) {
  const body = new FormData();
  body.set("csrfmiddlewaretoken", form.elements.csrfmiddlewaretoken.value);
  body.set("do", asked);
  body.set("stay", "1");
  for (const row of rowsToSend) {
    for (const field of row.querySelectorAll("input, select, textarea")) {
      if (field.type !== "radio" || field.checked) body.set(field.name, field.value);
    }
  }
  return body;
}

function sendAsForm(body) {
  const whole = Object.assign(document.createElement("form"), { method: "post" });
  body.delete("stay");
  for (const [name, value] of body) {
    whole.append(Object.assign(document.createElement("input"), { type: "hidden", name, value }));
  }
  document.body.append(whole);
  HTMLFormElement.prototype.submit.call(whole);
}

async function send(items, asked) {
  const sent = items.map(rowOf);
  const edits = sent.map((row) => Number(row.dataset.edits ?? 0));
  const answer = await fetch(location.href, { method: "POST", body: filled(sent, asked), keepalive: true });
  const page = parsed(await answer.text());
  // The desk was locked meanwhile: sent as a form, what was judged waits on the page of the lock.
  if (page.querySelector("form[data-waits]")) return sendAsForm(filled(sent, asked));
  if (!page.getElementById("checklist")) return location.reload();
  if (asked === "compare") return putInPlace(page, `compared-${items[0]}`);
  sent.forEach((row, at) => putRow(page, row, edits[at]));
  for (const id of ["said", "progress", "bottom-bar"]) putInPlace(page, id);
}

// One request after the other, each measured against the versions that the one before has made; what is judged
// meanwhile goes together in the next.
function save(row, asked = "save") {
  const { item } = row.dataset;
  row.dataset.edits = Number(row.dataset.edits ?? 0) + 1;
  if (asked === "save") waiting.add(item);
  saving = saving.then(() => (asked === "save" ? sendWaiting() : send([item], asked))).catch((trouble) => {
    document.querySelector("#saved").textContent = root.dataset.unsaved;
    console.error(trouble);
  });
}

async function sendWaiting() {
  const items = [...waiting];
  if (!items.length) return;
  waiting.clear();
  try {
    await send(items, "save");
  } catch (trouble) {
    // They go along with the next verdict, and the page is not left without them.
    for (const item of items) waiting.add(item);
    throw trouble;
  }
}

function judge(row, key) {
  const radio = row.querySelector(`[data-verdict="${key}"]`);
  if (!radio || radio.disabled) return;
  radio.checked = true;
  judged(row, radio);
  if (radio.value !== "deficient") step(1);
}

function judged(row, radio) {
  const reason = row.querySelector("textarea");
  const templates = [...row.querySelectorAll(".reason option")].map((option) => option.value).filter(Boolean);
  if (radio.value === "deficient" && !reason.value.trim()) reason.value = templates[0] ?? "";
  save(row);
}

form.addEventListener("submit", (event) => {
  if (event.submitter?.value !== "confirm_number") event.preventDefault();
});
form.addEventListener("input", (event) => {
  const row = event.target.closest("tr.item");
  if (row && event.target.matches(TYPING)) row.dataset.edits = Number(row.dataset.edits ?? 0) + 1;
});
form.addEventListener("change", (event) => {
  const row = event.target.closest("tr.item");
  const verdict = radios(row).some((radio) => radio.checked);
  if (event.target.type === "radio") return judged(row, event.target);
  if (event.target.matches("select")) row.querySelector("textarea").value = event.target.value;
  if (verdict) save(row);
  else if (event.target.name.startsWith("read-")) save(row, "compare");
});
form.addEventListener("focusin", (event) => {
  const row = event.target.closest("tr.item");
  if (row && row !== current()) goTo(row, { focus: false });
});
form.addEventListener("click", (event) => {
  const row = event.target.closest("tr.item");
  if (row) goTo(row, { focus: !event.target.closest("a, button, label, input, select, textarea") });
});

const dialog = document.querySelector("#all-keys");

function press(button) {
  if (!button) return;
  button.focus();
  if (button.getAttribute("aria-disabled") === "true") return;
  saving.then(() => waiting.size || button.click());
}

const KEYS = {
  ArrowDown: () => step(1),
  ArrowUp: () => step(-1),
  "?": () => dialog.showModal(),
};
for (const key of ["1", "2", "3"]) KEYS[key] = () => current() && judge(current(), key);
for (const key of ["j", "k", "f"]) KEYS[key] = () => press(document.querySelector(`#bottom-bar [data-key=${key}]`));

document.addEventListener("keydown", (event) => {
  const composing = event.isComposing || event.keyCode === 229;
  if (!keysAreOn || composing || dialog.open || event.target.closest(TYPING)) return;
  if (event.ctrlKey && event.key === "Enter") {
    event.preventDefault();
    return press(document.querySelector("#conclude"));
  }
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  const act = KEYS[event.key.length === 1 ? event.key.toLowerCase() : event.key];
  if (!act) return;
  event.preventDefault();
  act();
});

async function showPapers(address) {
  const answer = await fetch(address);
  const page = parsed(await answer.text());
  if (!answer.ok || !page.querySelector("#papers")) return location.assign(address);
  history.replaceState(null, "", address);
  putInPlace(page, "papers");
}

document.addEventListener("click", (event) => {
  const link = event.target.closest(".examination a[href^='?']");
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  showPapers(link.getAttribute("href"));
});
document.addEventListener("submit", (event) => {
  if (!event.target.matches("#compare")) return;
  event.preventDefault();
  const asked = new URLSearchParams(new FormData(event.target, event.submitter));
  showPapers(`?${asked}`);
});
function lay() {
  const upper = document.querySelector(".overlay .upper");
  const value = (name) => Number(document.querySelector(`#compare [name=${name}]`).value) || 0;
  upper.setAttribute("opacity", value("opacity") / 100);
  upper.setAttribute("transform", `translate(${value("x")} ${value("y")}) scale(${value("size") / 100})`);
}
document.addEventListener("input", (event) => {
  if (event.target.matches(".slides input") && document.querySelector(".overlay")) lay();
});
document.addEventListener("pointerdown", (event) => {
  const sheet = event.target.closest(".overlay");
  if (!sheet) return;
  event.preventDefault();
  const [across, down] = ["x", "y"].map((name) => document.querySelector(`#compare [name=${name}]`));
  const scale = sheet.viewBox.baseVal.width / sheet.getBoundingClientRect().width;
  const start = { x: event.clientX, y: event.clientY, across: Number(across.value), down: Number(down.value) };
  const move = (moved) => {
    across.value = Math.round(start.across + (moved.clientX - start.x) * scale);
    down.value = Math.round(start.down + (moved.clientY - start.y) * scale);
    lay();
  };
  document.addEventListener("pointermove", move);
  document.addEventListener("pointerup", () => document.removeEventListener("pointermove", move), { once: true });
});

window.addEventListener("beforeunload", (event) => {
  if (waiting.size) event.preventDefault();
});

// Begin at the first item that still waits for a verdict; one that follows from checks has no radios.
const waits = (row) => radios(row).length && !radios(row).some((radio) => radio.checked);
const open = rows().find(waits) ?? rows()[0];
if (open && !location.hash) goTo(open, { focus: keysAreOn && !document.querySelector("#errors") });
