// What the page does once it stands: contents, the light switch, and paper.
(() => {
  const { body } = document;
  const main = document.getElementById("notebook");

  // The banner promises clicks only where pictures are alive.
  const clickable = document.querySelector(".clickable");
  if (clickable && !document.querySelector(".attn[data-ready='']")) clickable.remove();

  const button = document.querySelector("button.theme");
  const name = (theme) => {
    const other = theme === "dark" ? "Light" : "Dark";
    button.textContent = `${other} page`;
  };
  name(attnTheme());
  button.addEventListener("click", () => {
    name(attnTheme(document.documentElement.dataset.theme === "dark" ? "light" : "dark"));
  });
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => name(attnTheme()));

  const nav = document.querySelector("nav.contents");
  const heads = [...main.querySelectorAll(".prose :is(h2, h3)[id]")];
  if (heads.length < 3) nav.remove();
  else {
    const list = document.createElement("ol");
    for (const head of heads) {
      const link = document.createElement("a");
      link.href = `#${encodeURIComponent(head.id)}`;
      const text = head.cloneNode(true);
      text.querySelectorAll(".anchor-link").forEach((mark) => mark.remove());
      link.textContent = text.textContent;
      const item = document.createElement("li");
      item.className = head.localName;
      item.append(link);
      list.append(item);
    }
    const fold = nav.querySelector("details");
    fold.append(list);
    // Beside the text it stays open; above it, it would push the text away.
    const wide = matchMedia("(min-width: 75rem)");
    const unfold = () => { fold.open = wide.matches; };
    unfold();
    wide.addEventListener("change", unfold);
    list.addEventListener("click", () => { if (!wide.matches) fold.open = false; });
  }

  // On paper: light, and what is folded in the text stands at the end, as in a textbook.
  let printed = null;
  window.addEventListener("beforeprint", () => {
    body.dataset.jpThemeLight = "true";
    const folded = [...main.querySelectorAll(".prose details:not([open])")];
    if (!folded.length || printed) return;
    printed = document.createElement("section");
    printed.className = "prose printed";
    const title = document.createElement("h2");
    title.textContent = "Answers";
    printed.append(title);
    let under = "";
    for (const one of folded) {
      const before = heads.filter((head) => head.localName === "h2" &&
        head.compareDocumentPosition(one) & Node.DOCUMENT_POSITION_FOLLOWING).pop();
      const name = before ? before.firstChild.textContent : "";
      if (name && name !== under) {
        const part = document.createElement("h3");
        part.textContent = under = name;
        printed.append(part);
      }
      for (const node of one.childNodes) {
        if (node.localName !== "summary") printed.append(node.cloneNode(true));
      }
    }
    main.append(printed);
  });
  window.addEventListener("afterprint", () => {
    if (printed) printed.remove();
    printed = null;
    attnTheme();
  });
})();
