/* ties.js - pictures of links: a word that is pointed at shows its links alone. */

extend(class {
  hasTies() {
    return this.data.items.some((item) => item.e);
  }

  // Thin lines are hard to hit: a wide one that is not seen lies over each.
  tie(node, item, parent) {
    this.ties.push({ node, item });
    if (item.k !== LINE) return;
    if (item.h) this.ties.push({ node: node.nextSibling, item });
    const wide = { d: node.getAttribute("d"), fill: "none", stroke: "transparent", "stroke-width": 12, class: "attn-titled" };
    const over = make("path", wide, parent);
    make("title", {}, over).textContent = item.i;
    this.ties.push({ node: over, item });
  }

  tieAt({ target }) {
    const node = target.nodeName === "title" ? target.parentNode : target;
    const tie = this.ties.find((one) => one.node === node);
    return tie ? tie.item : null;
  }

  // Two marks of one word, or a word and a link that ends there.
  touch({ e: [a, b] }, { e: [c, d] }) {
    return (a > 0 && a === c) || (b > 0 && b === d);
  }

  linksOf(item) {
    if (item.k === LINE) return [item];
    // The strongest are painted last.
    return this.data.items.filter((one) => one.e && one.k === LINE && this.touch(one, item)).reverse();
  }

  light(item) {
    this.pointed = item;
    const shown = item || this.kept;
    const links = shown ? this.linksOf(shown) : [];
    const lit = (one) => one.k === LINE ? links.includes(one)
      : this.touch(one, shown) || links.some((link) => this.touch(one, link));
    for (const { node, item: one } of this.ties) node.style.opacity = !shown || lit(one) ? "" : FADED;
    this.readout.textContent = shown ? this.linksRead(shown, links) : this.hint();
  }

  linksRead(item, links) {
    if (!links.length) return `${item.i}: no link is drawn`;
    const more = links.length - NUMBERED;
    return links.slice(0, NUMBERED).map((link) => link.i).join("; ") + (more > 0 ? `; and ${more} more` : "");
  }

  keep(item) {
    this.kept = item && item !== this.kept ? item : null;
    this.light(null);
  }

  // Arrow keys go from word to word.
  stepTie(step) {
    const words = this.data.items.filter(({ k, e }) => e && k === WORDING);
    const at = words.indexOf(this.pointed || this.kept) + step;
    if (words.length) this.light(words[Math.max(0, Math.min(words.length - 1, at))]);
  }

  tieKey(event) {
    const steps = { ArrowLeft: -1, ArrowUp: -1, ArrowRight: 1, ArrowDown: 1 };
    if (event.ctrlKey || event.altKey || event.metaKey) return;
    if (steps[event.key]) this.stepTie(steps[event.key]);
    else if (event.key === "Enter" || event.key === " ") this.keep(this.pointed);
    else if (event.key === "Escape") this.keep(null);
    else return;
    event.preventDefault();
  }

  listenTies() {
    const { stage } = this;
    stage.addEventListener("pointerover", (event) => this.light(this.tieAt(event)));
    stage.addEventListener("pointerleave", () => this.light(null));
    stage.addEventListener("click", (event) => this.keep(this.tieAt(event)));
    stage.addEventListener("keydown", (event) => this.tieKey(event));
    stage.addEventListener("focus", () => {
      if (stage.matches(":focus-visible") && !this.pointed) this.stepTie(1);
    });
    stage.addEventListener("blur", () => this.light(null));
    this.root.addEventListener("keydown", (event) => event.stopPropagation());
    this.followPage();
  }
});
