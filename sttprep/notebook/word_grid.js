// The page of sttprep's word grid. It draws the rows that Python sends and sends back what is
// typed; every decision (rules, filters, order, undo) is taken in Python: see word_messages.py.
// Text reaches the page as text nodes only, never as markup.

const COLUMNS = [
  { key: "word", title: "Word", first: "down" },
  { key: "count", title: "Count", first: "down", starts: true },
  { key: "source", title: "Source" },
  { key: "sounds_like", title: "Sounds like", edit: true },
  { key: "display_as", title: "Display as", edit: true },
  { key: "pronunciation", title: "Pronunciation" },
  { key: "problems", title: "Problems", starts: true },
];
const WORD = 0, SOUNDS = 3, PHONES = 5;
const MARGIN = 10; // rows drawn above and below those in sight
const MARKS = { error: "✖", warning: "▲", note: "ℹ" };
const KEYS = "Arrows move, Enter edits or opens a row, Escape leaves, Space plays, " +
  "Delete removes a word, Ctrl+Z undoes, Ctrl+Y does again, Ctrl+V pastes cells.";
let views = 0;

/** An element; attributes beginning with "on" are listeners, children are text or elements. */
function make(tag, attributes = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name.startsWith("on")) node.addEventListener(name.slice(2), value);
    else if (value === true) node.setAttribute(name, "");
    else if (value !== false && value != null) node.setAttribute(name, value);
  }
  node.append(...children.flat().filter((child) => child != null && child !== false));
  return node;
}

class Grid {
  constructor(model, root) {
    this.model = model;
    this.view = `${Date.now()}-${++views}`;
    this.query = { text: "", regex: false, kind: "", problems: false, sort: "", down: false };
    this.rows = new Map(); // index in the order shown → row
    this.lines = new Map(); // index → what is drawn of it
    this.taller = new Map(); // index → pixels by which a row differs from `height`
    this.height = 31; // pixels of a row with one sounds-like
    this.phones = {}; // text → pronunciation
    this.details = new Map(); // id of an opened row → its contexts, null while they are fetched
    this.total = 0;
    this.version = 0;
    this.active = { index: 0, column: 0 };
    this.editing = null; // { id, column, input, feedback }
    this.build(root);
    this.listener = (message, buffers) => this.receive(message, buffers);
    model.on("msg:custom", this.listener);
    this.show(model.get("_first"));
    this.waiting = setTimeout(() => this.tell("No kernel answers: this is the list as it was " +
      "saved. Run the cell to edit it."), 5000);
    this.fetch();
  }

  close() {
    this.model.off("msg:custom", this.listener);
    this.resized.disconnect();
    clearTimeout(this.waiting);
    if (this.audio.src) URL.revokeObjectURL(this.audio.src);
  }

  send(type, fields = {}) {
    this.model.send({ type, view: this.view, ...fields });
  }

  // ---- what stands around the table

  build(root) {
    const input = (name, label, type, more) => make("label", { class: "sp-choice" },
      make("input", { type, onchange: (event) => this.ask({ [name]: event.target.checked }), ...more }),
      label);
    this.filter = make("input", {
      type: "search", class: "sp-filter", placeholder: "Filter words", "aria-label": "Filter words",
      spellcheck: "false", oninput: () => {
        clearTimeout(this.typing);
        this.typing = setTimeout(() => this.ask({ text: this.filter.value }), 150);
      },
    });
    const kinds = make("select", { "aria-label": "Kind of word",
      onchange: (event) => this.ask({ kind: event.target.value }) },
      make("option", { value: "" }, "All kinds"),
      this.model.get("_kinds").map((kind) => make("option", { value: kind }, kind)));
    this.undo = make("button", { type: "button", onclick: () => this.send("undo") }, "Undo");
    this.redo = make("button", { type: "button", onclick: () => this.send("redo") }, "Redo");
    this.added = make("input", { type: "text", class: "sp-new", placeholder: "New word",
      "aria-label": "New word", spellcheck: "false" });
    const adding = make("form", { class: "sp-add", onsubmit: (event) => {
      event.preventDefault();
      if (this.added.value.trim()) this.send("add", { text: this.added.value });
    } }, this.added, make("button", { type: "submit" }, "Add"));
    this.status = make("div", { class: "sp-status", role: "status" });
    this.wrong = make("div", { class: "sp-wrong", role: "alert", hidden: true });
    this.notices = make("div", { class: "sp-notices", role: "alert" });
    this.head = make("tr", { role: "row", "aria-rowindex": 1 }, COLUMNS.map((column) =>
      make("th", { scope: "col", role: "columnheader", class: `sp-${column.key}` },
        make("button", { type: "button", onclick: () => this.sort(column) }, column.title,
          make("span", { class: "sp-arrow", "aria-hidden": "true" })))));
    this.body = make("tbody", { role: "rowgroup" });
    this.table = make("table", { role: "grid", "aria-label": "Custom words", title: "",
      "aria-colcount": COLUMNS.length, "aria-description": KEYS },
      make("thead", { role: "rowgroup" }, this.head), this.body);
    // Lab would take keys pressed in a cell for its own commands, such as D D: delete the cell.
    this.scroller = make("div", { class: "sp-scroll", tabindex: "-1",
      "data-lm-suppress-shortcuts": "true", onscroll: () => this.later(),
      onkeydown: (event) => this.key(event), onpaste: (event) => this.paste(event),
      oncopy: (event) => this.copy(event) }, this.table);
    this.lineCount = make("span");
    this.code = make("code");
    this.copied = make("button", { type: "button", onclick: () => this.copyCode() }, "Copy");
    this.log = make("details", { class: "sp-log", open: true, hidden: true },
      make("summary", {}, this.lineCount), this.copied, make("pre", {}, this.code));
    this.audio = make("audio", { class: "sp-audio", preload: "auto" });
    root.classList.add("sttprep-words");
    root.append(
      make("div", { class: "sp-tools", role: "toolbar", "aria-label": "Words" }, this.filter,
        input("regex", "Regex", "checkbox"), kinds, input("problems", "Only problems", "checkbox"),
        make("span", { class: "sp-gap" }), adding, this.undo, this.redo,
        make("span", { class: "sp-help", title: KEYS, tabindex: "0", "aria-label": KEYS }, "?")),
      this.wrong, this.scroller,
      make("div", { class: "sp-foot" }, this.status), this.notices, this.log, this.audio);
    this.resized = new ResizeObserver(() => this.later());
    this.resized.observe(this.scroller);
  }

  ask(change) {
    Object.assign(this.query, change);
    this.scroller.scrollTop = 0;
    this.active.index = 0;
    this.fresh = true;
    this.fetch();
  }

  sort(column) {
    const { sort, down } = this.query;
    const first = Boolean(column.starts);
    if (sort !== column.key) this.ask({ sort: column.key, down: first });
    else if (down === first) this.ask({ down: !first });
    else this.ask({ sort: "", down: false });
  }

  tell(text, trace = "") {
    const notice = make("div", { class: "sp-notice" }, make("span", {}, text),
      make("button", { type: "button", "aria-label": "Dismiss", onclick: () => notice.remove() }, "×"),
      trace && make("details", {}, make("summary", {}, "Traceback"), make("pre", {}, trace)));
    const same = [...this.notices.children].find((one) => one.firstChild.textContent === text);
    if (same) same.replaceWith(notice);
    else this.notices.append(notice);
  }

  // ---- messages

  receive(message, buffers) {
    if (message.view && message.view !== this.view) return;
    clearTimeout(this.waiting);
    const answer = {
      rows: () => this.show(message), phones: () => this.know(message.phones),
      changed: () => this.changed(message), checked: () => this.checked(message),
      detail: () => this.detail(message), sound: () => this.sound(message, buffers),
      notice: () => this.notice(message),
    }[message.type];
    if (answer) answer();
  }

  fetch(locate = null) {
    const [start, stop] = this.window();
    this.send("rows", { query: this.query, start, stop: Math.max(stop, start + 40), locate });
  }

  show(message) {
    if (this.fresh || message.version !== this.version) {
      this.rows.clear();
      this.taller.clear();
      this.fresh = false;
    }
    this.version = message.version;
    this.total = message.total;
    message.rows.forEach((row, place) => this.rows.set(message.start + place, row));
    this.wrong.hidden = true;
    this.filter.removeAttribute("aria-invalid");
    this.state(message);
    this.draw();
    if (message.at >= 0 && message.at != null) this.go(message.at, SOUNDS);
    else if (message.at === -1) this.say("The word is hidden by the filter.");
  }

  state(message) {
    const lines = message.code ? message.code.split("\n") : [];
    this.lineCount.textContent = `Python: ${lines.length} line${lines.length === 1 ? "" : "s"}`;
    this.code.textContent = message.code;
    this.log.hidden = !lines.length;
    this.undo.disabled = !message.undo;
    this.redo.disabled = !message.redo;
    this.undo.title = message.undo && `Undo: ${message.undo}`;
    this.redo.title = message.redo && `Do again: ${message.redo}`;
    const number = (count) => count.toLocaleString("en-US");
    this.counts = (this.total === message.all ? "" : `${number(this.total)} of `) +
      `${number(message.all)} words` + (message.drafts ? ` · ${message.drafts} not yet valid` : "");
    this.say(this.note || "");
    this.note = "";
  }

  say(note) {
    const text = note ? `${this.counts} · ${note}` : this.counts;
    if (this.status.textContent !== text) this.status.textContent = text;
  }

  changed(message) {
    this.note = message.note;
    if (message.show != null) this.added.value = "";
    this.details.clear();
    this.fetch(message.show);
  }

  notice(message) {
    for (const button of this.body.querySelectorAll("[aria-busy]")) button.removeAttribute("aria-busy");
    if (message.where !== "filter") return this.tell(message.text, message.trace);
    this.wrong.textContent = message.text;
    this.wrong.hidden = false;
    this.filter.setAttribute("aria-invalid", "true");
  }

  know(phones) {
    Object.assign(this.phones, phones);
    for (const line of this.body.querySelectorAll(".sp-phones")) this.fillPhones(line);
  }

  fillPhones(line) {
    const known = this.phones[line.said];
    const text = known ? known.text || "cannot be pronounced" : "…";
    if (line.textContent !== text) line.textContent = text;
    line.classList.toggle("sp-guessed", Boolean(known && (known.guessed || !known.text)));
    line.title = known && known.guessed ? `${text} (guessed from the spelling)` : text;
  }

  // ---- drawing: only the rows in sight, between two spacers

  top(index) {
    let top = index * this.height;
    for (const [place, more] of this.taller) if (place < index) top += more;
    return top;
  }

  indexAt(y) {
    let index = Math.floor(y / this.height);
    while (index > 0 && this.top(index) > y) index -= Math.max(1, Math.floor((this.top(index) - y) / this.height / 2));
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

  draw() {
    const [start, stop] = this.window();
    const focused = this.scroller.contains(document.activeElement);
    const parts = [this.spacer(this.top(start))];
    let missing = false;
    const lines = new Map();
    for (let index = start; index < stop; index += 1) {
      const row = this.rows.get(index);
      missing ||= !row;
      lines.set(index, this.line(index, row));
      parts.push(...lines.get(index).nodes);
    }
    parts.push(this.spacer(this.top(this.total) - this.top(stop)));
    if (!this.total) parts.push(make("tr", {}, make("td", { class: "sp-empty", colspan: COLUMNS.length },
      this.rows.size || this.counts ? "No words to show." : "…")));
    this.lines = lines;
    this.replace(parts);
    this.table.setAttribute("aria-rowcount", this.total + 1);
    [...this.head.children].forEach((head, place) => {
      const own = COLUMNS[place].key === this.query.sort;
      head.setAttribute("aria-sort", own ? (this.query.down ? "descending" : "ascending") : "none");
      head.querySelector(".sp-arrow").textContent = own ? (this.query.down ? "▼" : "▲") : "";
    });
    this.measure();
    this.mark();
    if (focused && !this.scroller.contains(document.activeElement)) this.focus();
    clearTimeout(this.asking);
    if (missing) this.asking = setTimeout(() => this.fetch(), 60);
  }

  /** Put these rows into the table; what stays is not touched, so that it keeps the focus. */
  replace(parts) {
    const keep = new Set(parts);
    for (const node of [...this.body.children]) if (!keep.has(node)) node.remove();
    parts.forEach((node, place) => {
      if (this.body.children[place] !== node) this.body.insertBefore(node, this.body.children[place] || null);
    });
  }

  spacer(height) {
    const cell = make("td", { colspan: COLUMNS.length, role: "presentation" });
    cell.style.height = `${Math.max(0, height)}px`;
    return make("tr", { class: "sp-spacer", role: "presentation", "aria-hidden": "true" }, cell);
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
        row.draft != null && make("div", { class: "sp-draft" },
          make("span", { class: "sp-text", title: row.draft, dir: "auto" }, row.draft),
          make("button", { type: "button", tabindex: "-1", title: "Drop this draft",
            "aria-label": "Drop this draft", onclick: () => this.send("discard", { id: row.id }) }, "×")),
        row.draft != null && wrong.filter((problem) => problem.severity === "error").map(problemNode),
        row.sounds.map((text) => make("div", { class: "sp-sound" }, this.player(text),
          make("span", { class: "sp-text", title: text, dir: "auto" }, text))),
        !row.sounds.length && make("div", { class: "sp-sound" }, this.player(row.said),
          make("span", { class: "sp-text sp-none" }, "as spelled")),
      ],
      display_as: [make("span", { class: "sp-text", title: row.display, dir: "auto" }, row.display)],
      pronunciation: texts.map((text) => {
        const line = make("div", { class: "sp-phones" });
        line.said = text;
        this.fillPhones(line);
        return line;
      }),
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
    return make("tr", { class: "sp-detail", role: "row" }, make("td", { colspan: COLUMNS.length, role: "gridcell" },
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
    const target = this.editing && this.editing.input.isConnected ? this.editing.input : cell || this.scroller;
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

  key(event) {
    const { index, column } = this.active;
    if (event.target.closest("thead") || event.altKey || event.target === this.editing?.input) return;
    const page = Math.max(1, Math.floor(this.scroller.clientHeight / this.height) - 2);
    const row = this.rows.get(index);
    const far = event.ctrlKey || event.metaKey;
    const moves = {
      ArrowUp: [far ? 0 : index - 1, column], ArrowDown: [far ? this.total - 1 : index + 1, column],
      ArrowLeft: [index, column - 1], ArrowRight: [index, column + 1],
      PageUp: [index - page, column], PageDown: [index + page, column],
      Home: [far ? 0 : index, 0], End: [far ? this.total - 1 : index, COLUMNS.length - 1],
    };
    if (moves[event.key]) this.go(...moves[event.key]);
    else if (far && event.key.toLowerCase() === "z") this.send(event.shiftKey ? "redo" : "undo");
    else if (far && event.key.toLowerCase() === "y") this.send("redo");
    else if (far || !row) return;
    else if (event.key === "Enter" || event.key === "F2") {
      if (COLUMNS[column].edit) this.edit(index, column);
      else this.open(row.id);
    } else if (event.key === " ") {
      const buttons = [...this.lines.get(index).nodes[0].querySelectorAll(".sp-play")];
      this.played = this.playedRow === row.id ? (this.played + 1) % buttons.length : 0;
      this.playedRow = row.id;
      if (buttons.length) buttons[this.played].click();
    } else if (event.key === "Delete" && column === WORD) this.send("delete", { id: row.id });
    else return;
    event.preventDefault();
  }

  open(id) {
    if (this.details.has(id)) this.details.delete(id);
    else {
      this.details.set(id, null);
      this.send("detail", { id });
    }
    this.draw();
  }

  detail(message) {
    if (!this.details.has(message.id)) return;
    this.details.set(message.id, message);
    this.draw();
  }

  // ---- editing

  edit(index, column) {
    const row = this.rows.get(index);
    if (!row || !COLUMNS[column].edit || (this.editing && this.editing.id === row.id)) return;
    const cell = COLUMNS[column].key;
    const text = column === SOUNDS ? row.draft ?? row.sounds.join(" | ") : row.display;
    const input = make("input", { type: "text", class: "sp-edit", spellcheck: "false", dir: "auto",
      "aria-label": `${COLUMNS[column].title} of ${row.word}`, onblur: () => this.commit(),
      onkeydown: (event) => this.editKey(event), oninput: () => {
        clearTimeout(this.checking);
        this.checking = setTimeout(() => this.check(), 120);
      } });
    input.value = text;
    const feedback = make("div", { class: "sp-feedback", "aria-live": "polite" });
    this.active = { index, column };
    this.editing = { id: row.id, index, column, cell, text, input, feedback };
    this.draw();
    input.focus();
    input.select();
    this.check();
  }

  check() {
    if (!this.editing) return;
    const { id, cell, input } = this.editing;
    this.send("check", { id, cell, text: input.value });
  }

  checked(message) {
    const edited = this.editing;
    if (!edited || edited.id !== message.id || edited.input.value !== message.text) return;
    const wrong = message.problems.some((problem) => problem.severity === "error");
    edited.input.setAttribute("aria-invalid", String(wrong));
    edited.feedback.replaceChildren(...message.problems.map(problemNode),
      ...Object.entries(message.phones).map(([, one]) => make("div",
        { class: `sp-phones${one.guessed ? " sp-guessed" : ""}` }, one.text || "cannot be pronounced")));
    for (const line of edited.feedback.querySelectorAll(".sp-phones")) line.said = null;
    this.measure();
  }

  editKey(event) {
    event.stopPropagation();
    const { index, column } = this.editing;
    if (event.key === "Escape") this.leave();
    else if (event.key === "Enter") this.commit(index + 1, column);
    else if (event.key === "Tab") {
      this.commit(index, column + (event.shiftKey ? -1 : 1));
    } else return;
    event.preventDefault();
  }

  /** Send what was typed; nothing typed, nothing sent. */
  commit(index = null, column = null) {
    const edited = this.editing;
    if (!edited) return;
    const typed = edited.input.value;
    if (typed !== edited.text) this.send("edit", { id: edited.id, cell: edited.cell, text: typed });
    this.leave(index !== null);
    if (index !== null) this.go(index, column);
  }

  leave(focus = true) {
    this.editing = null;
    clearTimeout(this.checking);
    this.draw();
    if (focus) this.focus();
  }

  paste(event) {
    const text = event.clipboardData.getData("text/plain");
    const inside = this.editing && event.target === this.editing.input;
    if (inside && !/[\t\n]/.test(text.trimEnd())) return; // the browser's own paste
    const { index, column } = this.active;
    const row = this.rows.get(index);
    event.preventDefault();
    if (inside) this.leave();
    if (row && (COLUMNS[column].edit || column === WORD)) {
      this.send("paste", { id: row.id, cell: COLUMNS[column].key, text });
    } else this.tell("Paste into the columns Word, Sounds like or Display as.");
  }

  copy(event) {
    const row = this.rows.get(this.active.index);
    if (this.editing || !row || !document.getSelection().isCollapsed) return;
    const texts = [row.word, String(row.count), row.source, row.sounds.join(" | "), row.display,
      row.sounds.map((text) => this.phones[text]?.text || "").join(" | "),
      row.problems.map((problem) => problem.text).join(" ")];
    event.clipboardData.setData("text/plain", texts[this.active.column]);
    event.preventDefault();
  }

  async copyCode() {
    try {
      await navigator.clipboard.writeText(this.code.textContent);
      this.copied.textContent = "Copied";
      setTimeout(() => { this.copied.textContent = "Copy"; }, 1500);
    } catch { // no permission: select it, so that Ctrl+C does it
      document.getSelection().selectAllChildren(this.code);
    }
  }

  // ---- sound

  hear(text, button) {
    button.setAttribute("aria-busy", "true");
    this.send("hear", { text });
  }

  sound(message, buffers) {
    for (const button of this.body.querySelectorAll("[aria-busy]")) button.removeAttribute("aria-busy");
    if (this.audio.src) URL.revokeObjectURL(this.audio.src);
    this.audio.src = URL.createObjectURL(new Blob([buffers[0]], { type: "audio/wav" }));
    this.audio.title = message.text;
    this.audio.play().catch((error) => this.tell(`The browser does not play it: ${error.message}`));
  }
}

function problemNode(problem) {
  return make("div", { class: `sp-problem sp-${problem.severity}` },
    make("span", { "aria-hidden": "true" }, `${MARKS[problem.severity]} `), problem.text);
}

export default {
  render({ model, el }) {
    const grid = new Grid(model, el);
    return () => grid.close();
  },
};
