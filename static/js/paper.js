// Looks by itself whether a PDF is made, and shows the page's own words when it is. Without it, a link does the same.
const PAUSE = 2000; // milliseconds
const MOST = 150; // looks

async function look(left) {
  const state = document.querySelector("[data-paper-state]");
  if (!left || !state?.hasAttribute("data-waits")) return;
  try {
    const answer = await fetch(location.href, { headers: { Accept: "text/html" } });
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const now = page.querySelector("[data-paper-state]");
    if (answer.ok && now && !now.hasAttribute("data-waits")) {
      state.replaceChildren(...now.childNodes);
      state.removeAttribute("data-waits");
      return;
    }
    const bar = state.querySelector("progress");
    const reached = now?.querySelector("progress[value]");
    if (bar && reached) bar.value = reached.value; // how far it is, where that is known; said aloud at the end alone
  } catch {
    // the network is away; the next look may find it
  }
  setTimeout(look, PAUSE, left - 1);
}

setTimeout(look, PAUSE, MOST);
