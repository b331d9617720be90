/* Takes the journal off the screen: Hide now, Escape three times, Lock, the end of its time, and the browser's Back; and
   with it, at once, off the browser's other tabs.
   Whoever has text to save listens to `journal:locking` on the document and reads their fields at once, because the page
   is emptied right after; `event.detail.waitFor(promise)` holds the lock back for it. What cannot be saved is held by
   `event.detail.hold(begin)`: the page stays, emptied and locked, until the promise that `begin` gives is kept. A page that
   hides (`event.detail.hides`) waits for nothing and holds nothing; who saves and locks in one request says so by
   `event.detail.locks()`.
   Other scripts lock by `journal:lock`. A page that has locked already, and still has words on it, hears `journal:cover`.
   Nothing is stored in the browser. */
const ESCAPES = 3;
const WITHIN = 1500; // milliseconds
const MOST_TO_SAVE = 2000;
const MOST_TO_LOCK = 1500;

const strip = document.querySelector("[data-journal]");
const { away, neutral, open: way } = strip.dataset;
const form = strip.querySelector("[data-hide]");
const order = { method: "POST", body: new URLSearchParams(new FormData(form)), keepalive: true };
const later = (time) => new Promise((done) => { setTimeout(done, time); });
const tabs = new BroadcastChannel("journal");
let leaving = false;
let held = [];

function empty() {
  document.title = neutral;
  document.body.replaceChildren();
}

function lastWords(hides = false) {
  const saving = [];
  held = [];
  let locks = false;
  const detail = {
    hides,
    waitFor: (promise) => saving.push(promise),
    hold: (begin) => held.push(begin),
    locks: () => { locks = true; },
  };
  document.dispatchEvent(new CustomEvent("journal:locking", { detail }));
  return { saved: Promise.allSettled(saving), locks };
}

const lock = () => fetch(form.action, order).catch(() => null); // out of reach: it locks by itself

function hide() {
  if (leaving) return;
  leaving = true;
  tabs.postMessage("hide");
  const { locks } = lastWords(true);
  empty();
  if (!locks) lock();
  location.replace(away);
}

/* The way to open it again, and from there back to where one was. */
function doorBack() {
  const here = location.pathname + location.search;
  return location.pathname === way ? here : `${way}?${new URLSearchParams({ next: here })}`;
}

/* `to` is where another tab sends this one, which locks by itself. */
async function leave(to) {
  if (leaving) return;
  leaving = true;
  if (!to) tabs.postMessage("lock");
  const door = doorBack();
  const { saved } = lastWords();
  empty();
  await Promise.race([saved, later(MOST_TO_SAVE)]);
  if (!to) await Promise.race([lock(), later(MOST_TO_LOCK)]);
  await Promise.all(held.map((begin) => begin()));
  location.replace(to || door);
}

form.addEventListener("submit", (event) => {
  event.preventDefault();
  hide();
});
strip.querySelector("[data-lock]")?.addEventListener("submit", (event) => {
  event.preventDefault();
  leave();
});
document.addEventListener("journal:lock", () => leave());
tabs.addEventListener("message", ({ data }) => {
  if (Number(strip.dataset.seconds) > 0) leave(data === "hide" ? away : doorBack());
  else document.dispatchEvent(new CustomEvent("journal:cover"));
});

/* A press counts once, whatever else it closes, and before anything on the page can keep it; a key that is held is one press. */
let presses = [];
addEventListener("keydown", (event) => {
  if (event.key !== "Escape" || event.repeat || event.isComposing || !("escapeHides" in strip.dataset)) return;
  presses = [...presses.filter((at) => event.timeStamp - at < WITHIN), event.timeStamp];
  if (presses.length >= ESCAPES) hide();
}, true);

/* A page that goes is put away empty; brought back, it asks the server. */
addEventListener("pagehide", () => {
  tabs.close();
  empty();
});
addEventListener("pageshow", (event) => {
  if (event.persisted) location.reload();
});
