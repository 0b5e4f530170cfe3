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

  // Of two sentences both.
  sentences(field, row) {
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
    const row = this.shownRow();
    const field = row >= 0 && this.fieldFor(row);
    if (this.finding) {
      let text = this.firstFinding;
      if (!this.atFirst() && field && !this.picks) text = this.sentences(field, row);
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
});
