// The page of sttprep's word grid. It draws the rows that Python sends and sends back what is
// typed; every decision (rules, filters, order, undo) is taken in Python: see word_messages.py.
// Text reaches the page as text nodes only, never as markup.

const KEYS = "Arrows move, Enter edits or opens a row, Escape leaves, Space plays, " +
  "Delete removes a word, Ctrl+Z undoes, Ctrl+Y does again, Ctrl+V pastes cells.";
let views = 0;

class Grid extends Rows {
  constructor(model, root) {
    super();
    this.model = model;
    this.view = `${Date.now()}-${++views}`;
    this.query = { text: "", regex: false, kind: "", problems: false, sort: "", down: false };
    this.version = 0;
    this.build(root);
    this.listener = (message, buffers) => this.receive(message, buffers);
    model.on("msg:custom", this.listener);
    // Before Lab sees them: D D in a cell of the table would delete the notebook's cell.
    this.pressed = (event) => this.key(event);
    window.addEventListener("keydown", this.pressed, true);
    this.show(model.get("_first"));
    this.waiting = setTimeout(() => {
      this.late = this.tell("No kernel answers yet: this is the list as it was shown last. Wait " +
        "until the kernel is idle, or run the cell again.");
    }, 5000);
    this.fetch();
  }

  close() {
    this.model.off("msg:custom", this.listener);
    window.removeEventListener("keydown", this.pressed, true);
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
    this.table = make("table", { role: "grid", "aria-label": "Custom words",
      "aria-colcount": COLUMNS.length, "aria-description": KEYS },
      make("thead", { role: "rowgroup" }, this.head), this.body);
    this.scroller = make("div", { class: "sp-scroll", tabindex: "-1", onscroll: () => this.later(),
      onpaste: (event) => this.paste(event), oncopy: (event) => this.copy(event) }, this.table);
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
        make("span", { class: "sp-gap" }), adding,
        make("span", { class: "sp-steps" }, this.undo, this.redo,
          make("span", { class: "sp-help", title: KEYS, tabindex: "0", role: "img",
            "aria-label": KEYS }, "?"))),
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
    return notice;
  }

  // ---- messages

  receive(message, buffers) {
    if (message.view && message.view !== this.view) return;
    clearTimeout(this.waiting);
    this.late?.remove();
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
      const opened = message.rows.map((row) => row.id).filter((id) => this.details.has(id));
      this.details = new Map(opened.map((id) => [id, this.details.get(id)]));
      for (const id of opened) this.send("detail", { id }); // an edit changes pronunciations
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

  // ---- keys

  key(event) {
    const inside = this.body.contains(event.target) || event.target === this.scroller;
    if (!inside || event.altKey || event.target === this.editing?.input) return;
    const { index, column } = this.active;
    const page = Math.max(1, Math.floor(this.scroller.clientHeight / this.height) - 2);
    const row = this.rows.get(index);
    const far = event.ctrlKey || event.metaKey;
    const moves = {
      ArrowUp: [far ? 0 : index - 1, column], ArrowDown: [far ? this.total - 1 : index + 1, column],
      ArrowLeft: [index, column - 1], ArrowRight: [index, column + 1],
      PageUp: [index - page, column], PageDown: [index + page, column],
      Home: [far ? 0 : index, 0], End: [far ? this.total - 1 : index, COLUMNS.length - 1],
    };
    const key = event.key.toLowerCase();
    if (moves[event.key]) this.go(...moves[event.key]);
    else if (far && key === "z") this.send(event.shiftKey ? "redo" : "undo");
    else if (far && key === "y") this.send("redo");
    else if (far || key === "tab") return; // copy, paste, save: the browser's and Lab's
    else if (row && (key === "enter" || key === "f2")) this.enter(row, index, column);
    else if (row && key === " ") this.playNext(row, index);
    else if (row && key === "delete" && column === WORD) this.send("delete", { id: row.id });
    event.preventDefault();
    event.stopPropagation();
  }

  enter(row, index, column) {
    if (COLUMNS[column].edit) this.edit(index, column);
    else this.open(row.id);
  }

  /** Space plays the first sounds-like of a row, then the next one. */
  playNext(row, index) {
    const buttons = [...this.lines.get(index).nodes[0].querySelectorAll(".sp-play")];
    this.played = this.playedRow === row.id ? (this.played + 1) % buttons.length : 0;
    this.playedRow = row.id;
    if (buttons.length) buttons[this.played].click();
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
    const line = [...this.lines.values()].find((one) => one.detail === message);
    if (line) line.nodes[1].scrollIntoView({ block: "nearest" });
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
    Object.assign(this.phones, message.phones);
    edited.feedback.replaceChildren(...message.problems.map(problemNode),
      ...Object.keys(message.phones).map((text) => this.phonesLine(text)));
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
    if (!edited || this.drawing) return; // drawing takes the cell out of the page for a moment
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

export default {
  render({ model, el }) {
    const grid = new Grid(model, el);
    return () => grid.close();
  },
};
