/* For who has no account: a lesson marked done stays in this browser alone. After signing up it is offered to the account.
   Without this script nothing is missing but that memory. */
const NAME = "lodestar-done";

function read() {
  try {
    const found = JSON.parse(localStorage.getItem(NAME) ?? "[]");
    return Array.isArray(found) ? found.filter((key) => typeof key === "string").slice(0, 500) : [];
  } catch {
    return [];
  }
}

function write(keys) {
  try {
    if (keys.length) localStorage.setItem(NAME, JSON.stringify(keys));
    else localStorage.removeItem(NAME);
  } catch {
    /* a browser that keeps nothing: the page works as before */
  }
}

for (const part of document.querySelectorAll("[data-lesson-key]")) {
  const key = part.dataset.lessonKey;
  const button = part.querySelector("button");
  const status = part.querySelector("[role=status]");
  const show = () => {
    const done = read().includes(key);
    button.textContent = done ? button.dataset.undo : button.dataset.do;
    status.textContent = done ? status.dataset.done : "";
  };
  button.addEventListener("click", () => {
    const keys = read();
    write(keys.includes(key) ? keys.filter((other) => other !== key) : [...keys, key]);
    show();
  });
  show();
  part.hidden = false;
}

for (const form of document.querySelectorAll("[data-keep-progress]")) {
  const keys = read();
  if (!keys.length) continue;
  form.querySelector("[name=lessons]").value = keys.join(" ");
  form.querySelector("[data-count]").textContent = String(keys.length);
  form.addEventListener("submit", () => write([]));
  form.querySelector("[data-forget]").addEventListener("click", () => {
    write([]);
    form.hidden = true;
  });
  form.hidden = false;
}
