/* paint.js - painting a picture: items, fields, and what is pointed at. */

extend(class {
  retheme() {
    this.dark = isDark(this.root);
    this.palette = new Palette(this.dark ? this.data.dark : this.data.light);
    this.paint();
  }

  paint() {
    const { items, above, fields } = this.data;
    const first = this.atFirst();
    this.links = [];
    this.ties = [];
    for (const strip of this.strips) strip.rows = [this.shownRow()];
    for (const group of [this.below, this.marks, this.above]) group.replaceChildren();
    items.forEach((item, k) => {
      if (item.x && !first) return;
      const named = item.y && !first ? { ...item, t: this.headShown(item) } : item;
      this.paintItem(named, k < above ? this.below : this.above);
    });
    fields.forEach((field, k) => {
      if (field.k === CELLS) this.paintCells(field, this.canvases[k]);
      else if (field.k === LINKS) this.paintLinks(field);
      else this.paintColumns(field);
    });
    this.paintHalo();
    if (this.kept) this.light(null);
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
    if (item.e && node) this.tie(node, item, parent);
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
    if (field.rowSlice && this.paintStrip(field)) return;
    const context = canvas.getContext("2d");
    this.fillCells(context, field);
    context.scale(canvas.width / width, canvas.height / height);
    if (this.data.causal) this.hatch(context, field);
    this.cutGaps(context, field);
    if (field.values) this.paintNumbers(field);
  }

  // Beside a strip: what it comes to, and whose it is. True where no cell is painted.
  paintStrip(field) {
    if (this.cols[field.cols[0]][2]) return false;
    if (this.atFirst()) return field.quiet;
    const [x, y, width, height] = field.box;
    const z = field.size;
    const [text, quiet] = this.verdict(field, field.rows[0]);
    const put = (dx, dy, t, f, a) => this.paintText({ b: [x + dx, y + height / 2 + dy * z], t, z, f, a }, this.marks);
    put(width + z * 0.67, -0.2, text);
    put(width + z * 0.67, 0.95, this.headName(this.sliceOf(field, field.rows[0])), [MUTED]);
    if (quiet) put(width / 2, LABEL_DROP, width > 20 * z ? "rests: nothing to say about this word" : "rests", [MUTED], 1);
    return quiet;
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
    const row = this.rowIn(field);
    const shown = row >= 0;
    if (field.k === BARS) this.rank(field, shown ? row : -1);
    field.cols.forEach((col, j) => {
      const box = boxAt(field.boxes, j);
      const code = shown ? this.code(field, row, col) : 0;
      const level = this.level(code);
      const rgb = this.palette.mark(level, this.cols[col][2]);
      const own = shown && this.isRow(col, row);
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
    if (shown && field.values && !this.atFirst()) this.paintRest(field, row);
  }

  // What stands below words and bars of the first row is an item; of others it is here.
  paintRest(field, row) {
    const small = field.size * 0.8;
    const code = (col) => this.code(field, row, col);
    if (field.k === WORDS) {
      const words = field.cols.map((col, j) => [code(col), j]).filter(([, j]) => !this.cols[field.cols[j]][2]);
      for (const [weight, j] of words.sort((a, b) => b[0] - a[0] || a[1] - b[1]).slice(0, NUMBERED)) {
        const [x, y, width, height] = boxAt(field.boxes, j);
        if (weight < 10) break;
        const text = (hundredths(weight) / 100).toFixed(2);
        this.paintText({ b: [x + width / 2, y + height + small], t: text, z: small, a: 1, f: [MUTED] }, this.marks);
      }
      return;
    }
    const words = [...this.cols.keys()].filter((col) => !this.cols[col][2] && !field.cols.includes(col));
    if (!words.length || this.data.partner) return;
    const [x, y, , height] = boxAt(field.boxes, field.cols.length - 1);
    const listed = field.cols.reduce((sum, col) => sum + hundredths(code(col)), 0);
    // A row of weights adds up to 1, and so do the numbers as printed; one of norms need not.
    const total = [...this.cols.keys()].reduce((sum, col) => sum + code(col), 0);
    const rest = Math.round((Math.abs(total - 2 * HALF) < 20 ? 2 * HALF : total) / 20) - listed;
    const which = words.length < 2 ? "the other word" : `the other ${words.length} words together`;
    this.paintText({ b: [x, y + 1.2 * height + 1.3 * small], t: `${which}: ${(Math.max(0, rest) / 100).toFixed(2)}`, z: small, f: [MUTED] }, this.marks);
  }

  // Which words have a bar: as laid out, or the strongest of another row.
  rank(field, row) {
    field.laid = field.laid || field.cols;
    field.cols = field.laid;
    if (row < 0 || this.atFirst()) return;
    const rests = field.laid.filter((col) => this.cols[col][2]);
    // Of two sentences only the words of one have weights in a row.
    const words = [...this.cols.keys()].filter((col) => !this.cols[col][2] &&
      (!this.data.partner || this.code(field, row, col)));
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
      this.paintText({ b: [x - 8, middle(field.size)], t: cut(word), z: field.size, a: 2 }, this.marks);
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
      if (field.rowSlice) {
        const own = this.data.cols || this.atFirst() || this.verdict(field, field.rows[0])[1] ? -1
          : field.cols.findIndex((col) => this.isRow(col, field.rows[0]));
        if (own >= 0) frame(x + own * w, w < 8 ? y - 3 : y, w, w < 8 ? 1 : h, this.palette.ink[CHOSEN], 2);
      } else if (i >= 0 && this.chosen !== this.firstRow) {
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
      const here = this.at.field === field;
      if (pointed >= 0 && (here || !field.rowSlice)) frame(x, y + pointed * h, width, h, line, 1, 0.6);
      if (!here && !(field.rowSlice && this.at.field.box[0] === x)) continue;
      frame(x + this.at.j * w, y, w, height, line, 1, 0.6);
      if (!here) continue;
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
});
