/* picture.js - one picture: its data, the stack of weights, its parts in the page. */

class Picture {
  constructor(root, data) {
    this.root = root;
    this.data = data;
    this.rows = data.rows;
    this.cols = data.cols || data.rows;
    this.decoded = [];
    this.rowNames = this.names(this.rows);
    this.colNames = this.names(this.cols);
    for (const field of data.fields) {
      if (field.k === LINKS) {
        field.from = pairs(field.from);
        field.to = pairs(field.to);
      }
    }
    const first = data.fields.find((field) => field.chosen >= 0);
    this.firstRow = first ? first.rows[first.chosen] : -1;
    this.slice = -1; // as first shown
    this.chosen = this.firstRow;
    this.preview = -1; // the row whose word the pointer rests on while none is chosen
    this.picks = data.fields.some((field) => field.picks);
    this.strips = data.fields.filter((field) => field.rowSlice);
    // Of a matrix all rows are there: only another head makes what is said below untrue.
    this.matrix = !this.strips.length && data.fields.some((one) => one.k === CELLS && !one.picks);
    this.offered = this.strips.length ? this.strips[0].rows : [];
    this.at = null; // {field, i, j}: the mark under the pointer or the cursor
    this.build();
    this.retheme();
    this.attach();
    if (this.hasTies()) this.listenTies();
    else this.listen();
  }

  // A word that stands there twice is called the:1, the:2, as in the language. Where the
  // places begin anew, another sentence begins.
  names(tokens) {
    const parts = [[]];
    let last = -1;
    for (const token of tokens) {
      if (token[1] >= 0 && token[1] <= last) parts.push([]);
      if (token[1] >= 0) last = token[1];
      parts[parts.length - 1].push(token);
    }
    return parts.flatMap((part) => this.namesOf(part));
  }

  namesOf(tokens) {
    const seen = new Map();
    for (const [text] of tokens) seen.set(text, (seen.get(text) || 0) + 1);
    const so_far = new Map();
    return tokens.map(([text, , special]) => {
      so_far.set(text, (so_far.get(text) || 0) + 1);
      const name = special || seen.get(text) < 2 ? text : `${text}:${so_far.get(text)}`;
      // A mark after words that run from right to left keeps the numbers behind them.
      return /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]/.test(name) ? name + "\u200e" : name;
    });
  }

  // -- reading the stack

  weights(slice) {
    if (!this.decoded[slice]) {
      this.decoded[slice] = decode(this.data.weights[slice], this.rows.length * this.cols.length);
    }
    return this.decoded[slice];
  }

  sliceOf(field, row) {
    if (field.rowSlice) return field.rowSlice[row];
    if (field.follows && this.slice >= 0) return this.slice;
    const { rowSlice, start } = this.data;
    return rowSlice && field.slice === start ? rowSlice[row] : field.slice;
  }

  code(field, row, col) {
    return this.weights(this.sliceOf(field, row))[row * this.cols.length + col];
  }

  level(code) {
    return this.data.most > 0 ? clamp((code >> 1) / 1000 / this.data.most) : 0;
  }

  masked(row, col) {
    if (!this.data.causal || this.cols[col][2]) return false;
    return this.cols[col][1] > this.rows[row][1];
  }

  // The row of the stack that a column's word has, or -1.
  rowOf(col) {
    const [text, position, special] = this.cols[col];
    return this.rows.findIndex((row) => row[0] === text && row[1] === position && row[2] === special);
  }

  // True of the column that is the row's own word, also where two sentences are shown.
  isRow(col, row) {
    const own = this.rowOf(col);
    return own === row || (own >= 0 && Boolean(this.data.partner) && this.data.partner[own] === row);
  }

  // The row that a field shows: the chosen one, or the same word in its own sentence.
  rowIn(field) {
    const row = this.shownRow();
    if (row < 0 || field.rows.includes(row)) return row;
    const { partner } = this.data;
    return partner && field.rows.includes(partner[row]) ? partner[row] : -1;
  }

  shownRow() {
    return this.preview >= 0 ? this.preview : this.chosen;
  }

  atFirst() {
    return this.slice < 0 && this.shownRow() === this.firstRow;
  }

  // -- the parts of the page

  build() {
    const [width, height] = this.data.size;
    const holder = this.root.querySelector(".attn-picture");
    const image = holder.querySelector("img");
    this.finding = this.root.querySelector(".attn-finding");
    this.notes = this.root.querySelectorAll(".attn-first");
    this.firstFinding = this.finding ? this.finding.textContent : "";
    this.now = element("p", "");
    this.now.style.cssText = "margin:4px 0;font-size:90%;opacity:.8";
    const footer = this.root.querySelector(".attn-footer");
    this.footer = footer && footer.firstChild;
    this.firstFooter = footer ? this.footer.data : "";
    if (this.notes.length) this.notes[0].before(this.now);
    this.readout = this.root.querySelector(".attn-readout") || element("p", "");
    this.readout.setAttribute("aria-live", "polite");
    this.stage = element("div", "attn-stage");
    this.stage.style.cssText = `width:${width}px;min-width:${READABLE * width}px;aspect-ratio:${width}/${height}`;
    this.stage.setAttribute("role", "application");
    this.stage.setAttribute("aria-roledescription", "picture");
    this.stage.setAttribute("aria-label", image ? image.alt : this.firstFinding);
    const view = { viewBox: `0 0 ${width} ${height}`, "font-family": this.data.fonts[0], "aria-hidden": "true" };
    this.below = make("svg", view, this.stage);
    this.canvases = this.data.fields.map((field) => this.canvasFor(field, width, height));
    const above = make("svg", view, this.stage);
    this.marks = make("g", {}, above);
    this.above = make("g", {}, above);
    this.halo = make("g", { fill: "none" }, above);
    if (this.data.fields.length || this.hasTies()) {
      this.stage.tabIndex = 0;
      this.stage.dataset.lmSuppressShortcuts = "true";
      this.stage.classList.add("attn-points");
    }
  }

  // Comes last: what is painted outside the page makes the browser lay out nothing.
  attach() {
    const holder = this.root.querySelector(".attn-picture");
    const table = holder.querySelector("table");
    holder.replaceChildren(this.stage);
    if (this.picks) holder.before(this.readout); // nearer to what one points at
    if (table) this.fold(table.parentNode);
    const { slices, fields, only } = this.data;
    if (slices.length > 1 && !only && fields.some((field) => field.follows)) this.buildControls();
  }

  // The numbers that stood in the picture's place stay to be had.
  fold(table) {
    const details = element("details", "");
    this.table = details;
    element("summary", "", details, "The same numbers as a table").style.cursor = "pointer";
    details.append(table);
    this.readout.after(details);
  }

  canvasFor(field, width, height) {
    if (field.k !== CELLS) return null;
    const [x, y, w, h] = field.box;
    const canvas = element("canvas", "", this.stage);
    const percent = (a, b) => `${(100 * a) / b}%`;
    Object.assign(canvas.style, {
      left: percent(x, width),
      top: percent(y, height),
      width: percent(w, width),
      height: percent(h, height),
    });
    return canvas;
  }

  buildControls() {
    const { slices, start, rowSlice } = this.data;
    const bar = element("div", "attn-controls");
    const select = (text) => {
      const label = element("label", "", bar, text);
      const node = element("select", "", label);
      node.dataset.lmSuppressShortcuts = "true";
      return node;
    };
    const option = (node, value, text) => (element("option", "", node, text).value = value);
    this.layers = select("layer");
    this.heads = select("head");
    if (rowSlice) option(this.layers, "first", "each word's own head");
    slices.forEach(([layer, , name], k) => layer < 0 && option(this.layers, "slice " + k, name));
    const numbers = [...new Set(slices.map((slice) => slice[0]))].filter((layer) => layer >= 0);
    for (const layer of numbers) option(this.layers, layer, layer);
    this.listHeads = (layer) => {
      this.heads.replaceChildren();
      slices.forEach(([ofLayer, head, name], k) => {
        if (String(ofLayer) === layer) option(this.heads, k, name === `L${ofLayer}-H${head}` ? head : `${head} ${name}`);
      });
      this.heads.disabled = !this.heads.options.length;
      this.heads.parentNode.style.display = this.heads.disabled ? "none" : "";
    };
    const [layer] = slices[start];
    this.layers.value = rowSlice ? "first" : layer < 0 ? "slice " + start : String(layer);
    this.listHeads(this.layers.value);
    if (!this.heads.disabled) this.heads.value = start;
    this.layers.addEventListener("change", () => this.pickLayer());
    this.heads.addEventListener("change", () => this.pick(Number(this.heads.value)));
    (this.picks ? this.root.querySelector(".attn-picture") : this.readout).after(bar);
  }

  pickLayer() {
    const value = this.layers.value;
    const before = this.heads.selectedIndex;
    this.listHeads(value);
    if (value === "first") this.pick(-1);
    else if (value.startsWith("slice ")) this.pick(Number(value.slice(6)));
    else {
      this.heads.selectedIndex = Math.max(0, Math.min(before, this.heads.options.length - 1));
      this.pick(Number(this.heads.value));
    }
  }

  pick(slice) {
    const { start, rowSlice } = this.data;
    this.slice = !rowSlice && slice === start ? -1 : slice;
    if (this.heads) {
      this.layers.value = slice < 0 ? "first" : this.data.slices[slice][0] < 0 ? "slice " + slice : this.data.slices[slice][0];
      this.listHeads(this.layers.value);
      if (!this.heads.disabled) this.heads.value = slice;
    }
    this.paint();
    this.say();
  }
}

// What the other files add to a picture.
function extend({ prototype: more }) {
  for (const name of Object.getOwnPropertyNames(more)) {
    if (name !== "constructor") Picture.prototype[name] = more[name];
  }
}
