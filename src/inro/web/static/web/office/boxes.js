// Boxes on a page: two clicks make one, one can be dragged, and every number can be typed; the table is the truth.
const MM_PER_INCH = 25.4;
const SIDES = ["left", "top", "right", "bottom"];
const SVG = "http://www.w3.org/2000/svg";
const form = document.querySelector("[data-boxes]");
const sheet = form.querySelector(".sheet");
const drawn = sheet.querySelector(".drawn");
const rows = form.querySelector(".boxes tbody");
const fresh = rows.querySelector(".fresh");
const dpi = Number(form.dataset.dpi);
const size = { across: Number(form.dataset.width), down: Number(form.dataset.height) };
let corner = null;
let touched = false;

const toMm = (pixels) => ((pixels * MM_PER_INCH) / dpi).toFixed(1);
const toPixels = (mm) => (Number(mm) * dpi) / MM_PER_INCH;
const within = (value, most) => Math.min(Math.max(value, 0), most);
const lines = () => [...rows.querySelectorAll("tr:not(.fresh)")];
const field = (line, side) => line.querySelector(`[name=${side}]`);
const valuesOf = (line) => Object.fromEntries(SIDES.map((side) => [side, toPixels(field(line, side).value)]));

function place(line, box) {
  for (const side of SIDES) field(line, side).value = toMm(box[side]);
}

function draw() {
  drawn.replaceChildren(
    ...lines().map((line, order) => {
      const box = valuesOf(line);
      const rectangle = document.createElementNS(SVG, "rect");
      const sides = { x: box.left, y: box.top, width: Math.max(box.right - box.left, 0), height: Math.max(box.bottom - box.top, 0) };
      for (const [name, value] of Object.entries(sides)) rectangle.setAttribute(name, value);
      rectangle.setAttribute("class", `box ${line.dataset.reason ?? ""} ${line.contains(document.activeElement) ? "chosen" : ""}`);
      rectangle.dataset.order = order;
      return rectangle;
    }),
  );
}

function numbered() {
  lines().forEach((line, order) => {
    line.querySelector("th").firstChild.textContent = order + 1;
    line.querySelector("button").value = `remove-${order}`;
    const words = [...fresh.querySelectorAll("input")].map((input) => input.getAttribute("aria-label").split(" ").pop());
    SIDES.forEach((side, at) => field(line, side).setAttribute("aria-label", `${form.dataset.label} ${order + 1} ${words[at]}`));
  });
  draw();
}

function add(box) {
  const line = fresh.cloneNode(true);
  line.classList.remove("fresh");
  line.dataset.reason = "by_hand";
  const why = document.createElement("span");
  why.className = "why";
  why.textContent = form.dataset.byHand;
  line.querySelector("th").replaceChildren(document.createTextNode(""), why);
  line.querySelector("button").textContent = form.dataset.remove;
  place(line, box);
  fresh.before(line);
  touched = true;
  numbered();
  return line;
}

function pointOf(event) {
  const frame = sheet.getBoundingClientRect();
  return {
    x: within(((event.clientX - frame.left) / frame.width) * size.across, size.across),
    y: within(((event.clientY - frame.top) / frame.height) * size.down, size.down),
  };
}

function drag(line, event) {
  const start = pointOf(event);
  const box = valuesOf(line);
  const across = box.right - box.left;
  const down = box.bottom - box.top;
  const move = (moved) => {
    const now = pointOf(moved);
    const left = within(box.left + now.x - start.x, size.across - across);
    const top = within(box.top + now.y - start.y, size.down - down);
    place(line, { left, top, right: left + across, bottom: top + down });
    touched = true;
    draw();
  };
  const end = () => document.removeEventListener("pointermove", move);
  document.addEventListener("pointermove", move);
  document.addEventListener("pointerup", end, { once: true });
}

function mark(point) {
  sheet.querySelector(".corner")?.remove();
  corner = point;
  if (!point) return;
  const cross = document.createElementNS(SVG, "path");
  cross.setAttribute("class", "corner");
  cross.setAttribute("d", `M ${point.x - 40} ${point.y} h 80 M ${point.x} ${point.y - 40} v 80`);
  sheet.append(cross);
}

sheet.classList.add("ready");
sheet.addEventListener("pointerdown", (event) => {
  const order = event.target.dataset?.order;
  if (order === undefined) return;
  event.preventDefault();
  const line = lines()[Number(order)];
  field(line, "left").focus();
  drag(line, event);
});
sheet.addEventListener("click", (event) => {
  if (event.target.dataset?.order !== undefined) return;
  const point = pointOf(event);
  if (!corner) return mark(point);
  const [left, right] = [corner.x, point.x].sort((one, other) => one - other);
  const [top, bottom] = [corner.y, point.y].sort((one, other) => one - other);
  mark(null);
  if (right - left > 4 && bottom - top > 4) field(add({ left, top, right, bottom }), "left").focus();
});
rows.addEventListener("click", (event) => {
  const button = event.target.closest("button");
  if (!button) return;
  event.preventDefault();
  const line = button.closest("tr");
  if (line === fresh) {
    const typed = SIDES.map((side) => field(fresh, side).value);
    const middle = { left: size.across * 0.35, top: size.down * 0.48, right: size.across * 0.65, bottom: size.down * 0.52 };
    const box = typed.every(Boolean) ? valuesOf(fresh) : middle;
    for (const side of SIDES) field(fresh, side).value = "";
    field(add(box), "left").focus();
    return;
  }
  const next = line.nextElementSibling;
  line.remove();
  touched = true;
  numbered();
  next.querySelector("input").focus();
});
rows.addEventListener("input", () => {
  touched = true;
  draw();
});
rows.addEventListener("focusin", draw);
document.addEventListener("keydown", (event) => {
  if (event.key === "Escape") mark(null);
});
fresh.querySelector("button").dataset.key = "a";
numbered();

let leaving = false;
// Who has just stored the page or gone on to another is not brought back to this one.
addEventListener("beforeunload", () => { leaving = true; });

async function look() {
  const answer = await fetch(form.dataset.proposal, { headers: { Accept: "application/json" } });
  if (!answer.ok) return;
  const { search, version } = await answer.json();
  const shown = form.querySelector("[name=version]").value;
  if (leaving) {
    leaving = false;
    return setTimeout(look, 1500);
  }
  const done = search === "done" || search === "failed";
  if (done && (!touched || String(version) !== shown)) return location.reload();
  if (!done) setTimeout(look, 1500);
}
if (form.dataset.proposal) look();
