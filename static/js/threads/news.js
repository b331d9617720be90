/* Asks whether somebody has said something since this page was opened, and says so in a line that is read out when the reader
   pauses. It moves neither the page nor the focus. Where asking makes no sense any more, it stops. */
const SEEN = 5_000; // milliseconds between two questions while the page is looked at
const UNSEEN = 60_000;
const PATIENCE = 10_000; // for one answer
const MOST = 600_000; // as long as it ever waits after trouble

const place = document.querySelector("[data-news]");
const found = place.querySelector("[data-news-found]");
let validator = ""; // kept here: the browser may keep nothing of a room
let failures = 0;
let timer;
let asking = false;
let stopped = false;
let earliest = 0; // not before this, whatever else happens

const pause = () => (document.hidden ? UNSEEN : SEEN);

function next(wait = pause()) {
  clearTimeout(timer);
  if (!stopped) timer = setTimeout(ask, Math.max(wait, earliest - Date.now()));
}

function stop(sentence = "") {
  stopped = true;
  clearTimeout(timer);
  found.textContent = sentence;
}

function show({ words, address }) {
  const link = found.querySelector("a");
  if (!words) return found.replaceChildren();
  if (link) {
    link.href = address;
    if (link.textContent !== words) link.textContent = words;
    return undefined;
  }
  const made = document.createElement("a");
  made.className = "btn";
  made.href = address;
  made.textContent = words;
  return found.replaceChildren(made);
}

/* Trouble: wait twice as long each time, or as long as the server says, in seconds or as a date. */
function later(answer) {
  failures += 1;
  const said = answer?.headers.get("Retry-After") ?? "";
  const asked = /^\d+$/.test(said) ? said * 1000 : Date.parse(said) - Date.now();
  const doubled = pause() * 2 ** Math.min(failures, 8);
  earliest = Date.now() + Math.min(MOST, asked > 0 ? Math.max(asked, SEEN) : doubled);
  next();
}

async function take(answer) {
  if (answer.type === "opaqueredirect" || answer.status === 401 || answer.status === 403) return stop(); // signed out
  if (answer.status === 404) return stop(place.dataset.newsGone);
  if (answer.status !== 304 && !answer.ok) return later(answer);
  if (answer.ok) {
    show(await answer.json());
    validator = answer.headers.get("ETag") ?? "";
  }
  failures = 0;
  return next();
}

async function ask() {
  if (asking || stopped) return;
  asking = true;
  try {
    const answer = await fetch(place.dataset.news, {
      cache: "no-store",
      headers: validator ? { "If-None-Match": validator } : {},
      redirect: "manual",
      signal: AbortSignal.timeout(PATIENCE),
    });
    await take(answer);
  } catch {
    later();
  } finally {
    asking = false;
  }
}

place.querySelector("[data-news-look]").hidden = true;
document.addEventListener("visibilitychange", () => next(document.hidden ? UNSEEN : 0));
next();
