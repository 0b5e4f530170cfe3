/* attn.js - makes the pictures of a page live: exact weights under the pointer and by
 * keyboard, a word to choose, a head to choose.
 *
 * Each output carries its own copy of this file. A copy upgrades every .attn that is not
 * ready yet, so it does not matter where a front end runs it. It paints what C has laid
 * out (the data's form: payload.h) and computes no layout. Words of a sentence go into
 * the page as text nodes and attributes only. Nothing is fetched.
 */
(() => {
  "use strict";

  // enum ink, item_kind, line_shape and field_kind of scene.h
  const [, TEXT, , , PAPER, WEIGHT, ON_WEIGHT, REST, MASKED, CHOSEN] = Array(10).keys();
  const HEAD = 15;
  const [BOX, WORDING, LINE, DOT] = Array(4).keys();
  const [, CURVE, ARC] = Array(3).keys();
  const [CELLS, LINKS, WORDS, BARS] = Array(4).keys();
  const READABLE = 0.62; // a picture is not made smaller than this: it scrolls
  const LABEL_MOST = 24; // letters of a word before its bar
  const HALF = 1000; // a weight of .5 as decode() has it
  const LABEL_DROP = 0.36; // of the font size, from the middle of a box to the baseline

  function make(tag, attributes, parent) {
    const node = document.createElementNS("http://www.w3.org/2000/svg", tag);
    for (const name in attributes) {
      if (attributes[name] !== undefined) node.setAttribute(name, attributes[name]);
    }
    if (parent) parent.append(node);
    return node;
  }

  function element(tag, className, parent, text) {
    const node = document.createElement(tag);
    if (className) node.className = className;
    if (text !== undefined) node.textContent = text;
    if (parent) parent.append(node);
    return node;
  }

  const clamp = (x) => Math.max(0, Math.min(1, x));

  // ---- colours -------------------------------------------------------------------

  const channels = (hex) => [1, 3, 5].map((at) => parseInt(hex.slice(at, at + 2), 16));

  function luminance(rgb) {
    const [r, g, b] = rgb.map((c) => {
      c /= 255;
      return c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  }

  const css = (rgb) => `rgb(${rgb.join(",")})`;

  function mix(a, b, part) {
    return a.map((c, k) => Math.round(c + (b[k] - c) * part));
  }

  // A notebook says which theme it has. Else the colour of the text tells; asking for that
  // makes the browser work out styles before everything stands.
  function isDark(root) {
    const light = document.body.dataset.jpThemeLight;
    if (light) return light === "false";
    const color = getComputedStyle(root).color.match(/[\d.]+/g);
    return Boolean(color) && luminance(color.slice(0, 3).map(Number)) > 0.4;
  }

  class Palette {
    constructor(colors) {
      this.ink = colors.ink;
      this.heads = colors.heads;
      this.ramp = colors.ramp.map(channels);
      this.paper = channels(colors.ink[PAPER]);
      this.rest = channels(colors.ink[REST]);
    }

    weight(level) {
      const at = (Math.round(clamp(level) * 255) / 255) * (this.ramp.length - 1);
      const step = Math.min(Math.floor(at), this.ramp.length - 2);
      return mix(this.ramp[step], this.ramp[step + 1], at - step);
    }

    // The colour of a column's mark: resting places are grey.
    mark(level, rests) {
      return rests ? mix(this.paper, this.rest, clamp(level)) : this.weight(level);
    }

    readable(rgb) {
      return luminance(rgb) > 0.179 ? "#000" : "#fff";
    }

    of([ink, level = 0]) {
      if (ink === TEXT) return `var(--jp-content-font-color1,${this.ink[TEXT]})`;
      if (ink === PAPER) return `var(--jp-layout-color0,${this.ink[PAPER]})`;
      if (ink === WEIGHT || ink === REST) return css(this.mark(level, ink === REST));
      if (ink === ON_WEIGHT) return this.readable(this.weight(level));
      if (ink === HEAD) return this.heads[Math.round(level) % this.heads.length];
      return this.ink[ink];
    }

    opacity([ink, level = 0]) {
      const other = [WEIGHT, ON_WEIGHT, REST, HEAD].includes(ink);
      return other || !level ? undefined : level;
    }
  }

  // ---- weights -------------------------------------------------------------------

  // base64 of LEB128: twice the thousandths, and one more where two decimals are rounded
  // down although the third is a 5; 0 is followed by how many zeros stand here.
  function decode(base64, n) {
    const bytes = atob(base64);
    const out = new Int32Array(n);
    let at = 0;
    const next = () => {
      let value = 0;
      for (let shift = 1; ; shift *= 128) {
        const byte = bytes.charCodeAt(at++);
        value += (byte & 127) * shift;
        if (byte < 128) return value;
      }
    };
    for (let k = 0; k < n && at < bytes.length; ) {
      const value = next();
      if (value) out[k++] = value;
      else k += next();
    }
    return out;
  }

  const exact = (code) => ((code >> 1) / 1000).toFixed(3);

  const hundredths = (code) => Math.floor(((code >> 1) + 5) / 10) - (code & 1);

  // Two decimals as C prints them: ".43", "1.0", "" below .005.
  function short(code) {
    const n = hundredths(code);
    if (n < 1) return "";
    if (n > 99) return (n / 100).toFixed(1);
    return "." + String(n).padStart(2, "0");
  }

  // ---- geometry: the formulas of scene.h -----------------------------------------

  function handles(shape, [x0, y0], [x1, y1]) {
    const middle = (x0 + x1) / 2;
    if (shape === CURVE) return [[x0, y0], [middle, y0], [middle, y1], [x1, y1]];
    if (shape === ARC) {
      const rise = (5 * Math.sqrt(Math.abs(x1 - x0)) * 4) / 3;
      return [[x0, y0], [x0, y0 - rise], [x1, y1 - rise], [x1, y1]];
    }
    return [[x0, y0], [x0, y0], [x1, y1], [x1, y1]];
  }

  const curvePath = (c) => `M${c[0]}C${c[1]} ${c[2]} ${c[3]}`;

  function pointOn(c, t) {
    const s = 1 - t;
    const part = (k) =>
      s * s * s * c[0][k] + 3 * s * s * t * c[1][k] + 3 * s * t * t * c[2][k] + t * t * t * c[3][k];
    return [part(0), part(1)];
  }

  function arrowHead(before, tip, thickness) {
    const [dx, dy] = [tip[0] - before[0], tip[1] - before[1]];
    const far = Math.hypot(dx, dy) || 1;
    const length = 5 + 2 * thickness;
    const [x, y] = [(dx / far) * length, (dy / far) * length];
    return `M${tip}L${tip[0] - x + y * 0.45},${tip[1] - y - x * 0.45}L${tip[0] - x - y * 0.45},${tip[1] - y + x * 0.45}Z`;
  }

  const pairs = (flat) => {
    const out = [];
    for (let k = 0; k < flat.length; k += 2) out.push([flat[k], flat[k + 1]]);
    return out;
  };

  const boxAt = (flat, j) => flat.slice(4 * j, 4 * j + 4);
  const inside = ([x, y, w, h], px, py) => px >= x && px < x + w && py >= y && py < y + h;

  // ---- one picture ---------------------------------------------------------------

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
      this.at = null; // {field, i, j}: the mark under the pointer or the cursor
      this.build();
      this.retheme();
      this.attach();
      this.listen();
    }

    // A word that stands there twice is called the:1, the:2, as in the language.
    names(tokens) {
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
      if (this.data.fields.length) {
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
          if (String(ofLayer) === layer) option(this.heads, k, `${head} ${name}`);
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

    // -- painting

    retheme() {
      this.dark = isDark(this.root);
      this.palette = new Palette(this.dark ? this.data.dark : this.data.light);
      this.paint();
    }

    paint() {
      const { items, above, fields } = this.data;
      const first = this.atFirst();
      this.links = [];
      for (const group of [this.below, this.marks, this.above]) group.replaceChildren();
      items.forEach((item, k) => {
        if (item.x && !first) return;
        const named = item.y && this.slice >= 0 ? { ...item, t: this.headDoes(this.slice) } : item;
        this.paintItem(named, k < above ? this.below : this.above);
      });
      fields.forEach((field, k) => {
        if (field.k === CELLS) this.paintCells(field, this.canvases[k]);
        else if (field.k === LINKS) this.paintLinks(field);
        else this.paintColumns(field);
      });
      this.paintHalo();
    }

    inks(item) {
      const out = { fill: "none" };
      if (item.f) {
        out.fill = this.palette.of(item.f);
        out["fill-opacity"] = this.palette.opacity(item.f);
      }
      if (item.s) {
        out.stroke = this.palette.of(item.s);
        out["stroke-opacity"] = this.palette.opacity(item.s);
        out["stroke-width"] = item.w || 1;
        if (item.d) out["stroke-dasharray"] = "4 3";
      }
      return out;
    }

    paintItem(item, parent) {
      const inks = this.inks(item);
      let node;
      if (item.k === WORDING) node = this.paintText(item, parent);
      else if (item.k === LINE) node = this.paintLine(item, inks, parent);
      else {
        const [x, y, width, height] = item.b;
        node = item.k === DOT
          ? make("circle", { cx: x, cy: y, r: width / 2, ...inks }, parent)
          : make("rect", { x, y, width, height, rx: item.r, ...inks }, parent);
      }
      if (item.i && node) {
        make("title", {}, node).textContent = item.i;
        node.setAttribute("class", "attn-titled");
      }
    }

    paintText(item, parent) {
      if (item.t === undefined) return null;
      const [x, y] = item.b;
      const node = make("text", {
        x,
        y,
        "font-size": item.z,
        "text-anchor": ["start", "middle", "end"][item.a || 0],
        "font-weight": item.o && "bold",
        "font-family": item.m && this.data.fonts[1],
        "text-decoration": item.n && "underline",
        transform: item.u && `rotate(${-item.u} ${x} ${y})`,
        fill: item.color || this.palette.of(item.f || [TEXT]),
      }, parent);
      node.textContent = item.t;
      return node;
    }

    paintLine(item, inks, parent) {
      const points = pairs(item.p);
      if (points.length < 2) return null;
      const curve = item.l ? handles(item.l, points[0], points[1]) : null;
      const d = curve ? curvePath(curve) : "M" + points.join("L");
      const node = make("path", { d, ...inks }, parent);
      if (item.h) {
        const [before, tip] = curve ? curve.slice(2) : points.slice(-2);
        make("path", { d: arrowHead(before, tip, item.w || 0), fill: inks.stroke }, parent);
      }
      return node;
    }

    // Gaps are cut out, masked cells hatched.
    paintCells(field, canvas) {
      const [, , width, height] = field.box;
      const scale = Math.min(Math.max(1, window.devicePixelRatio || 1), 4096 / Math.max(width, height));
      canvas.width = Math.max(1, Math.round(width * scale));
      canvas.height = Math.max(1, Math.round(height * scale));
      if (!field.rows.length || !field.cols.length) return;
      const context = canvas.getContext("2d");
      this.fillCells(context, field);
      context.scale(canvas.width / width, canvas.height / height);
      if (this.data.causal) this.hatch(context, field);
      this.cutGaps(context, field);
      if (field.values) this.paintNumbers(field);
    }

    // On whole pixels, neighbours of one colour together.
    fillCells(context, field) {
      const edges = (n, length) => Array.from({ length: n + 1 }, (_, k) => Math.round((k * length) / n));
      const x = edges(field.cols.length, context.canvas.width);
      const y = edges(field.rows.length, context.canvas.height);
      const known = new Map();
      field.rows.forEach((row, i) => {
        const colors = field.cols.map((col) => this.cellColor(field, row, col, known));
        for (let j = 0, end; j < colors.length; j = end) {
          for (end = j + 1; colors[end] === colors[j]; ) end++;
          if (!colors[j]) continue;
          context.fillStyle = colors[j];
          context.fillRect(x[j], y[i], x[end] - x[j], y[i + 1] - y[i]);
        }
      });
    }

    // "" where nothing shows. Each is worked out once.
    cellColor(field, row, col, known) {
      if (this.masked(row, col)) return "";
      const [code, rests] = [this.code(field, row, col), this.cols[col][2]];
      const key = rests ? -code : code;
      if (!known.has(key)) {
        const level = this.level(code);
        known.set(key, level ? css(this.palette.mark(level, rests)) : "");
      }
      return known.get(key);
    }

    cutGaps(context, { box: [, , width, height], gap = 0, rows, cols }) {
      if (!gap) return;
      for (let i = 0; i <= rows.length; i++) {
        context.clearRect(0, (i * height) / rows.length - gap / 2, width, gap);
      }
      for (let j = 0; j <= cols.length; j++) {
        context.clearRect((j * width) / cols.length - gap / 2, 0, gap, height);
      }
    }

    hatch(context, { box: [, , width, height], rows, cols }) {
      const [w, h] = [width / cols.length, height / rows.length];
      context.save();
      context.beginPath();
      rows.forEach((row, i) => cols.forEach((col, j) => {
        if (this.masked(row, col)) context.rect(j * w, i * h, w, h);
      }));
      context.clip();
      context.beginPath();
      for (let sum = 0; sum < width + height; sum += 6) {
        context.moveTo(sum, 0);
        context.lineTo(sum - height, height);
      }
      context.strokeStyle = this.palette.ink[MASKED];
      context.lineWidth = 1;
      context.stroke();
      context.restore();
    }

    paintNumbers(field) {
      const [left, top, width, height] = field.box;
      const gap = field.gap || 0;
      const [w, h] = [width / field.cols.length, height / field.rows.length];
      const size = Math.min((w - gap) * 0.36, (h - gap) * 0.42);
      if (size < 7) return;
      field.rows.forEach((row, i) => field.cols.forEach((col, j) => {
        const code = this.code(field, row, col);
        const text = this.masked(row, col) ? "" : short(code);
        if (!text) return;
        const rgb = this.palette.mark(this.level(code), this.cols[col][2]);
        this.paintText({
          b: [left + (j + 0.5) * w, top + (i + 0.5) * h + size * LABEL_DROP],
          t: text, z: size, a: 1,
          color: this.cols[col][2] ? undefined : this.palette.readable(rgb),
        }, this.marks);
      }));
    }

    paintLinks(field) {
      const shown = this.shownRow();
      field.rows.forEach((row, i) => field.cols.forEach((col, j) => {
        const code = this.code(field, row, col);
        const level = this.level(code);
        if (!level || code / 2000 < field.least) return;
        const [ink] = field.ink || [WEIGHT];
        const faded = shown >= 0 && shown !== row ? 0.15 : 1;
        const curve = handles(field.l, field.from[i], field.to[j]);
        make("path", {
          d: curvePath(curve),
          fill: "none",
          stroke: this.palette.of(ink === WEIGHT ? [WEIGHT, 0.4 + 0.6 * level] : field.ink),
          "stroke-width": Math.max(field.thickest * level, 0.75),
          opacity: (0.35 + 0.65 * level) * (1 - (field.pale || 0)) * faded,
        }, this.marks);
        this.links.push({ field, i, j, curve });
      }));
    }

    // WORDS and BARS: one box a column, for the shown row.
    paintColumns(field) {
      const row = this.shownRow();
      const shown = field.rows.includes(row);
      if (field.k === BARS) this.rank(field, shown ? row : -1);
      field.cols.forEach((col, j) => {
        const box = boxAt(field.boxes, j);
        const code = shown ? this.code(field, row, col) : 0;
        const level = this.level(code);
        const rgb = this.palette.mark(level, this.cols[col][2]);
        const own = shown && this.rowOf(col) === row;
        if (field.k === BARS) this.paintBar(field, box, col, code);
        else {
          const [x, y, width, height] = box;
          if (level || own) {
            make("rect", {
              x, y, width, height, rx: 4,
              fill: level ? css(rgb) : "none",
              stroke: own ? this.palette.ink[CHOSEN] : "none",
              "stroke-width": 2,
            }, this.marks);
          }
          if (field.labels) this.paintLabel(field, j, box, level && !this.cols[col][2] ? rgb : null, own, level);
        }
      });
    }

    // Which words have a bar: as laid out, or the strongest of another row.
    rank(field, row) {
      field.laid = field.laid || field.cols;
      field.cols = field.laid;
      if (row < 0 || this.atFirst()) return;
      const rests = field.laid.filter((col) => this.cols[col][2]);
      const words = [...this.cols.keys()].filter((col) => !this.cols[col][2]);
      const codes = words.map((col) => this.code(field, row, col));
      const order = words.map((col, k) => k).sort((a, b) => codes[b] - codes[a] || a - b);
      const ranked = order.slice(0, field.laid.length - rests.length).map((k) => words[k]);
      field.cols = [...ranked, ...rests];
    }

    paintLabel(field, j, [x, y, width, height], rgb, own, level) {
      let color = rgb ? this.palette.readable(rgb) : undefined;
      if (own && level <= 0.1) color = this.palette.ink[CHOSEN];
      this.paintText({
        b: [x + width / 2, y + height / 2 + field.size * LABEL_DROP],
        t: field.labels[j], z: field.size, a: 1, n: own, color,
      }, this.marks);
    }

    paintBar(field, [x, y, width, height], col, code) {
      const level = this.level(code);
      const upright = height > width;
      const [w, h] = upright ? [width, height * level] : [width * level, height];
      const rgb = this.palette.mark(Math.max(level, 0.5), this.cols[col][2]);
      if (level) make("rect", { x, y: upright ? y + height - h : y, width: w, height: h, fill: css(rgb) }, this.marks);
      const middle = (size) => y + height / 2 + size * LABEL_DROP;
      if (!this.atFirst() && field.size) {
        const word = this.cols[col][2] ? `resting place ${this.cols[col][0]}` : this.colNames[col];
        const label = word.length > LABEL_MOST ? word.slice(0, LABEL_MOST - 1) + "…" : word;
        this.paintText({ b: [x - 8, middle(field.size)], t: label, z: field.size, a: 2 }, this.marks);
      }
      if (!field.values) return;
      const size = Math.min(Math.max(height * 0.75, 11), 18);
      const number = (hundredths(code) / 100).toFixed(2);
      this.paintText({ b: [x + w + 5, middle(size)], t: number, z: size }, this.marks);
    }

    // Row and column of the mark that is pointed at, and the row that was chosen here.
    paintHalo() {
      this.halo.replaceChildren();
      const line = this.palette.of([TEXT]);
      const frame = (x, y, width, height, stroke, thickness, opacity) =>
        make("rect", { x, y, width, height, rx: 1, stroke, "stroke-width": thickness, opacity }, this.halo);
      for (const field of this.data.fields) {
        if (field.k !== CELLS) continue;
        const [x, y, width, height] = field.box;
        const [w, h] = [width / field.cols.length, height / field.rows.length];
        const i = field.rows.indexOf(this.chosen);
        if (i >= 0 && this.chosen !== this.firstRow) {
          frame(x, y + i * h, width, h, this.palette.ink[CHOSEN], 2);
        }
        const shown = this.slice >= 0 ? this.slice : this.data.start;
        if (field.picks && field.slice === shown) frame(x, y, width, height, this.palette.ink[CHOSEN], 2);
        if (!this.at || this.at.field.k !== CELLS) continue;
        if (this.at.whole) {
          if (this.at.field === field) frame(x - 2, y - 2, width + 4, height + 4, line, 2);
          continue;
        }
        const pointed = field.rows.indexOf(this.at.field.rows[this.at.i]);
        if (pointed >= 0) frame(x, y + pointed * h, width, h, line, 1, 0.6);
        if (this.at.field !== field) continue;
        frame(x + this.at.j * w, y, w, height, line, 1, 0.6);
        frame(x + this.at.j * w, y + this.at.i * h, w, h, line, 2);
      }
      this.haloOfOther(line, frame);
    }

    haloOfOther(line, frame) {
      const { at } = this;
      if (!at || at.field.k === CELLS) return;
      if (at.field.k === LINKS) {
        const link = this.links.find((one) => one.field === at.field && one.i === at.i && one.j === at.j);
        if (link) make("path", { d: curvePath(link.curve), stroke: line, "stroke-width": 1.5 }, this.halo);
        return;
      }
      const [x, y, width, height] = boxAt(at.field.boxes, at.j);
      frame(x - 1, y - 1, width + 2, height + 2, line, 1.5);
    }

    // -- words for the reader

    headName(slice) {
      const [layer, head, name] = this.data.slices[slice];
      return layer < 0 ? name : `L${layer}-H${head} ${name}`;
    }

    headDoes(slice) {
      const does = this.data.slices[slice][3];
      return this.headName(slice) + (does ? `: ${does}` : "");
    }

    link(field, row, col) {
      const words = `${this.rowNames[row]} → ${this.colNames[col]}`;
      if (this.masked(row, col)) return `${words}: not allowed to look, it comes later`;
      const name = this.headName(this.sliceOf(field, row));
      return `${words} ${exact(this.code(field, row, col))} · ${name}`;
    }

    // "it" looks mostly at "animal" (0.953), then "tired" (0.021) · L3-H0 …
    sentence(field, row) {
      const codes = (cols) => cols.map((col) => [this.code(field, row, col), col]);
      const rests = (col) => this.cols[col][2];
      const [best, second] = codes(field.cols.filter((col) => !rests(col)))
        .filter((one) => one[0] > 1).sort((a, b) => b[0] - a[0]);
      const resting = codes([...this.cols.keys()].filter(rests)).reduce((sum, one) => sum + one[0], 0);
      const word = (col) => (this.rowOf(col) === row ? "itself" : `"${this.colNames[col]}"`);
      const said = ([code, col]) => `${word(col)} (${exact(code)})`;
      const from = `"${this.rowNames[row]}"`;
      const name = this.headName(this.sliceOf(field, row));
      if (!best || resting > best[0]) {
        if (!best || resting >= HALF) return `${from} mostly rests (${exact(resting)} on the resting place) · ${name}`;
        return `${from} finds no word that stands out: ${exact(resting)} rests, then ${said(best)} · ${name}`;
      }
      const then = second ? `, then ${said(second)}` : "";
      const looks = best[0] >= HALF ? "looks mostly at" : "looks most at";
      return `${from} ${looks} ${said(best)}${then} · ${name}`;
    }

    fieldFor(row) {
      const { fields } = this.data;
      return fields.find((field) => field.follows && field.k === CELLS && field.rows.includes(row)) ||
        fields.find((field) => field.rows.includes(row) && field.k !== BARS) ||
        fields.find((field) => field.rows.includes(row));
    }

    say() {
      const row = this.shownRow();
      const field = row >= 0 && this.fieldFor(row);
      if (this.finding) {
        let text = this.firstFinding;
        if (!this.atFirst() && field && !this.picks) text = this.sentence(field, row);
        else if (this.slice >= 0 && !this.picks) text = this.headDoes(this.slice);
        if (this.finding.textContent !== text) this.finding.textContent = text;
      }
      this.readout.textContent = this.reading(field, row);
      for (const note of this.notes) note.style.display = this.atFirst() ? "" : "none";
    }

    hint() {
      const { fields } = this.data;
      const has = (kind) => fields.some((field) => field.k === kind);
      if (has(CELLS)) return "Point at a square to read its weight; click it to follow that word. Arrow keys work too.";
      if (has(LINKS)) return "Point at a line to read its weight; click it to follow that word. Arrow keys work too.";
      if (!has(WORDS)) return has(BARS) ? "Point at a bar to read its weight." : "";
      return this.firstRow < 0
        ? "Point at a word, or press Tab: the words it looks at light up. A click keeps it."
        : "Point at a word to read its weight; click a word to see where that one looks. Arrow keys work too.";
    }

    reading(field, row) {
      if (this.at) {
        const { field: at, i, j } = this.at;
        if (this.at.whole) return `${this.headDoes(at.slice)} (Enter shows it large)`;
        const columns = at.k === WORDS || at.k === BARS;
        if (columns && row < 0) return this.colNames[at.cols[j]];
        if (columns && this.preview >= 0 && field) return this.sentence(field, row);
        return this.link(at, columns ? row : at.rows[i], at.cols[j]);
      }
      if (field && !this.atFirst() && !this.finding) return this.sentence(field, row);
      if (this.picks) return "Point at a cell for its exact weight; click a small matrix, or use the arrow keys and Enter, to see it large.";
      return this.hint();
    }

    // -- what the reader does

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
        if (field.k === CELLS && inside(field.box, x, y)) {
          const [left, top, width, height] = field.box;
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
      const columns = at.field.k === WORDS || at.field.k === BARS;
      const row = columns ? this.rowOf(at.field.cols[at.j]) : at.field.rows[at.i];
      if (row >= 0) this.choose(row);
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
  }

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
})();
