/* Saves what is being typed as a draft on the server: two seconds after the last key, and when the page goes away. Nothing is
   kept in the browser. Each save has a number, so that one that comes late changes nothing. Where another tab has saved another
   text both are shown, and nothing is saved until its writer has chosen. The focus is never moved. */
const QUIET = 2000; // milliseconds after the last key
const PATIENCE = 10_000;
const BACK_OFF = [2000, 4000, 8000, 30_000];
const KEEPALIVE = 60_000; // bytes that a browser sends from a page that goes away

const form = document.querySelector("[data-draft]");
const words = JSON.parse(document.getElementById("draft-words").textContent);
const line = form.querySelector("[data-kept]");
const box = form.querySelector("[data-other]");
const { text, title, turn, seen } = form.elements;
const typed = title ? [title, text] : [text];

const now = () => JSON.stringify(typed.map((field) => field.value));

let saved = "unsaved" in form.dataset ? null : now();
let saving = null; // the save that is on its way
let failures = 0;
let other = null; // what another tab saved, until it was chosen
let stopped = false; // nothing more can be saved from this page
let leaving = false; // the form is on its way
let timer;

function say(sentence, bad = false) {
  line.dataset.state = bad ? "bad" : "good";
  if (line.textContent !== sentence) line.textContent = sentence;
}

function due(after = QUIET) {
  clearTimeout(timer);
  if (!leaving && !stopped && !other) timer = setTimeout(save, after);
}

function takeTurn() {
  turn.value = Number(turn.value || 0) + 1;
}

function failed(why) {
  say(words[why], true);
  due(BACK_OFF[Math.min(failures, BACK_OFF.length - 1)]);
  failures += 1;
}

function stop(why) {
  stopped = true;
  clearTimeout(timer);
  say(words[why], true);
}

function conflict(told) {
  other = told;
  clearTimeout(timer);
  box.querySelector("[data-other-text]").textContent = [told.title, told.text].filter(Boolean).join("\n\n");
  box.querySelector("[data-other-at]").textContent = told.at;
  box.hidden = false;
  say(words.conflict, true);
}

async function heed(answer, snapshot) {
  if (answer.status === 409) return conflict(await answer.json());
  if (answer.status >= 500 || answer.status === 429) return failed("fault");
  if (answer.status === 413) {
    say(words.too_long, true);
    return undefined; // shortened, it is saved again
  }
  if (!answer.ok || answer.redirected) return stop("refused");
  const { version, time } = await answer.json();
  [saved, failures] = [snapshot, 0];
  if (version) seen.value = version;
  if (time) say(words.saved.replace("{time}", time));
  else if (line.dataset.state === "bad") say("");
  return undefined;
}

async function send(snapshot, last) {
  takeTurn();
  const sent = { method: "POST", body: new FormData(form), headers: { Accept: "application/json" } };
  if (last && snapshot.length * 3 < KEEPALIVE) sent.keepalive = true;
  else sent.signal = AbortSignal.timeout(PATIENCE);
  try {
    await heed(await fetch(form.dataset.draft, sent), snapshot);
  } catch {
    failed("offline");
  }
}

async function save(last = false) {
  clearTimeout(timer);
  if (saving && !last) await saving;
  const snapshot = now();
  if (snapshot === saved || leaving || stopped || other) return;
  const mine = send(snapshot, last === true);
  saving = mine;
  await mine;
  if (saving === mine) saving = null;
  if (now() !== saved && !failures) due();
}

function choose(both) {
  if (both) {
    if (title && !title.value) title.value = other.title ?? "";
    text.value = [text.value, other.text].filter(Boolean).join("\n\n---\n\n");
  }
  seen.value = other.version;
  other = null;
  box.hidden = true;
  text.focus(); // the button that was pressed is gone
  save();
}

for (const field of typed) field.addEventListener("input", () => due());
box.querySelector("[data-keep-mine]").addEventListener("click", () => choose(false));
box.querySelector("[data-keep-both]").addEventListener("click", () => choose(true));
form.addEventListener("submit", (event) => {
  if (leaving) return;
  if (!saving) {
    leaving = true;
    takeTurn();
    return;
  }
  event.preventDefault(); // a save that came behind the form would bring the draft back
  const button = event.submitter;
  saving.then(() => setTimeout(() => form.requestSubmit(button)));
});
document.addEventListener("visibilitychange", () => {
  if (document.hidden) save(true);
});
addEventListener("pagehide", () => save(true));
addEventListener("pageshow", ({ persisted }) => {
  if (persisted) leaving = false; // come back to by the browser's button
});
addEventListener("online", () => {
  if (failures) save();
});
addEventListener("beforeunload", (event) => {
  if (!leaving && now() !== saved && (failures || stopped || other)) event.preventDefault(); // the browser asks
});
if (saved === null) due();
