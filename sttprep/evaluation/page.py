"""The frame of a report: one HTML file with its style inside, no scripts, nothing loaded."""

from __future__ import annotations

from html import escape

__all__ = ["page"]

_STYLE = """
:root { color-scheme: light dark;
  --paper: #ffffff; --card: #f6f8fa; --ink: #1f2328; --soft: #59636e; --line: #d8dee4;
  --bar: #0a6ebd; --bar-base: #8c959f; --good: #116329; --bad: #b3261e;
  --sub: #fff1c2; --sub-line: #9a6700; --del: #ffe3e0; --del-line: #b3261e;
  --ins: #dceeff; --ins-line: #0a6ebd; }
@media (prefers-color-scheme: dark) { :root {
  --paper: #0f1419; --card: #181f27; --ink: #e6edf3; --soft: #9aa7b4; --line: #303a45;
  --bar: #58a6ff; --bar-base: #7d8894; --good: #56d364; --bad: #ff8a80;
  --sub: #3d3110; --sub-line: #e3b341; --del: #451b1a; --del-line: #ff8a80;
  --ins: #10304f; --ins-line: #79c0ff; } }
* { box-sizing: border-box; }
body { margin: 0; background: var(--paper); color: var(--ink);
  font: 16px/1.55 system-ui, -apple-system, "Segoe UI", "Noto Sans", "DejaVu Sans", sans-serif; }
main { max-width: 60rem; margin: 0 auto; padding: 2.5rem 1.5rem 4rem; }
h1 { font-size: 1.9rem; line-height: 1.2; margin: 0 0 1rem; }
h2 { font-size: 1.25rem; margin: 2.75rem 0 .75rem; padding-top: 1rem;
  border-top: 1px solid var(--line); }
h3 { font-size: 1rem; margin: 1.5rem 0 .5rem; }
p { margin: .5rem 0; max-width: 46rem; }
.soft, caption, dt { color: var(--soft); }
.good { color: var(--good); } .bad { color: var(--bad); }
dl.facts { display: grid; grid-template-columns: max-content 1fr; gap: .15rem 1.25rem; margin: 0; }
dl.facts dd { margin: 0; overflow-wrap: anywhere; }
.headline { background: var(--card); border: 1px solid var(--line); border-radius: .6rem;
  padding: 1.25rem 1.5rem; margin: 1.5rem 0; }
.rates { display: flex; flex-wrap: wrap; align-items: flex-end; gap: .25rem 1.75rem; }
.rate { display: flex; flex-direction: column; }
.rate span { color: var(--soft); font-size: .9rem; overflow-wrap: anywhere; }
.rate strong { font-size: 2.6rem; line-height: 1.1; font-variant-numeric: tabular-nums; }
.arrow { font-size: 2rem; line-height: 1.4; color: var(--soft); }
.wide { overflow-x: auto; margin: .75rem 0; }
table { border-collapse: collapse; font-size: .93rem; }
caption { text-align: left; font-size: .9rem; padding-bottom: .35rem; }
th, td { padding: .3rem .9rem .3rem 0; text-align: left; vertical-align: top;
  border-bottom: 1px solid var(--line); }
thead th { color: var(--soft); font-weight: 600; border-bottom-width: 2px; }
thead th { vertical-align: bottom; max-width: 13rem; overflow-wrap: break-word; }
tbody th { font-weight: 500; max-width: 18rem; overflow-wrap: break-word; }
.number { text-align: right; font-variant-numeric: tabular-nums; }
td.number { white-space: nowrap; }
.side { display: grid; grid-template-columns: repeat(auto-fit, minmax(15rem, 1fr)); gap: 0 2rem; }
svg.chart { width: 100%; height: auto; display: block; margin: .5rem 0; }
svg.chart text { font-family: inherit !important; }
svg.chart * { stroke-linejoin: round; stroke-linecap: butt; }
.utterance { background: var(--card); border: 1px solid var(--line); border-radius: .6rem;
  padding: .8rem 1rem; margin: .75rem 0; }
.utterance header { display: flex; flex-wrap: wrap; justify-content: space-between; gap: 0 1.5rem;
  font-size: .9rem; margin-bottom: .5rem; }
.utterance header b { overflow-wrap: anywhere; }
.words { display: flex; gap: 1rem; }
.words .text { display: flex; flex-wrap: wrap; gap: .7rem .45rem; min-width: 0; }
.column { display: inline-flex; flex-direction: column; gap: .15rem; }
.names { color: var(--soft); font-size: .85rem; flex: none; }
.names .cell { max-width: 9rem; overflow: hidden; text-overflow: ellipsis; white-space: nowrap; }
.cell { display: block; height: 1.6rem; line-height: 1.6rem; padding: 0 .25rem;
  white-space: nowrap; }
.names .cell { padding: 0; }
.hit { color: var(--soft); }
.sub, .del, .ins { border-radius: .25rem; print-color-adjust: exact;
  -webkit-print-color-adjust: exact; }
.sub { background: var(--sub); box-shadow: inset 0 -2px var(--sub-line); }
.del { background: var(--del); box-shadow: inset 0 0 0 1px var(--del-line);
  color: var(--del-line); text-align: center; }
.ins { background: var(--ins); box-shadow: inset 0 0 0 1px var(--ins-line); }
.ins::before { content: "+"; color: var(--ins-line); font-weight: 700; }
.legend .cell { display: inline-block; height: auto; margin: 0 .15rem; }
audio { width: 100%; height: 2.2rem; margin-top: .6rem; }
@media print { main { max-width: none; padding: 0; } body { font-size: 11pt; }
  audio { display: none; } .wide { overflow: visible; } h2, h3 { break-after: avoid; }
  .utterance, .headline, tr, svg { break-inside: avoid; } }
"""

# Sections of a caller may hold any HTML; whatever it names, the page fetches nothing.
_POLICY = (
    "default-src 'none'; style-src 'unsafe-inline'; img-src data:; media-src data:; "
    "form-action 'none'; base-uri 'none'"
)


def page(title: str, body: str, *, language: str = "en") -> str:
    """A complete HTML document; ``body`` is HTML, ``title`` plain text."""
    return (
        f'<!DOCTYPE html>\n<html lang="{escape(language)}">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{escape(title)}</title>\n<style>{_STYLE}</style>\n</head>\n<body>\n<main>\n"
        f"<h1>{escape(title)}</h1>\n{body}\n</main>\n</body>\n</html>\n"
    )
