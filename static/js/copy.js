// Copies what stands in a field by one press. Without it the field is selected and copied by hand.
for (const place of document.querySelectorAll("[data-copies]")) {
  const [field, button, told] = ["input", "[data-copy]", "[data-copied]"].map((one) => place.querySelector(one));
  field.addEventListener("focus", () => field.select());
  if (!navigator.clipboard) continue;
  button.hidden = false;
  button.addEventListener("click", async () => {
    try {
      await navigator.clipboard.writeText(field.value);
      told.hidden = false;
    } catch {
      field.focus(); // the browser does not let us: it is selected, to be copied by hand
    }
  });
}
