/* Puts the preview above the form without leaving the page. The server makes the same page as without this script, and the
   preview is taken out of it; where it does not come as one, the browser sends the form and shows what the server says. */
const form = document.querySelector("[data-autosave]");
const status = form.querySelector("[data-kept-aloud]");
const words = JSON.parse(document.getElementById("writing-words").textContent);
let asking = false;

async function previewOf(button) {
  const answer = await fetch(form.action, { method: "POST", body: new FormData(form, button) });
  if (!answer.ok) return null;
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  return page.getElementById("preview");
}

function show(preview) {
  const before = document.getElementById("preview");
  const next = document.importNode(preview, true);
  if (before) before.replaceWith(next);
  else form.before(next);
  next.querySelector("h2").focus();
}

form.addEventListener("submit", async (event) => {
  const button = event.submitter;
  if (!button?.matches("[data-preview-button]") || button.dataset.plain) return;
  event.preventDefault();
  if (asking) return;
  asking = true;
  try {
    const preview = await previewOf(button);
    if (preview) show(preview);
    else {
      button.dataset.plain = "1";
      form.requestSubmit(button);
    }
  } catch {
    status.textContent = words.preview;
    form.querySelector("[data-kept]").textContent = words.preview;
  } finally {
    asking = false;
  }
});
