/* page.js - last of the page's script: finds the pictures that are not ready. */

// One style element for the page: each that comes or goes costs all of the page's styles.
function dress(style) {
  const worn = [...document.head.querySelectorAll("style.attn-style")];
  if (worn.some((one) => one.textContent === style)) return;
  element("style", "attn-style", document.head, style);
}

function upgrade(root) {
  const data = root.querySelector('script[type="application/json"]');
  const style = root.querySelector('script[type="text/css"]');
  const holder = root.querySelector(".attn-picture");
  if (!data || !style || !holder) return;
  const before = [...holder.childNodes];
  try {
    dress(style.textContent);
    new Picture(root, JSON.parse(data.textContent)).say();
    root.dataset.ready = "";
  } catch (error) {
    // The static form says the same; a broken live one would say less.
    holder.replaceChildren(...before);
    root.dataset.ready = "static";
  }
}

document.querySelectorAll(".attn:not([data-ready])").forEach(upgrade);
