/* Covers what was typed on a page that has locked: after 15 minutes in which nothing happens, and at once when the journal
   is hidden or locked in another tab. The words stay in the page; a button shows them again. */
const IDLE = 15 * 60_000; // milliseconds
const LOOK = 1000;

const words = document.querySelector("[data-covered]");
const cover = document.querySelector("[data-cover]");
let at; // when something last happened, by the clock that nobody can set and by the one that goes on while the machine sleeps

const happened = () => { at = [performance.now(), Date.now()]; };

function put(covered) {
  words.hidden = covered;
  cover.hidden = !covered;
}

for (const name of ["input", "keydown", "pointerdown"]) document.addEventListener(name, happened);
document.addEventListener("journal:cover", () => put(true));
cover.querySelector("button").addEventListener("click", () => {
  put(false);
  words.querySelector("input:not([type=hidden]), textarea, button")?.focus();
});
setInterval(() => {
  if (Math.max(performance.now() - at[0], Date.now() - at[1]) >= IDLE) put(true);
}, LOOK);
happened();
