"""How a report looks in a browser: light and dark, on a narrow window, and on paper."""

STYLE = """\
:root {
  --ink: #1b1f24; --second: #4a5260; --page: #fff; --line: #c9cfd6; --accent: #0b4a8f; --listed: #7a3e00;
}
@media screen and (prefers-color-scheme: dark) {
  :root {
    --ink: #e8ebef; --second: #b3bcc8; --page: #14181d; --line: #3d4653; --accent: #8fc1ff; --listed: #ffb77a;
  }
}
* { box-sizing: border-box; }
body {
  margin: 0 auto; max-width: 60rem; padding: 1rem; font: 1rem/1.5 "Noto Sans", system-ui, sans-serif; color: var(--ink);
  background: var(--page);
}
body.wide { max-width: 80rem; }
.skip { position: absolute; left: -100rem; }
.skip:focus { left: 1rem; top: .5rem; padding: .5rem 1rem; background: var(--page); }
main:focus { outline: 0; }
header, footer {
  display: flex; flex-wrap: wrap; justify-content: space-between; gap: 0 1.5rem; color: var(--second);
  font-size: .875rem;
}
header { border-bottom: 1px solid var(--line); }
footer { border-top: 1px solid var(--line); margin-top: 2rem; }
header p, footer p { margin: .25rem 0; }
h1 { font-size: 1.9rem; line-height: 1.2; margin: 1.5rem 0 .5rem; }
h2 { font-size: 1.35rem; line-height: 1.3; margin: 2rem 0 .5rem; }
h3 { font-size: 1.05rem; margin: 1.25rem 0 .25rem; }
p { margin: 0 0 .75rem; max-width: 45rem; overflow-wrap: anywhere; }
.subtitle, .note, .second { color: var(--second); }
.note { font-size: .9rem; }
.opening, .verdict { font-size: 1.1rem; }
.lead { font-size: 1.2rem; }
.ask { font-size: 1.35rem; line-height: 1.4; }
.bar[class] { border-left: 3px solid var(--accent); padding-left: .75rem; }
a { color: var(--accent); overflow-wrap: anywhere; }
:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; }
ul.boxes { list-style-type: "☐  "; }
.table { overflow-x: auto; margin: .5rem 0; }
table { border-collapse: collapse; width: 100%; font-variant-numeric: tabular-nums; border-bottom: 1px solid var(--ink); }
th, td {
  text-align: left; vertical-align: top; padding: .4rem .6rem; border-top: 1px solid var(--line);
  overflow-wrap: break-word;
}
th { font-weight: 700; }
thead th { color: var(--second); border-top: 0; border-bottom: 2px solid var(--ink); vertical-align: bottom; }
.figures[class] { text-align: right; white-space: nowrap; }
tr.total > *, tr.group > * { font-weight: 700; }
tr.total > * { border-top: 2px solid var(--ink); }
tr.group > * { border-top: 1px solid var(--ink); }
tr.pick > :first-child { border-left: 3px solid var(--accent); }
.tight th, .tight td, .close th, .close td { padding-block: .25rem; }
.strong, .listed { font-weight: 700; }
.listed { color: var(--listed); }
.figure { font-size: 1.9rem; font-weight: 700; line-height: 1.2; }
.mono { font-family: "Noto Sans Mono", ui-monospace, monospace; font-size: .9rem; overflow-wrap: anywhere; }
.mark { display: inline-block; width: 1.3em; }
.mark.confirmed::before { content: "✓"; }
.mark.almost-certain::before { content: "●"; }
.mark.likely::before { content: "◐"; }
.mark.possible::before { content: "?"; }
.mark.conflicting::before { content: "≠"; }
.mark.unknown::before { content: "–"; }
.mark.box::before { content: "☐"; }
figure { margin: .75rem 0; }
img { max-width: 100%; height: auto; border: 1px solid var(--second); }
.plan { position: relative; }
.pin {
  position: absolute; transform: translate(-50%, -50%); padding: 0 .4em; border: 1px solid #1b1f24; border-radius: 1em;
  background: #fff; color: #1b1f24; font-size: .8rem; font-weight: 700;
}
.pin.open { border-style: dashed; }
.pin.listed::before { content: "▲ "; }
.pin.based::before { content: "◇ "; }
.pin.checking::before { content: "? "; }
.pin.replace::before { content: "■ "; }
.pin.separate::before { content: "□ "; }
.pin.remove::before { content: "✕ "; }
@media print {
  @page { margin: 18mm 15mm; }
  body[class], body { max-width: none; padding: 0; font-size: 10pt; }
  h1, h2, h3 { break-after: avoid; }
  tr, figure { break-inside: avoid; }
  thead { display: table-header-group; }
  .table { overflow: visible; }
  .skip { display: none; }
}
"""
