/* “I recognize this” and “Mark for later” in their place, without a new page. Without this script the same buttons send the form,
   and the page comes back at the post. One listener serves the posts that are put in later, too. */
const AGAIN = { mark: "unmark", unmark: "mark", recognize: "unrecognize", unrecognize: "recognize" };

async function press(form, button) {
  const data = new FormData(form, button);
  button.disabled = true;
  try {
    const answer = await fetch(form.action, { method: "POST", body: data, headers: { "X-In-Place": "1" }, redirect: "error" });
    if (answer.status !== 204) throw new Error("refused");
    button.setAttribute("aria-pressed", String(button.getAttribute("aria-pressed") !== "true"));
    button.value = AGAIN[button.value];
    button.disabled = false;
    button.focus({ preventScroll: true });
  } catch {
    /* Whatever stood in the way, the page that the form itself leads to says it. */
    button.disabled = false;
    form.dataset.plain = "1";
    form.requestSubmit(button);
  }
}

document.addEventListener("submit", (event) => {
  const { target: form, submitter } = event;
  if (!(form instanceof HTMLFormElement) || !("acts" in form.dataset) || "plain" in form.dataset) return;
  if (!submitter || !(submitter.value in AGAIN)) return;
  event.preventDefault();
  press(form, submitter);
});
