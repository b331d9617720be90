/* The editors' form: reads a CSV file into the text field beside it. Blocks come and go, so the page itself listens.
   Without this script there is the text field alone. */
(() => {
  const LARGEST = 1_000_000;
  const show = (root) => {
    for (const part of root.querySelectorAll("[data-table-file][hidden]")) part.hidden = false;
  };
  const decoded = async (file) => {
    const bytes = await file.arrayBuffer();
    try {
      return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
    } catch {
      return new TextDecoder("windows-1252").decode(bytes); // as older spreadsheets save
    }
  };

  document.addEventListener("change", async (event) => {
    const input = event.target;
    const field = input.type === "file" && input.closest("[data-table-field]");
    const file = field && input.files[0];
    if (!file) return;
    const text = field.querySelector("textarea");
    const status = field.querySelector("[data-table-status]");
    const say = (name) => { status.textContent = field.dataset[name].replace("{file}", file.name); };
    if (file.size > LARGEST) {
      say("textLarge");
    } else {
      try {
        text.value = await decoded(file);
        text.dispatchEvent(new Event("input", { bubbles: true }));
        text.dispatchEvent(new Event("change", { bubbles: true }));
        say("textRead");
      } catch {
        say("textBroken");
      }
    }
    input.value = "";
  });

  new MutationObserver(() => show(document)).observe(document.documentElement, { childList: true, subtree: true });
  show(document);
})();
