"""How a page looks: on a desk and on a phone, light and dark, and on paper.

Every colour is a variable, named and given once for each setting; a test computes from them that
what is read stands out from what lies behind it.
"""

from __future__ import annotations

# How many shades there are besides the page itself; each is a class of its own, `s1` the palest.
SHADES = 6

_LIGHT = """\
--ink: #1b1f24; --muted: #57606a; --paper: #ffffff; --line: #c6cdd5; --shade: #f3f5f8;
  --link: #0b4f9e; --fill: #2f6fb3; --note: #fff6db; --note-ink: #5a3b00; --note-line: #b7791f;
  --fault: #fdeaea; --fault-ink: #86181d; --fault-line: #c4343b;
  --s1: #eef5fc; --s2: #d9e8f7; --s3: #c3daf1; --s4: #abcbea; --s5: #92bbe2; --s6: #78aad9;"""
_DARK = """\
--ink: #e6e9ed; --muted: #a3adb8; --paper: #14181d; --line: #454d57; --shade: #1f252c;
  --link: #8ec1ff; --fill: #6aa5e3; --note: #372a0b; --note-ink: #ffe2a3; --note-line: #b7791f;
  --fault: #3d1618; --fault-ink: #ffb8bb; --fault-line: #d9565d;
  --s1: #17212b; --s2: #19293a; --s3: #1b3249; --s4: #1c3b59; --s5: #1e456a; --s6: #20507c;"""
# Ink is dear: what is shaded on a screen is framed on paper, but shades that say something stay.
_PRINT = """\
--ink: #000000; --muted: #444444; --paper: #ffffff; --line: #999999; --shade: #ffffff;
  --link: #000000; --fill: #555555; --note: #ffffff; --note-ink: #000000; --note-line: #000000;
  --fault: #ffffff; --fault-ink: #000000; --fault-line: #000000;
  --s1: #f4f4f4; --s2: #e8e8e8; --s3: #dbdbdb; --s4: #cccccc; --s5: #bdbdbd; --s6: #acacac;"""

_TEXT = """\
* { box-sizing: border-box; }
html { scroll-padding-top: 3.5rem; -webkit-text-size-adjust: 100%; text-size-adjust: 100%; }
body { margin: 0; background: var(--paper); color: var(--ink);
  font: 1rem/1.5 system-ui, "Segoe UI", Roboto, "Noto Sans", Arial, sans-serif; }
main { max-width: 64rem; margin: 0 auto; padding: 1rem; overflow-wrap: break-word; }
h1, h2, h3, h4, h5, h6 { line-height: 1.25; margin: 1.5rem 0 0.5rem; break-after: avoid; }
h1 { font-size: 1.75rem; margin-top: 0.5rem; }
h2 { font-size: 1.3rem; margin-top: 2.5rem; padding-top: 0.75rem;
  border-top: 1px solid var(--line); }
h3 { font-size: 1.1rem; }
h4, h5, h6 { font-size: 1rem; }
p, ul { margin: 0.5rem 0; max-width: 46rem; }
ul { padding-left: 1.25rem; }
li { margin: 0.2rem 0; }
main > ul > li:has(> ul) { font-weight: 600; margin-top: 0.75rem; }
main > ul > li:has(> ul) > :is(ul, div) { font-weight: 400; }
a { color: var(--link); }
:focus-visible, :target { outline: 2px solid var(--link); outline-offset: 2px; }
.warning, .fault { padding: 0.5rem 0.75rem; border-left: 4px solid; }
.warning { background: var(--note); color: var(--note-ink); border-color: var(--note-line); }
.fault { background: var(--fault); color: var(--fault-ink); border-color: var(--fault-line); }
.skip { position: absolute; left: -100vw; padding: 0.5rem 1rem; z-index: 3;
  background: var(--paper); color: var(--link); }
.skip:focus { left: 0; top: 0; }
nav { position: sticky; top: 0; z-index: 2; background: var(--shade);
  border-bottom: 1px solid var(--line); }
nav ul { display: flex; gap: 0 1.25rem; max-width: 64rem; margin: 0 auto; padding: 0 1rem;
  list-style: none; overflow-x: auto; white-space: nowrap; font-size: 0.9rem; }
nav li { margin: 0; }
nav a { display: block; padding: 0.6rem 0; text-decoration: none; }
nav a:hover { text-decoration: underline; }
"""

_PARTS = """\
.facts { display: grid; grid-template-columns: repeat(auto-fit, minmax(17rem, 1fr)); gap: 0.75rem;
  margin: 1rem 0; }
.facts div { padding: 0.75rem 1rem; background: var(--shade); border: 1px solid var(--line);
  border-radius: 0.5rem; break-inside: avoid; }
.facts .leads { border-color: var(--fill); border-width: 2px; }
.facts dt { color: var(--muted); font-size: 0.875rem; }
.facts dd { margin: 0; }
.facts .value { font-weight: 600; line-height: 1.35; font-variant-numeric: tabular-nums; }
.facts .leads .value { font-size: 1.5rem; }
.facts .note { color: var(--muted); font-size: 0.875rem; }
.scale { margin: 1rem 0; break-inside: avoid; }
.scale svg { display: block; width: 100%; height: 5.25rem; overflow: visible; }
.scale rect { fill: var(--shade); stroke: var(--line); }
.scale .holds { fill: var(--s4); stroke: var(--fill); stroke-width: 2; }
.scale text { fill: var(--ink); font-size: 0.8rem; font-variant-numeric: tabular-nums; }
.scale .mark { fill: var(--ink); stroke: none; font-weight: 600; }
.scale line { stroke: var(--ink); stroke-width: 3; }
.bar { display: inline-block; width: 7rem; height: 0.7rem; margin-left: 0.5rem;
  vertical-align: baseline; background: var(--shade); border: 1px solid var(--line); }
.bar i { display: block; height: 100%; background: var(--fill); }
.bar, .bar i, .s1, .s2, .s3, .s4, .s5, .s6, .scale rect { print-color-adjust: exact;
  -webkit-print-color-adjust: exact; }
"""

_TABLES = """\
.table { overflow-x: auto; margin: 1rem 0 0.5rem; }
.table:focus-visible { outline: 2px solid var(--link); }
.notes { font-size: 0.875rem; color: var(--muted); }
.hint { display: none; margin: 0.5rem 0 -0.5rem; font-size: 0.875rem; color: var(--muted); }
table { border-collapse: collapse; font-variant-numeric: tabular-nums; }
caption { text-align: left; font-weight: 600; padding: 0.25rem 0; }
th, td { padding: 0.3rem 0.5rem; vertical-align: top; border-bottom: 1px solid var(--line);
  overflow-wrap: normal; }
thead th { background: var(--shade); vertical-align: bottom; font-size: 0.875rem; }
tbody th { font-weight: inherit; }
td[style$="right"] { white-space: nowrap; }
.compared td { border-left: 1px solid var(--paper); }
.compared tbody th { position: sticky; left: 0; background: var(--paper); min-width: 10rem;
  box-shadow: inset 0 -1px var(--line); }
"""

_PHONE = """\
  main { padding: 0.75rem; }
  h1 { font-size: 1.5rem; }
  .facts { grid-template-columns: 1fr; gap: 0.5rem; }
  .facts div { padding: 0.5rem 0.75rem; }
  th, td { font-size: 0.9rem; padding: 0.3rem 0.4rem; }
  .hint { display: block; }
  .bar { width: 4rem; }
  .scale text { font-size: 0.7rem; }
  .cards { overflow-x: visible; }
  .cards table, .cards caption, .cards tbody, .cards tr, .cards th, .cards td { display: block; }
  .cards thead { position: absolute; width: 1px; height: 1px; overflow: hidden;
    clip-path: inset(50%); }
  .cards tr { margin: 0.5rem 0; padding: 0.4rem 0.6rem; border: 1px solid var(--line);
    border-radius: 0.5rem; }
  .cards th, .cards td { padding: 0.15rem 0; border: 0; text-align: left !important; }
  .cards tbody th { font-weight: 600; }
  .cards td:empty { display: none; }
  .cards [data-label]::before { content: attr(data-label); display: block; color: var(--muted);
    font-size: 0.8rem; font-weight: 400; }
  .cards .pair { display: flex; gap: 0.5rem; align-items: baseline; text-align: right !important; }
  .cards .pair::before { margin-right: auto; text-align: left; }
"""

_PAPER = """\
  body { font-size: 10pt; }
  main { max-width: none; padding: 0; }
  nav, .skip, .hint { display: none; }
  h2 { margin-top: 1.25rem; }
  p, ul { max-width: none; orphans: 3; widows: 3; }
  a { text-decoration: none; }
  a[href^="http"]::after { content: " <" attr(href) ">"; font-size: 0.85em;
    overflow-wrap: anywhere; }
  .table { overflow: visible; }
  .facts { grid-template-columns: repeat(3, 1fr); gap: 0.4rem; }
  .compared table { font-size: 7.5pt; }
  .compared thead th { font-size: inherit; }
  .compared th, .compared td { padding: 0.15rem 0.25rem; }
  .compared tbody th { position: static; min-width: 0; box-shadow: none; }
  .table:not(:has(tr:nth-child(16))) { break-inside: avoid; }
  caption, .hint, :is(ul, p):has(+ :is(.table, .hint)) { break-after: avoid; }
  ul:has(+ :is(.table, .hint)) { break-inside: avoid; }
  thead { display: table-header-group; }
  .notes { break-inside: avoid; break-before: avoid; }
  tr, li { break-inside: avoid; }
"""

STYLE = f"""\
@page {{ margin: 15mm; }}
:root {{ color-scheme: light dark; {_LIGHT} }}
@media (prefers-color-scheme: dark) {{
:root {{ {_DARK} }}
}}
{_TEXT}{_PARTS}{_TABLES}\
{"".join(f".s{number} {{ background: var(--s{number}); }} " for number in range(1, SHADES + 1))}
@media screen and (max-width: 40rem) {{
{_PHONE}}}
@media print {{
:root {{ color-scheme: light; {_PRINT} }}
{_PAPER}}}
"""
