/* Puts the answer to a form of a lesson (a question, a sorting, a map of understanding) in the form's place. Without this
   script, or without a network, the browser sends the form itself and shows the answer as a page. Nothing is kept but the
   form itself, so that "Try again" finds it as it was left. The heading of what came gets the focus and is read once. */

/** The form that each answer took the place of. */
const before = new WeakMap();

function put(old, next) {
  old.replaceWith(next);
  next.querySelector("[data-answers-focus]")?.focus();
}

/** The same part of the page that the server answers with. Throws when there is none. */
async function answerTo(form, submitter, id) {
  const answer = await fetch(form.action, { method: "POST", body: new URLSearchParams(new FormData(form, submitter)) });
  if (!answer.ok) throw new Error(String(answer.status));
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const found = page.getElementById(id);
  if (!found?.matches("[data-answers]")) throw new Error("no answer");
  return document.importNode(found, true);
}

async function send(event) {
  const form = event.target.closest("[data-answers-form]");
  const part = form?.closest("[data-answers]");
  if (!part || form.dataset.plain) return;
  event.preventDefault();
  if (form.ariaBusy === "true") return; // pressed twice
  form.ariaBusy = "true";
  try {
    const next = await answerTo(form, event.submitter, part.id);
    const first = part.querySelector("[data-answers-again]") ? before.get(part) : part;
    if (first) before.set(next, first);
    put(part, next);
  } catch {
    form.dataset.plain = "1"; // as without this script: the browser says what is wrong, and keeps what was typed
    form.requestSubmit(event.submitter);
  } finally {
    form.ariaBusy = null;
  }
}

function again(event) {
  const part = event.target.closest("[data-answers-again]")?.closest("[data-answers]");
  const form = part && before.get(part);
  if (!form || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  put(part, form);
}

document.addEventListener("submit", send);
document.addEventListener("click", again);
