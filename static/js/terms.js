/* A word of the shared language opens what it means beside itself, in a native popover: by pointer, touch and keyboard.
   Pressed once more it leads to the term's page, as it does at once without this script. */
const OPENS_AFTER = 350;  // milliseconds that a pointer rests
const CLOSES_AFTER = 250; // to get from the word into the popover
const GAP = 6;

const noteOf = (word) => document.getElementById(`term-${new URL(word.href).pathname.split("/").at(-2)}`);
const isOpen = (note) => note.matches(":popover-open");

let open = null; // { word, note, pinned }: pinned when it was pressed and not only pointed at
let timer = 0;

/* Below the word, above it where there is no room, within the window. */
function place({ word, note }) {
  const box = [...word.getClientRects()].at(0) ?? word.getBoundingClientRect();
  const size = note.getBoundingClientRect();
  const room = document.documentElement.clientWidth;
  const rtl = getComputedStyle(word).direction === "rtl";
  const left = rtl ? box.right - size.width : box.left;
  const below = box.bottom + GAP;
  const fits = below + size.height <= innerHeight || box.top - GAP - size.height < 0;
  note.style.left = `${Math.max(GAP, Math.min(left, room - size.width - GAP))}px`;
  note.style.top = `${Math.max(GAP, fits ? below : box.top - GAP - size.height)}px`;
}

function show(word, note, pinned) {
  clearTimeout(timer);
  open?.word.setAttribute("aria-expanded", "false"); // another takes its place, or the same for another word
  if (open?.note === note && isOpen(note)) {
    open = { word, note, pinned: pinned || open.pinned };
  } else {
    open = { word, note, pinned };
    note.showPopover();
  }
  word.setAttribute("aria-expanded", "true");
  place(open);
}

function later(what, after) {
  clearTimeout(timer);
  timer = setTimeout(what, after);
}

const closeUnlessPinned = () => {
  if (open && !open.pinned && isOpen(open.note)) open.note.hidePopover();
};

for (const word of document.querySelectorAll("a.term")) {
  const note = noteOf(word);
  if (!note?.showPopover) continue;
  let wasPinned = false; // before this press, which closes what is open before it is a click
  word.setAttribute("aria-expanded", "false");
  word.setAttribute("aria-haspopup", "dialog");
  word.addEventListener("pointerdown", () => { wasPinned = open?.word === word && open.pinned && isOpen(note); });
  word.addEventListener("click", (event) => {
    if (event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    const byKeyboard = event.detail === 0;
    if (byKeyboard ? open?.word === word && open.pinned && isOpen(note) : wasPinned) return;
    event.preventDefault();
    show(word, note, true);
    if (byKeyboard) note.querySelector(".term-note-more").focus({ preventScroll: true });
  });
  word.addEventListener("pointerenter", (event) => {
    if (event.pointerType === "mouse") later(() => show(word, note, false), OPENS_AFTER);
  });
  word.addEventListener("pointerleave", () => later(closeUnlessPinned, CLOSES_AFTER));
}

for (const note of document.querySelectorAll(".term-note")) {
  note.addEventListener("pointerenter", () => clearTimeout(timer));
  note.addEventListener("pointerleave", () => later(closeUnlessPinned, CLOSES_AFTER));
  /* However it was closed: by Escape, by a press elsewhere, by another one that opened. */
  note.addEventListener("beforetoggle", (event) => {
    if (event.newState !== "closed" || open?.note !== note) return;
    const { word } = open;
    word.setAttribute("aria-expanded", "false");
    if (note.contains(document.activeElement)) word.focus({ preventScroll: true });
    open = null;
  });
  /* Whoever goes on from the last link goes on behind the word, and back from the first to the word. */
  note.addEventListener("keydown", (event) => {
    if (event.key !== "Tab" || open?.note !== note) return;
    const links = [...note.querySelectorAll("a")];
    if (document.activeElement !== links.at(event.shiftKey ? 0 : -1)) return;
    if (event.shiftKey) event.preventDefault();
    note.hidePopover();
  });
}

/* Escape closes natively, wherever the focus is; here it also stops one that is about to open. */
document.addEventListener("keydown", (event) => {
  if (event.key === "Escape") clearTimeout(timer);
});
for (const event of ["scroll", "resize"]) {
  addEventListener(event, () => { if (open && isOpen(open.note)) place(open); }, { passive: true, capture: true });
}
