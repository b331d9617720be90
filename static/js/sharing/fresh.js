/* An excerpt may be taken back at any moment: its page is put away empty, and brought back it asks the server. */
addEventListener("pagehide", (event) => {
  if (event.persisted) document.querySelector("[data-excerpt]").replaceChildren();
});
addEventListener("pageshow", (event) => {
  if (event.persisted) location.reload();
});
