/* Saves what is being typed as a draft on the server, every few seconds and whenever the page may go away. Nothing is kept
   in the browser. Its line of state changes without being read aloud; aloud is what went wrong, that it is well again, and
   what somebody asked for with Ctrl or ⌘ and S. Before the form itself is sent, the text is saved: a line that has dropped
   is found out while the text still stands here. */
const QUIET = 3000; // milliseconds after the last key
const MOST = 8000; // while somebody types on
const OFTEN = 3; // so many times as often where the text is too long for the browser to send it from a page that goes
const KEEPALIVE = 60_000; // bytes
const PATIENCE = 10_000;
const BACK_OFF = [2000, 4000, 8000];
const AGAIN = 5000; // while the words of a locked page wait for a line
const LONGEST = 500_000; // characters; more may be over what the server takes at all, and it would show an empty page

const form = document.querySelector("[data-autosave]");
const words = JSON.parse(document.getElementById("writing-words").textContent);
const [title, body, tags] = ["title", "body", "tags"].map((name) => form.elements[name]);
const typed = [title, body, tags];
const { stay } = document.querySelector("[data-journal]").dataset;
const note = document.querySelector("[data-held]").content.cloneNode(true); // the page may be emptied before it is needed
const line = form.querySelector("[data-kept]");
const aloud = form.querySelector("[data-kept-aloud]");
const other = form.querySelector("[data-other]");

const now = () => JSON.stringify(typed.map((field) => field.value));
const bytes = () => typed.reduce((sum, field) => sum + new Blob([field.value]).size, 2000);
const fill = (sentence, time) => sentence.replace("{time}", time);

let saved = "unsaved" in form.dataset ? null : now();
let saving = null; // the promise of the save that is on its way
let failures = 0;
let stuck = ""; // why trying again makes no sense before something changes
let sending = false; // Save was pressed
let leaving = false;
let held = false; // the page is locked and emptied, and the words wait here
let newest = 0; // the turn of the save that was last answered
let quietTimer, mostTimer, retryTimer;

function say(sentence, { bad = false, spoken = bad } = {}) {
  const changed = line.textContent !== sentence;
  line.textContent = sentence;
  line.dataset.state = bad ? "bad" : "good";
  if (spoken && changed) aloud.textContent = sentence;
  else if (!bad) aloud.textContent = "";
}

function stopTimers() {
  for (const timer of [quietTimer, mostTimer, retryTimer]) clearTimeout(timer);
  quietTimer = mostTimer = retryTimer = undefined;
}

function due() {
  if (leaving || stuck === "conflict") return;
  const speed = bytes() > KEEPALIVE ? OFTEN : 1;
  clearTimeout(quietTimer);
  quietTimer = setTimeout(save, QUIET / speed);
  mostTimer ??= setTimeout(save, MOST / speed);
}

function retry() {
  clearTimeout(retryTimer);
  retryTimer = setTimeout(save, BACK_OFF[Math.min(failures - 1, BACK_OFF.length - 1)]);
}

/* What the server said, as one word for who waits for it. */
async function heed(answer, snapshot, asked, turn) {
  if (answer.ok) return kept(await answer.json(), snapshot, asked, turn);
  if (answer.status >= 500 || answer.status === 429) return failed("fault");
  failures = 0;
  if (answer.status === 423) return locked();
  if (answer.status === 409) return conflict(await answer.json());
  stuck = { 400: "too_long", 413: "too_long", 403: "signed_out", 404: "gone" }[answer.status] ?? "too_long";
  const told = stuck === "too_long" && answer.status === 400 ? await answer.json().catch(() => null) : null;
  say(told?.sentence ?? words[stuck], { bad: true });
  return stuck;
}

function kept({ version, time, address }, snapshot, asked, turn) {
  if (turn < newest) return "saved"; // a later one was answered before it
  newest = turn;
  const wasBad = failures > 0 || stuck;
  [saved, failures, stuck] = [snapshot, 0, ""];
  if (version) form.elements.draft_seen.value = version;
  if (address && location.pathname !== address && !leaving) history.replaceState(null, "", address); // a reload finds it
  if (time) say(fill(wasBad ? words.again : words.saved, time), { spoken: wasBad || asked });
  return "saved";
}

function failed(why) {
  failures += 1;
  say(words[why], { bad: true });
  if (!leaving) retry();
  return "failed";
}

/* Locked from elsewhere: the server keeps the text in a page that says how to open the journal again. */
function locked() {
  if (leaving || sending) return "locked"; // the form is on its way
  leaving = true;
  stopTimers();
  takeTurn();
  form.requestSubmit(form.querySelector("[data-hand-over]"));
  return "locked";
}

/* Nothing more is typed into a text that is not saved until its writer has chosen. */
function conflict(told) {
  stuck = "conflict";
  stopTimers();
  for (const field of typed) field.readOnly = true;
  for (const button of form.querySelectorAll("[data-actions] button")) button.disabled = true;
  const texts = [told.title, told.body, told.tags].filter(Boolean);
  other.querySelector("[data-other-text]").textContent = texts.length ? texts.join("\n\n") : words.shut;
  other.querySelector("[data-other-at]").textContent = told.at;
  other.hidden = false;
  other.querySelector("[data-other-alert]").textContent = words.conflict;
  say("");
  return "conflict";
}

/* Each save has a number, so that one that comes late overwrites nothing. */
function takeTurn() {
  const turn = Number(form.elements.turn.value) + 1;
  form.elements.turn.value = turn;
  return turn;
}

async function send(snapshot, { keepalive, asked, locks }) {
  const turn = takeTurn();
  const sent = { method: "POST", body: new FormData(form), headers: { Accept: "application/json" } };
  if (locks) sent.body.set("then", "lock");
  if (keepalive && bytes() < KEEPALIVE) sent.keepalive = true;
  else sent.signal = AbortSignal.timeout(PATIENCE);
  try {
    return await heed(await fetch(form.dataset.autosave, sent), snapshot, asked, turn);
  } catch {
    return failed("offline");
  }
}

/** Save what stands in the fields now, unless it is saved. Gives "saved", or why not. */
async function save({ keepalive = false, asked = false, locks = false } = {}) {
  stopTimers();
  while (saving && !keepalive) await saving;
  const snapshot = now();
  if (stuck === "conflict") return stuck;
  if (snapshot === saved) return "saved";
  const mine = send(snapshot, { keepalive, asked, locks });
  saving = mine;
  const outcome = await mine;
  if (saving === mine) saving = null;
  if (now() !== saved && outcome === "saved") due(); // typed on meanwhile
  return outcome;
}

const lastSave = (more) => (leaving ? Promise.resolve() : save({ keepalive: true, ...more }));

/* The form itself. Where the server cannot be reached nothing is sent, and the text stays. */
async function submit(event) {
  if (event.defaultPrevented || leaving) return undefined;
  event.preventDefault();
  if (sending) return undefined; // pressed twice
  if (body.value.length > LONGEST) return say(words.too_long, { bad: true });
  const button = event.submitter;
  const choosing = stuck === "conflict";
  if (!choosing) stuck = "";
  sending = true;
  const outcome = choosing ? await reached() : await save();
  sending = false;
  if (outcome === "failed") return say(words.unsent, { bad: true });
  if (outcome === "conflict" && !choosing) return undefined;
  leaving = true;
  stopTimers();
  takeTurn();
  setTimeout(() => form.requestSubmit(button)); // not while the browser is still telling of the first one
  return undefined;
}

async function reached() {
  try {
    await fetch(stay, { signal: AbortSignal.timeout(PATIENCE) });
    return "reached";
  } catch {
    return "failed";
  }
}

/* Locked with words that are not saved: they wait in this page, unseen, until there is a line and the journal is open
   again. What the server then refuses (a text that is too long, or gone, or another tab's beside it) it shows on a page of
   its own. Where it knows this page no more, nothing will ever be saved from it: the words come into sight when asked for. */
async function holdOn() {
  if (now() === saved) return;
  held = true;
  document.body.replaceChildren(note);
  document.body.dataset.emptied = ""; // so that no veil of a machine that slept hides the note
  for (;;) {
    stuck = "";
    const outcome = await save();
    if (outcome === "saved") break;
    if (outcome === "signed_out") await asked();
    if (outcome !== "failed" && outcome !== "locked") await handOver();
    await new Promise((done) => { setTimeout(done, AGAIN); });
  }
  held = false;
}

/* Until somebody asks to see the words, and the server can be reached to show them. */
async function asked() {
  const box = document.querySelector("[data-held-show]");
  box.hidden = false;
  document.querySelector("[data-held-waits]").hidden = true; // nothing comes of waiting
  do await new Promise((done) => { box.querySelector("button").addEventListener("click", done, { once: true }); });
  while (await reached() === "failed");
}

/* The server's own page says what is wrong, and keeps the words. */
function handOver() {
  held = false;
  takeTurn();
  form.hidden = true;
  document.body.append(form);
  form.requestSubmit(form.querySelector("[data-hand-over]"));
  return new Promise(() => {}); // the page goes
}

function grow() {
  body.style.blockSize = "auto";
  body.style.blockSize = `${body.scrollHeight + 4}px`;
}

/* A browser looks for the direction of each paragraph, and with millions of characters stands still over it for half a
   minute. So much has one direction. */
function lighten() {
  body.style.unicodeBidi = body.value.length > LONGEST ? "normal" : "";
}

body.addEventListener("input", lighten);
lighten();
for (const field of typed) field.addEventListener("input", due);
form.addEventListener("submit", submit);
document.addEventListener("keydown", (event) => {
  if (event.key.toLowerCase() !== "s" || !(event.ctrlKey || event.metaKey) || event.altKey || event.shiftKey) return;
  event.preventDefault();
  save({ asked: true }).then((outcome) => {
    if (outcome === "saved" && line.textContent) aloud.textContent = line.textContent;
  });
});
document.addEventListener("visibilitychange", () => {
  if (document.hidden) lastSave();
});
addEventListener("blur", () => {
  if (!leaving) save();
});
addEventListener("pagehide", lastSave);
addEventListener("online", () => {
  if (failures) save();
});
addEventListener("beforeunload", (event) => {
  if (held || (!leaving && now() !== saved && (failures || stuck))) event.preventDefault(); // the browser asks
});
document.addEventListener("journal:locking", ({ detail }) => {
  if (now() !== saved) detail.hold(holdOn); // it looks again when the last save is answered
  const locks = detail.hides && now() !== saved && stuck !== "conflict" && bytes() < KEEPALIVE;
  detail.waitFor(lastSave({ locks }));
  if (locks) detail.locks();
  leaving = true;
});
if (!CSS.supports("field-sizing", "content")) {
  body.addEventListener("input", grow);
  grow();
}
if (saved === null) due();
