/* The reader's choice of colors, kept on this device alone. A plain script in the head, so that no page flashes in the
   other theme first; without it the page follows the system. */
(() => {
  const KEY = "theme";
  const root = document.documentElement;

  const kept = () => {
    try { return localStorage.getItem(KEY) ?? ""; } catch { return ""; }
  };
  const keep = (theme) => {
    try { theme ? localStorage.setItem(KEY, theme) : localStorage.removeItem(KEY); } catch { /* storage is shut: this page only */ }
  };
  const show = (theme) => {
    if (theme === "light" || theme === "dark") root.dataset.theme = theme;
    else delete root.dataset.theme;
  };

  show(kept());
  document.addEventListener("DOMContentLoaded", () => {
    for (const group of document.querySelectorAll("[data-theme-switch]")) {
      const buttons = [...group.querySelectorAll("[data-theme-value]")];
      const press = () => {
        for (const button of buttons) button.setAttribute("aria-pressed", String(button.dataset.themeValue === (root.dataset.theme ?? "")));
      };
      group.addEventListener("click", (event) => {
        const button = event.target.closest("[data-theme-value]");
        if (!button) return;
        keep(button.dataset.themeValue);
        show(button.dataset.themeValue);
        press();
      });
      press();
      group.hidden = false;
    }
  });
})();
