// A case that is open for work stays open while its clerk is active, and is left with the page.
const bar = document.querySelector("[data-work]");
if (bar) {
  const token = bar.querySelector("[name=csrfmiddlewaretoken]").value;
  const body = (what) => new URLSearchParams({ csrfmiddlewaretoken: token, do: what, quiet: "1" });
  const MINUTE = 60_000;
  const place = location.pathname.split("/").slice(0, 3).join("/");
  let told = Date.now();
  let stays = false;

  const active = () => {
    if (Date.now() - told < MINUTE) return;
    told = Date.now();
    fetch(bar.dataset.work, { method: "POST", body: body("open") });
  };
  for (const kind of ["keydown", "pointerdown", "scroll"]) document.addEventListener(kind, active, { passive: true });
  // To another page of the same case is not away from it.
  document.addEventListener("click", (event) => {
    const link = event.target.closest("a[href]");
    stays = Boolean(link) && new URL(link.href).pathname.startsWith(`${place}/`);
  });
  document.addEventListener("submit", () => { stays = true; });
  addEventListener("pagehide", () => { if (!stays) navigator.sendBeacon(bar.dataset.work, body("leave")); });
}
