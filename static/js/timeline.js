/* Says how many events a chosen topic leaves. The choice itself is CSS alone. */
for (const timeline of document.querySelectorAll("[data-timeline]")) {
  const status = timeline.querySelector("[data-timeline-status]");
  const events = [...timeline.querySelectorAll(".timeline-events > li")];
  timeline.addEventListener("change", () => {
    const shown = events.filter((event) => event.checkVisibility()).length;
    const words = shown === events.length ? timeline.dataset.textAll : timeline.dataset.textSome;
    status.textContent = words.replace("{shown}", shown).replace("{all}", events.length);
  });
}
