// Renews the batch's page when there is something new to see, unless somebody is about to do something on it.
const place = document.querySelector("[data-progress]");
let seen = null;
let leaving = false;
// Who has just gone on to another page is not brought back to this one.
addEventListener("beforeunload", () => { leaving = true; });

async function look() {
  const answer = await fetch(place.dataset.progress, { headers: { Accept: "application/json" } });
  if (!answer.ok) return;
  const { busy, state } = await answer.json();
  if (leaving) {
    leaving = false;
    return setTimeout(look, 1000);
  }
  const atWork = document.querySelector("main :is(input:checked, input:focus, select:focus)");
  // What ended between the page's making and the first look is no change, and yet not what the page shows.
  const over = !busy && place.matches(".progress");
  if ((over || (seen !== null && state !== seen)) && !atWork) return location.reload();
  seen = state;
  if (busy || place.matches(".progress")) setTimeout(look, 1000);
}
if (place) look();
