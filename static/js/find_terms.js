/* The index of the shared language, as one types: the page's own list is filtered; of a long index, or a part of it, the
   server is asked for what its form would give. Without this script the form does the same by its button. */

const PAUSE = 200; // milliseconds after the last letter, before the server is asked

const folded = (text) => text.normalize("NFC").toLowerCase().replace(/[\u2019\u02bc\u0060\u00b4]/g, "'").split(/\s+/).filter(Boolean).join(" ");

function say(count) {
  const place = document.querySelector("[data-find-said]");
  place.textContent = `${place.dataset.findSaid} ${count}`;
}

/** Show the entries that hold the letters, and the headings that have one. */
function filter(typed) {
  const wanted = folded(typed);
  let count = 0;
  for (const section of document.querySelectorAll("#found-terms section")) {
    let some = false;
    for (const entry of section.querySelectorAll("[data-words]")) {
      entry.hidden = !entry.dataset.words.includes(wanted);
      some ||= !entry.hidden;
      count += entry.hidden ? 0 : 1;
    }
    section.hidden = !some;
  }
  return count;
}

/** Put what the server finds into the place of the list. A newer question makes an older one stop. */
let asking;
async function ask(form) {
  asking?.abort();
  asking = new AbortController();
  const address = `${form.action}?${new URLSearchParams(new FormData(form))}`;
  const answer = await fetch(address, { signal: asking.signal });
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const found = page.getElementById("found-terms");
  if (!answer.ok || !found) throw new Error(String(answer.status));
  document.getElementById("found-terms").replaceWith(document.importNode(found, true));
  return Number(found.dataset.found);
}

let pause;
document.addEventListener("input", (event) => {
  const form = event.target.closest("[data-find]");
  if (!form) return;
  clearTimeout(pause);
  if (form.dataset.find === "here") {
    const count = filter(event.target.value);
    pause = setTimeout(() => say(count), 600); // said once, when the hand rests
  } else {
    pause = setTimeout(() => ask(form).then(say, () => {}), PAUSE); // the button still works when the network does not
  }
});
