/* For who has no account: a lesson marked done stays in this browser alone, as its key and the edition that was read.
   After signing in it is offered to the account. Without this script nothing is missing but that memory. */
const NAME = "lodestar-done";
const MOST = 500;

function read() {
  try {
    const found = JSON.parse(localStorage.getItem(NAME) ?? "[]");
    return Array.isArray(found) ? found.filter((mark) => typeof mark === "string").slice(0, MOST) : [];
  } catch {
    return [];
  }
}

function write(marks) {
  try {
    if (marks.length) localStorage.setItem(NAME, JSON.stringify(marks));
    else localStorage.removeItem(NAME);
  } catch {
    /* a browser that keeps nothing: the page works as before */
  }
}

const keyOf = (mark) => mark.split(":")[0];

for (const part of document.querySelectorAll("[data-lesson-key]")) {
  const key = part.dataset.lessonKey;
  const button = part.querySelector("button");
  const status = part.querySelector("[role=status]");
  const isDone = () => read().some((mark) => keyOf(mark) === key);
  const show = () => {
    button.textContent = isDone() ? button.dataset.undo : button.dataset.do;
    status.textContent = isDone() ? status.dataset.done : "";
  };
  button.addEventListener("click", () => {
    const others = read().filter((mark) => keyOf(mark) !== key);
    write(isDone() ? others : [...others, `${key}:${part.dataset.edition}`]);
    show();
  });
  show();
  part.hidden = false;
}

for (const form of document.querySelectorAll("[data-keep-progress]")) {
  /* The account has them: it says so in the address to which it led us. Until then nothing is thrown away. */
  const here = new URL(location.href);
  if (here.searchParams.get("kept") === "1") {
    write([]);
    here.searchParams.delete("kept");
    history.replaceState(null, "", here);
  }
  const marks = read();
  if (!marks.length) continue;
  form.querySelector("[name=lessons]").value = marks.join(" ");
  form.querySelector("[data-count]").textContent = String(marks.length);
  form.querySelector("[data-forget]").addEventListener("click", () => {
    write([]);
    form.hidden = true;
  });
  form.hidden = false;
}
