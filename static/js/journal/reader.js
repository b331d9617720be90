/* The search of an exported journal. It stands in the page itself, asks nobody and stores nothing. */
(() => {
  const box = document.querySelector('[data-search]');
  const field = box.querySelector('input');
  const said = box.querySelector('[role="status"]');
  const entries = [...document.querySelectorAll('article.entry')];
  const plain = (words) => words.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();
  let texts = null;
  let timer = 0;

  const search = () => {
    texts ??= entries.map((entry) => plain(entry.textContent));
    const words = plain(field.value).split(/\s+/).filter(Boolean);
    let found = 0;
    entries.forEach((entry, place) => {
      const fits = words.every((word) => texts[place].includes(word));
      entry.hidden = !fits;
      found += fits;
    });
    said.textContent = words.length ? box.dataset.found.replace('{n}', found).replace('{all}', entries.length) : '';
  };

  field.addEventListener('input', () => {
    clearTimeout(timer);
    timer = setTimeout(search, 120);
  });
  field.value = ''; // what a browser brings back after a reload
  box.hidden = false;
})();
