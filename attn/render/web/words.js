/* words.js - what a picture says in words: the finding, a weight read out, a hint. */

extend(class {
  headName(slice) {
    const [layer, head, name] = this.data.slices[slice];
    const number = `L${layer}-H${head}`;
    return layer < 0 || name === number ? name : `${number} ${name}`;
  }

  headDoes(slice) {
    const does = this.data.slices[slice][3];
    return this.headName(slice) + (does ? `: ${does}` : "");
  }

  // The head that shows the chosen row; of several fields that of the first.
  sliceShown() {
    const row = this.shownRow();
    const field = row >= 0 && this.fieldFor(row);
    if (this.slice >= 0) return this.slice;
    return field ? this.sliceOf(field, row) : this.data.start;
  }

  // A heading: with what the head does where it is the heading of a matrix.
  headShown(item) {
    if (this.data.fields.some((field) => field.k === CELLS)) return this.slice < 0 ? item.t : this.headDoes(this.slice);
    return this.headName(this.sliceShown());
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
    const word = (col) => (this.isRow(col, row) ? "itself" : `"${this.colNames[col]}"`);
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

  // What a row of a strip comes to, and whether it mostly rests.
  verdict(field, row) {
    const codes = this.cols.map((col, j) => this.code(field, row, j));
    const number = (thousandths) => (thousandths / 1000).toFixed(2);
    const sum = (some) => codes.reduce((all, code, j) => all + (some(this.cols[j]) ? code >> 1 : 0), 0);
    const [all, rests] = [sum(() => true), sum((col) => col[2])];
    if (!all) return ["nothing", true];
    if (rests * 5 >= all * 4) return ["rests " + number(rests), true];
    const best = codes.reduce((k, code, j) => (!this.cols[j][2] && (k < 0 || code > codes[k]) ? j : k), -1);
    const most = (hundredths(codes[best]) / 100).toFixed(2);
    const said = codes[best] < 2 * LITTLE ? `no word above ${most}` : `${cut(this.colNames[best])} ${most}`;
    const rest = 2 * rests > codes[best] && all < 1010 ? `rests ${number(rests)}, ` : "";
    return [rest + said, false];
  }

  // Of two sentences both; of strips all.
  sentences(field, row) {
    if (field.rowSlice) {
      const told = this.strips.filter((strip) => !this.cols[strip.cols[0]][2])
        .map((strip) => `${strip.title}: ${this.verdict(strip, row)[0]}`);
      return `"${this.rowNames[row]}": ${told.join(" · ")}`;
    }
    const other = this.data.partner ? this.data.partner[row] : row;
    const said = this.sentence(field, row);
    return other === row ? said : `${said}; then: ${this.sentence(this.fieldFor(other), other)}`;
  }

  fieldFor(row) {
    const { fields } = this.data;
    return fields.find((field) => field.follows && field.k === CELLS && field.rows.includes(row)) ||
      fields.find((field) => field.rows.includes(row) && field.k !== BARS) ||
      fields.find((field) => field.rows.includes(row));
  }

  say() {
    if (this.hasTies()) {
      this.light(null);
      return;
    }
    const row = this.shownRow();
    const field = row >= 0 && this.fieldFor(row);
    if (this.finding) {
      let text = this.firstFinding;
      if (!this.atFirst() && field && !this.picks) text = this.sentences(field, row);
      else if (this.slice >= 0 && !this.picks) text = this.headDoes(this.slice);
      if (this.finding.textContent !== text) this.finding.textContent = text;
    }
    this.readout.textContent = this.reading(field, row);
    const first = this.matrix ? this.slice < 0 : this.atFirst();
    for (const note of this.notes) note.style.display = first ? "" : "none";
    if (this.table) this.table.style.display = first ? "" : "none";
    this.sayNow(field, row);
  }

  // Below the picture: what the notes and the footer say at first, of what is shown now.
  sayNow(field, row) {
    const now = !this.matrix && !this.atFirst() && this.notes.length && field;
    this.now.style.display = now ? "" : "none";
    if (!this.data.slices.length) return;
    const slice = this.sliceShown();
    const first = this.headName(this.data.start);
    if (this.footer) {
      const name = now || this.slice >= 0 ? this.headName(slice) : first;
      const said = ["each row from its own head", first].find((one) => this.firstFooter.includes("· " + one));
      if (now || this.slice >= 0) this.footer.data = this.firstFooter.replace("· " + said, () => "· " + name);
      else this.footer.data = this.firstFooter;
    }
    if (!now) return;
    const [layer, head] = this.data.slices[slice];
    const word = this.rowNames[row];
    const asked = [...this.notes].map((note) => note.querySelector("code")).find(Boolean);
    this.now.textContent = this.headDoes(slice);
    // Only a word that needs no quotes, and only where the kernel gave such a line.
    const plain = /^[\p{L}\p{N}][\p{L}\p{N}\u0027\u2019]*(:\d+)?$/u;
    if (!asked || layer < 0 || !plain.test(word)) return;
    const [side] = asked.textContent.match(/ (encoder|decoder|cross)$/) || [""];
    this.now.append(element("br", ""), "Why there: ");
    element("code", "", this.now, `why ${word} layer ${layer} head ${head}${side}`);
  }

  hint() {
    const { fields } = this.data;
    const has = (kind) => fields.some((field) => field.k === kind);
    const keys = (what) => `Point at a ${what}. Arrow keys work too.`;
    const read = " to read its weight";
    if (this.strips.length) {
      const free = this.strips.some((strip) => strip.cols.some((col) => this.mayChoose(col)));
      return keys(`square${read}${free ? "; click a word to see its rows" : ""}`);
    }
    if (this.hasTies()) return keys("word to see its links alone; a click keeps it");
    for (const [kind, what] of [[CELLS, "square"], [LINKS, "line"]]) {
      if (has(kind)) return keys(`${what}${read}; click it to follow that word`);
    }
    if (!has(WORDS)) return has(BARS) ? `Point at a bar${read}.` : "";
    return this.firstRow < 0
      ? "Point at a word, or press Tab: what it looks at lights up. A click keeps it."
      : keys(`word${read}; click a word to see where that one looks`);
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
});
