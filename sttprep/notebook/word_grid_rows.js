// The rows of the word grid: only those in sight are drawn, between two spacers, so that a list of
// 90,000 words scrolls. The second half of the module, which uses this one, is word_grid.js; the
// browser gets both as one, because a widget cannot import a file of its own.

const COLUMNS = [
  { key: "word", title: "Word" },
  { key: "count", title: "Count", starts: true }, // the first click puts the largest on top
  { key: "source", title: "Source" },
  { key: "sounds_like", title: "Sounds like", edit: true },
  { key: "display_as", title: "Display as", edit: true },
  { key: "pronunciation", title: "Pronunciation" },
  { key: "problems", title: "Problems", starts: true },
];
const WORD = 0, SOUNDS = 3;
const MARGIN = 10; // rows drawn above and below those in sight
const MARKS = { error: "✖", warning: "▲", note: "ℹ" };

/** An element; attributes beginning with "on" are listeners, children are text or elements. */
function make(tag, attributes = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name.startsWith("on")) node.addEventListener(name.slice(2), value);
    else if (value === true) node.setAttribute(name, "");
    else if (value !== false && value != null) node.setAttribute(name, value);
  }
  node.append(...children.flat(Infinity).filter((child) => child != null && child !== false && child !== ""));
  return node;
}

function problemNode(problem) {
  return make("div", { class: `sp-problem sp-${problem.severity}` },
    make("span", { "aria-hidden": "true" }, `${MARKS[problem.severity]} `), problem.text);
}

/** A row without content that stands for those above or below the ones drawn. */
function spacer() {
  return make("tr", { class: "sp-spacer", role: "presentation", "aria-hidden": "true" },
    make("td", { colspan: COLUMNS.length, role: "presentation" }));
}

class Rows {
  constructor() {
    this.above = spacer();
    this.below = spacer();
    this.rows = new Map(); // index in the order shown → row, as Python sent it
    this.lines = new Map(); // index → what is drawn of it
    this.taller = new Map(); // index → pixels by which a row differs from `height`
    this.height = 31; // pixels of a row with one sounds-like
    this.phones = {}; // text → pronunciation
    this.details = new Map(); // id of an opened row → its contexts, null while they are fetched
    this.total = 0;
    this.active = { index: 0, column: 0 };
    this.editing = null; // the cell being edited: its row's id, column, input and feedback
  }

  // ---- drawing: only the rows in sight, between two spacers

  top(index) {
    let top = index * this.height;
    for (const [place, more] of this.taller) if (place < index) top += more;
    return top;
  }

  indexAt(y) {
    let index = Math.floor(y / this.height);
    while (index > 0 && this.top(index) > y) {
      const rows = (this.top(index) - y) / this.height;
      index -= Math.max(1, Math.floor(rows / 2));
    }
    while (index < this.total && this.top(index + 1) <= y) index += 1;
    return Math.max(0, Math.min(index, this.total));
  }

  window() {
    const first = this.indexAt(this.scroller.scrollTop);
    const sight = Math.ceil((this.scroller.clientHeight || 400) / this.height);
    return [Math.max(0, first - MARGIN), Math.min(this.total || MARGIN * 4, first + sight + MARGIN)];
  }

  later() {
    if (this.planned) return;
    this.planned = requestAnimationFrame(() => {
      this.planned = null;
      this.draw();
    });
  }

  /** Draw what changed. A cell being edited that leaves the sight is committed first. */
  draw() {
    const [start, stop] = this.window();
    const edited = this.editing?.index; // undefined is neither below nor above
    if (edited < start || edited >= stop) return this.commit();
    this.drawing = true;
    const focused = this.scroller.contains(document.activeElement);
    const parts = [this.above];
    let missing = false;
    const lines = new Map();
    for (let index = start; index < stop; index += 1) {
      const row = this.rows.get(index);
      missing ||= !row;
      lines.set(index, this.line(index, row));
      parts.push(...lines.get(index).nodes);
    }
    parts.push(this.below);
    if (!this.total) parts.push(make("tr", {}, make("td", { class: "sp-empty", colspan: COLUMNS.length },
      this.rows.size || this.counts ? "No words to show." : "…")));
    this.lines = lines;
    // First the new heights: a table that were shorter for a moment would lose its scroll position.
    this.above.firstChild.style.height = `${this.top(start)}px`;
    this.below.firstChild.style.height = `${Math.max(0, this.top(this.total) - this.top(stop))}px`;
    this.replace(parts);
    this.table.setAttribute("aria-rowcount", this.total + 1);
    [...this.head.children].forEach((head, place) => {
      const own = COLUMNS[place].key === this.query.sort;
      head.setAttribute("aria-sort", own ? (this.query.down ? "descending" : "ascending") : "none");
      head.querySelector(".sp-arrow").textContent = own ? (this.query.down ? "▼" : "▲") : "";
    });
    this.drawing = false;
    this.measure();
    this.mark();
    // The cell that had the focus was drawn anew, or has only now come from Python.
    const holder = document.activeElement;
    if (focused && (holder === this.scroller || !this.scroller.contains(holder))) this.focus();
    clearTimeout(this.asking);
    if (missing) this.asking = setTimeout(() => this.fetch(), 60);
  }

  /** Put these rows into the table; what stays is not touched, so that it keeps the focus. */
  replace(parts) {
    const keep = new Set(parts);
    const old = [...this.body.children].filter((node) => !keep.has(node));
    let next = this.body.firstChild;
    for (const node of parts) {
      while (next && !keep.has(next)) next = next.nextSibling;
      if (node === next) next = next.nextSibling;
      else this.body.insertBefore(node, next);
    }
    for (const node of old) node.remove();
  }

  /** Rows that are taller than the others move what is below them; the scroll position follows. */
  measure() {
    const first = this.indexAt(this.scroller.scrollTop);
    let shift = 0;
    for (const [index, line] of this.lines) {
      const height = line.nodes.reduce((sum, node) => sum + node.getBoundingClientRect().height, 0);
      const more = height ? height - this.height : 0;
      if (index < first) shift += more - (this.taller.get(index) || 0);
      if (Math.abs(more) < 0.5) this.taller.delete(index);
      else this.taller.set(index, more);
    }
    if (Math.abs(shift) >= 1) this.scroller.scrollTop += shift;
  }

  line(index, row) {
    const edited = this.editing && row && this.editing.id === row.id ? this.editing : null;
    const detail = row && this.details.has(row.id) ? this.details.get(row.id) : undefined;
    const old = this.lines.get(index);
    const same = JSON.stringify(row);
    if (old && old.same === same && old.edited === edited && old.detail === detail) return old;
    const tr = make("tr", { role: "row", "aria-rowindex": index + 2, "data-index": index },
      row ? this.cells(index, row, edited) : make("td", { colspan: COLUMNS.length, class: "sp-wait" }, "…"));
    const nodes = [tr];
    if (detail !== undefined) nodes.push(this.detailRow(row, detail));
    return { nodes, same, edited, detail };
  }

  cells(index, row, edited) {
    const texts = row.sounds.length ? row.sounds : [row.said];
    const wrong = row.problems.filter((problem) => problem.cell === "sounds_like");
    const content = {
      word: [
        make("button", { type: "button", class: "sp-open", tabindex: "-1",
          "aria-expanded": String(this.details.has(row.id)), "aria-label": `Contexts of ${row.word}`,
          onclick: () => this.open(row.id) }),
        make("span", { class: "sp-text", title: row.word, dir: "auto" }, row.word),
        make("button", { type: "button", class: "sp-delete", tabindex: "-1", title: `Delete ${row.word}`,
          "aria-label": `Delete ${row.word}`, onclick: () => this.send("delete", { id: row.id }) }, "×"),
      ],
      count: [row.count.toLocaleString("en-US")],
      source: [make("span", { class: "sp-text", title: row.source }, row.source)],
      sounds_like: [
        row.sounds.map((text) => make("div", { class: "sp-sound" }, this.player(text),
          make("span", { class: "sp-text", title: text, dir: "auto" }, text))),
        !row.sounds.length && make("div", { class: "sp-sound" }, this.player(row.said),
          make("span", { class: "sp-text sp-none" }, "as spelled")),
        row.draft != null && make("div", { class: "sp-draft" },
          make("span", { class: "sp-text", title: row.draft, dir: "auto" }, row.draft),
          make("button", { type: "button", tabindex: "-1", title: "Drop this draft",
            "aria-label": "Drop this draft", onclick: () => this.send("discard", { id: row.id }) }, "×")),
        row.draft != null && wrong.filter((problem) => problem.severity === "error").map(problemNode),
      ],
      display_as: [make("span", { class: "sp-text", title: row.display, dir: "auto" }, row.display)],
      pronunciation: texts.map((text) => this.phonesLine(text)),
      problems: row.problems.length ? [make("span", { class: `sp-badge sp-${row.problems[0].severity}`,
        title: row.problems.map((problem) => problem.text).join("\n") },
        `${MARKS[row.problems[0].severity]} `, row.problems[0].text),
        row.problems.length > 1 && make("span", { class: "sp-more" }, ` +${row.problems.length - 1}`)] : [],
    };
    return COLUMNS.map((column, place) => {
      const cell = make(place === WORD ? "th" : "td", {
        class: `sp-${column.key}`, role: place === WORD ? "rowheader" : "gridcell",
        scope: place === WORD ? "row" : null, tabindex: "-1", "data-column": place,
        "aria-colindex": place + 1, "aria-readonly": String(!column.edit),
        "aria-invalid": place === SOUNDS && row.draft != null ? "true" : null,
        onmousedown: () => this.activate(index, place), ondblclick: () => this.edit(index, place),
      });
      if (edited && edited.column === place) cell.append(edited.input, edited.feedback);
      else cell.append(make("div", { class: "sp-cell" }, content[column.key]));
      return cell;
    });
  }

  phonesLine(text) {
    const line = make("div", { class: "sp-phones" });
    line.said = text;
    this.fillPhones(line);
    return line;
  }

  player(text) {
    return make("button", { type: "button", class: "sp-play", tabindex: "-1", title: `Hear ${text}`,
      "aria-label": `Hear ${text}`, onclick: (event) => this.hear(text, event.currentTarget) }, "▶");
  }

  detailRow(row, detail) {
    const readings = detail ? detail.readings.map((reading) => make("li", {},
      make("span", { dir: "auto" }, reading.text), " ", reading.why || reading.phones.map((one) =>
        make("code", { class: one.guessed ? "sp-guessed" : null }, one.text)))) : [];
    const contexts = detail ? detail.contexts.map((line) => make("li", {},
      make("span", { class: "sp-where" }, line.where), make("span", { class: "sp-context", dir: "auto" },
        line.before, make("mark", {}, line.word), line.after))) : [];
    const none = detail && !contexts.length && make("p", {}, detail.searched ?
      "The word stands in no line of the corpora as it is spelled here." :
      "No corpus was given: WordGrid(words, corpus).");
    const attributes = { colspan: COLUMNS.length, role: "gridcell" };
    return make("tr", { class: "sp-detail", role: "row" }, make("td", attributes,
      detail ? [make("ul", { class: "sp-contexts", "aria-label": `Contexts of ${row.word}` }, contexts), none,
        readings.length && make("ul", { class: "sp-readings", "aria-label": "Pronunciations" }, readings),
        row.problems.map(problemNode)] : "…"));
  }

  // ---- moving about

  activate(index, column) {
    this.active = { index, column };
    this.mark();
  }

  cell({ index, column } = this.active) {
    const line = this.lines.get(index);
    return line && line.nodes[0].children[column];
  }

  mark() {
    for (const cell of this.body.querySelectorAll("[tabindex='0'][data-column]")) cell.tabIndex = -1;
    const cell = this.cell();
    if (cell) cell.tabIndex = 0;
  }

  focus() {
    const cell = this.cell();
    const input = this.editing?.input;
    const target = input?.isConnected ? input : cell || this.scroller;
    target.focus({ preventScroll: true });
  }

  go(index, column) {
    this.active = {
      index: Math.max(0, Math.min(index, this.total - 1)),
      column: Math.max(0, Math.min(column, COLUMNS.length - 1)),
    };
    const head = this.head.getBoundingClientRect().height;
    const top = this.top(this.active.index), bottom = this.top(this.active.index + 1);
    const room = this.scroller.clientHeight - head - 2;
    if (top < this.scroller.scrollTop) this.scroller.scrollTop = top;
    else if (bottom > this.scroller.scrollTop + room) this.scroller.scrollTop = bottom - room;
    this.draw();
    this.focus();
    const cell = this.cell();
    if (cell) cell.scrollIntoView({ block: "nearest", inline: "nearest" });
  }
}
