/* reader.js - what the reader does: pointing, clicking, keys; and the page's theme. */

extend(class {
  choose(row) {
    this.chosen = row === this.chosen && row !== this.firstRow ? this.firstRow : row;
    this.preview = -1;
    this.paint();
    this.say();
  }

  // Points at a mark, or at nothing.
  point(at) {
    const same = this.at && at && this.at.field === at.field && this.at.i === at.i &&
      this.at.j === at.j && this.at.whole === at.whole;
    if (same || (!this.at && !at)) return;
    this.at = at;
    const colours = at && at.field.k === WORDS && this.chosen < 0;
    const preview = colours ? this.rowOf(at.field.cols[at.j]) : -1;
    if (preview !== this.preview) {
      this.preview = preview;
      this.paint();
    } else this.paintHalo();
    this.say();
  }

  markAt(event) {
    const frame = this.stage.getBoundingClientRect();
    const scale = this.data.size[0] / frame.width;
    const [x, y] = [(event.clientX - frame.left) * scale, (event.clientY - frame.top) * scale];
    for (const field of this.data.fields) {
      const [left, top, width, height] = field.box || [];
      const up = top - y;
      if (field.tall && inside([left, 0, width, field.tall], x - up * (field.lean || 0), up)) {
        return { field, i: 0, j: Math.floor(((x - up * (field.lean || 0) - left) / width) * field.cols.length) };
      }
      if (field.k === CELLS && inside(field.box, x, y)) {
        return {
          field,
          i: Math.floor(((y - top) / height) * field.rows.length),
          j: Math.floor(((x - left) / width) * field.cols.length),
        };
      }
      if (field.k === WORDS || field.k === BARS) {
        const j = field.cols.findIndex((col, k) => inside(boxAt(field.boxes, k), x, y));
        if (j >= 0) return { field, i: 0, j };
      }
    }
    return this.linkAt(x, y);
  }

  linkAt(x, y) {
    let [best, near] = [null, 8];
    for (const link of this.links) {
      for (let t = 0; t <= 1; t += 1 / 24) {
        const [px, py] = pointOn(link.curve, t);
        const far = Math.hypot(px - x, py - y);
        if (far < near) [best, near] = [link, far];
      }
    }
    return best && { field: best.field, i: best.i, j: best.j };
  }

  enter(at) {
    if (!at) return;
    if (at.field.picks) {
      this.pick(at.field.slice);
      return;
    }
    if (at.field.rowSlice && !this.mayChoose(at.field.cols[at.j])) return;
    const columns = at.field.k === WORDS || at.field.k === BARS || at.field.rowSlice;
    const row = columns ? this.rowOf(at.field.cols[at.j]) : at.field.rows[at.i];
    if (row >= 0) this.choose(row);
  }

  // Strips: is the column a word whose rows are here? Of two sentences none is.
  mayChoose(col) {
    return !this.data.cols && this.offered.length > 1 && this.offered.includes(this.rowOf(col));
  }

  // Strips stand one below the other, each a line of columns.
  moveStrip(dx, dy) {
    const lines = new Map();
    for (const field of this.strips) {
      const y = field.box[1];
      lines.set(y, [...(lines.get(y) || []), ...field.cols.map((col, j) => ({ field, i: 0, j }))]);
    }
    const all = [...lines.values()];
    const here = (one) => this.at && one.field === this.at.field && one.j === this.at.j;
    const row = all.findIndex((line) => line.some(here));
    const to = row < 0 ? all[0][0] : (all[row + dy] || [])[all[row].findIndex(here) + dx];
    if (to) this.point(to);
    return Boolean(to);
  }

  // Where the cursor can go: the columns of all matrices from left to right, or the
  // words, or (in a flow) the links of one row after the other.
  grid() {
    const { fields } = this.data;
    const cells = fields.filter((field) => field.k === CELLS && !field.picks);
    if (cells.length) {
      cells.sort((a, b) => a.box[0] - b.box[0]);
      const columns = cells.flatMap((field) => field.cols.map((col, j) => ({ field, j })));
      return { columns, rows: cells[0].rows.length };
    }
    const words = fields.find((field) => field.k === WORDS) || fields.find((field) => field.k === BARS);
    if (words) return { columns: words.cols.map((col, j) => ({ field: words, j })), rows: 1 };
    return { columns: this.links, rows: 1, links: true };
  }

  // From small matrix to small matrix: the nearest that way.
  neighbour(from, dx, dy) {
    const middle = ({ box: [x, y, width, height] }) => [x + width / 2, y + height / 2];
    const [x, y] = middle(from);
    let [best, least] = [null, Infinity];
    for (const field of this.data.fields.filter((one) => one.picks)) {
      const [mx, my] = middle(field);
      const ahead = (mx - x) * dx + (my - y) * dy;
      const far = ahead + 3 * Math.abs((mx - x) * dy + (my - y) * dx);
      if (ahead > 1 && far < least) [best, least] = [field, far];
    }
    return best;
  }

  // Below the last row of small matrices stands the large one.
  moveWhole(dx, dy) {
    const small = this.data.fields.filter((field) => field.picks);
    const large = this.data.fields.find((field) => field.follows);
    if (this.at && !this.at.whole && !this.at.field.picks && (dy >= 0 || this.at.i > 0)) return false;
    const inSmall = this.at && this.at.field.picks;
    let field = inSmall ? this.neighbour(this.at.field, dx, dy) : small[this.at ? small.length - 1 : 0];
    if (inSmall && !dx && !dy) field = this.at.field;
    if (!field && dy > 0 && large) this.point({ field: large, i: 0, j: 0 });
    else if (field) this.point({ field, i: 0, j: 0, whole: true });
    return true;
  }

  move(dx, dy) {
    if (this.strips.length) return this.moveStrip(dx, dy);
    if (this.picks && this.moveWhole(dx, dy)) return true;
    const { columns, rows, links } = this.grid();
    if (!columns.length) return false;
    const here = (one) => this.at && one.field === this.at.field && one.j === this.at.j;
    let k = columns.findIndex((one) => here(one) && (!links || one.i === this.at.i));
    let i = this.at && !links ? this.at.i : 0;
    if (k < 0) k = 0;
    else if (rows > 1) {
      k += dx;
      i += dy;
    } else k += dx || dy;
    if (k < 0 || k >= columns.length || i < 0 || i >= rows) return false;
    this.point({ field: columns[k].field, i: links ? columns[k].i : i, j: columns[k].j });
    return true;
  }

  key(event) {
    const arrows = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
    if (event.ctrlKey || event.altKey || event.metaKey) return;
    let used = true;
    if (arrows[event.key]) this.move(...arrows[event.key]);
    else if (event.key === "Enter" || event.key === " ") this.enter(this.at);
    else if (event.key === "Escape") {
      this.at = null;
      this.chosen = this.firstRow;
      this.preview = -1;
      this.paint();
      this.say();
    } else if (event.key === "Tab") used = this.tab(event.shiftKey ? -1 : 1);
    else used = false;
    if (used) event.preventDefault();
  }

  // Tab goes from word to word and leaves after the last; long texts are left at once.
  tab(step) {
    const { columns } = this.grid();
    const words = columns.length <= 64 && columns[0] && columns[0].field.k === WORDS;
    return words && Boolean(this.at) && this.move(step, 0);
  }

  listen() {
    const { stage, root } = this;
    stage.addEventListener("pointermove", (event) => {
      this.point(this.markAt(event));
      if (this.picks) stage.title = this.at ? this.readout.textContent : "";
    });
    stage.addEventListener("pointerleave", () => this.point(null));
    stage.addEventListener("click", (event) => this.enter(this.markAt(event)));
    stage.addEventListener("keydown", (event) => this.key(event));
    stage.addEventListener("focus", () => {
      if (stage.matches(":focus-visible") && !this.at) this.move(0, 0);
    });
    stage.addEventListener("blur", () => this.point(null));
    // A notebook's command keys must not act while a picture has the focus.
    root.addEventListener("keydown", (event) => event.stopPropagation());
    this.followPage();
  }

  // The page's theme and zoom. It is watched through a weak reference: an output that was
  // cleared may go.
  followPage() {
    const self = new WeakRef(this);
    const look = () => {
      const picture = self.deref();
      if (!picture) {
        observer.disconnect();
        window.removeEventListener("resize", sharpen);
      } else if (picture.root.isConnected) picture.retheme();
    };
    let ratio = window.devicePixelRatio;
    const sharpen = () => {
      if (ratio === window.devicePixelRatio) return;
      ratio = window.devicePixelRatio;
      look();
    };
    window.addEventListener("resize", sharpen);
    const observer = new MutationObserver(look);
    const watched = { attributes: true, attributeFilter: ["class", "style", "data-jp-theme-name", "data-jp-theme-light", "data-theme", "data-vscode-theme-kind"] };
    for (const node of [document.documentElement, document.body]) observer.observe(node, watched);
  }
});
