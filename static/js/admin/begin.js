// Begins what fields of the editors' area need, as their marks say: Wagtail would write a script into the page for each.
// A mark names one of these and nothing else, so that a page cannot ask for more.

const makers = {
  initDateChooser: (id, options) => window.initDateChooser(id, options),
  initDateTimeChooser: (id, options) => window.initDateTimeChooser(id, options),
  initTimeChooser: (id, options) => window.initTimeChooser(id, options),
  InlinePanel: (_id, options) => new window.InlinePanel(options),
  MultipleChooserPanel: (_id, options) => new window.MultipleChooserPanel(options),
  Chooser: (id, options) => new window.Chooser(id, options),
  DocumentChooser: (id, options) => new window.DocumentChooser(id, options),
  ImageChooser: (id, options) => new window.ImageChooser(id, options),
  PageChooser: (id, options) => new window.PageChooser(id, options),
  SnippetChooser: (id, options) => new window.SnippetChooser(id, options),
};

function begin(mark) {
  const { begin: name, beginId: id, beginOptions: options } = mark.dataset;
  delete mark.dataset.begin; // moved about in the page, it does not begin again
  if (Object.hasOwn(makers, name)) makers[name](id, JSON.parse(options));
}

function beginAll(part) {
  if (part.matches("[data-begin]")) begin(part);
  part.querySelectorAll("[data-begin]").forEach(begin);
}

beginAll(document.documentElement);
new MutationObserver((changes) => {
  for (const { addedNodes } of changes) {
    for (const node of addedNodes) if (node.nodeType === Node.ELEMENT_NODE && node.isConnected) beginAll(node);
  }
}).observe(document.documentElement, { childList: true, subtree: true });
