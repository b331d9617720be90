/* Counts down to the lock, by the server's word. Two minutes before it says so and offers Stay; typing is the word of a
   person that they are there and is passed on at most every half minute. The end comes a little before the server's, so
   that what was typed can still be saved. */
const WARN = 120; // seconds
const EARLY = 5;
const EVERY = 30;
const LOOK = 1000; // milliseconds
const PATIENCE = 1500;

const strip = document.querySelector("[data-journal]");
const alertBox = strip.querySelector("[data-alert]");
const button = strip.querySelector("[data-stay-button]");
const until = strip.querySelector("[data-open-until]");
const token = strip.querySelector("[name=csrfmiddlewaretoken]").value;
let { warning } = strip.dataset;
let ends; // by the clock that nobody can set, and by the one that goes on while the machine sleeps
let told = 0; // when the server last heard from a person, on the first of them
let typed = false;
let asking = false;
let pen = null; // what had the focus when the page went into the background

function begin(seconds) {
  ends = [performance.now() + seconds * 1000, Date.now() + seconds * 1000];
}

const left = () => Math.min(ends[0] - performance.now(), ends[1] - Date.now()) / 1000;

function warn(shown) {
  if (button.hidden === !shown) return;
  button.hidden = !shown;
  strip.toggleAttribute("data-warns", shown);
  alertBox.textContent = shown ? warning : "";
}

const lock = () => document.dispatchEvent(new CustomEvent("journal:lock"));

/* How long it is still open; with POST, that somebody is here. Null where the server is out of reach, 0 where it is locked
   or nobody is signed in. A page that is too old for the server to hear may still be open: it asks. */
async function ask(method) {
  const given = { method, headers: { Accept: "application/json" }, signal: AbortSignal.timeout(PATIENCE) };
  if (method === "POST") given.body = new URLSearchParams({ csrfmiddlewaretoken: token });
  try {
    const answer = await fetch(strip.dataset.stay, given);
    if (answer.status >= 500) return null;
    if (answer.status === 403 && method === "POST") return ask("GET");
    if (!answer.ok || answer.redirected) return 0;
    const state = await answer.json();
    warning = state.warning;
    until.textContent = state.open_until;
    return state.seconds;
  } catch {
    return null;
  }
}

async function stay() {
  told = performance.now();
  typed = false;
  const seconds = await ask("POST");
  if (seconds === 0) lock();
  else if (seconds === null) typed = true; // said again in half a minute
  else {
    begin(seconds);
    warn(false);
  }
}

/* Another tab may have been busy: its time is this page's too. To ask is no activity. */
async function end() {
  asking = true;
  if (left() < 0) document.documentElement.toggleAttribute("data-veiled", true); // the machine slept
  const seconds = await ask("GET");
  asking = false;
  if (!seconds || seconds <= EARLY) return lock();
  begin(seconds);
  unveil();
}

/* In the background it shows nothing. Come back to, it asks before it shows anything: it may be locked since. */
async function veil() {
  pen ??= document.activeElement;
  document.documentElement.toggleAttribute("data-veiled", true);
  if (document.hidden || asking) return;
  asking = true;
  const seconds = await ask("GET");
  asking = false;
  if (seconds === 0 || (seconds ?? left()) <= EARLY) return lock();
  if (seconds) begin(seconds);
  unveil();
}

function unveil() {
  if (document.hidden) return;
  document.documentElement.removeAttribute("data-veiled");
  pen?.focus({ preventScroll: true }); // what is not in sight loses it
  pen = null;
}

function look() {
  if (asking) return;
  const rest = left();
  if (rest <= EARLY) end();
  else if (typed && performance.now() - told >= EVERY * 1000) stay();
  else warn(rest <= WARN);
}

if (Number(strip.dataset.seconds) > 0) {
  begin(Number(strip.dataset.seconds));
  told = performance.now();
  document.addEventListener("input", () => {
    typed = true;
  });
  button.addEventListener("click", stay);
  document.addEventListener("visibilitychange", veil);
  setInterval(look, LOOK);
}
