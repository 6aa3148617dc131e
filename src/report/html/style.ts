/** The whole style sheet. The page allows this text by its hash and no other. */
export const STYLE = `
:root {
  color-scheme: light dark;
  --ground: #fdfdfc; --paper: #ffffff; --ink: #1c2024; --quiet: #5a626b; --line: #dcdfe3; --soft: #f3f4f6;
  --link: #0b57a4; --mark: #ffe9a8; --mark-edge: #c98a00;
  --bad: #b3261e; --fair: #8a5a00; --good: #0b6e4f; --open: #5b4b8a; --note: #44586e;
  --bad-soft: #fdeceb; --fair-soft: #fdf3df; --good-soft: #e8f5ef; --open-soft: #f0edf8; --note-soft: #edf1f5;
  --k-word: #7a3e9d; --k-text: #22663b; --k-number: #9a4a00; --k-comment: #68707a; --k-name: #0b57a4;
  --sans: system-ui, -apple-system, 'Segoe UI', Roboto, 'Helvetica Neue', 'Liberation Sans', Arial, sans-serif;
  --mono: ui-monospace, SFMono-Regular, Menlo, Consolas, 'DejaVu Sans Mono', 'Liberation Mono', monospace;
}
@media (prefers-color-scheme: dark) {
  :root {
    --ground: #14171a; --paper: #1b1f23; --ink: #e4e7ea; --quiet: #a3abb4; --line: #353b42; --soft: #22272c;
    --link: #8ab8f0; --mark: #574300; --mark-edge: #e0a62c;
    --bad: #ff9a90; --fair: #f0bd62; --good: #6fd1a8; --open: #c0b1ee; --note: #b4c3d4;
    --bad-soft: #3a1f1d; --fair-soft: #352a14; --good-soft: #16302a; --open-soft: #2a2440; --note-soft: #242c35;
    --k-word: #cfa3ea; --k-text: #93d3a8; --k-number: #f0b37a; --k-comment: #98a1ab; --k-name: #9cc4f5;
  }
}
* { box-sizing: border-box; }
html { scroll-padding-top: 3.5rem; -webkit-text-size-adjust: 100%; }
body { margin: 0 auto; max-width: 75rem; padding: 0 1.5rem 4rem; background: var(--ground); color: var(--ink); font: 1rem/1.55 var(--sans); overflow-wrap: anywhere; }
h1, h2, h3, h4 { line-height: 1.25; font-weight: 650; margin: 0; }
h1 { font-size: 1.9rem; letter-spacing: -0.01em; }
h2 { font-size: 1.35rem; margin: 3.2rem 0 0.8rem; padding-top: 0.9rem; border-top: 1px solid var(--line); }
h3 { font-size: 1.03rem; }
h4 { font-size: 0.9rem; margin: 1rem 0 0.3rem; }
p { margin: 0.5rem 0; max-width: 46rem; }
a { color: var(--link); text-decoration-thickness: 1px; text-underline-offset: 0.15em; }
a:focus-visible, summary:focus-visible, .scroll:focus-visible { outline: 2px solid var(--link); outline-offset: 2px; border-radius: 2px; }
code, pre, .place { font-family: var(--mono); font-size: 0.86em; unicode-bidi: isolate; }
h3 code { font-size: 0.95em; }
ol, ul { padding-left: 1.4rem; margin: 0.5rem 0; }
.quiet, .says { color: var(--quiet); }
.quiet { font-weight: 400; font-size: 0.92rem; }
.place { color: var(--ink); }
.unseen { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
.skip { position: absolute; left: -100rem; }
.skip:focus { left: 1rem; top: 0.5rem; background: var(--paper); padding: 0.4rem 0.8rem; z-index: 2; }
header { padding: 2.2rem 0 0.6rem; }
.tool { margin: 0; color: var(--quiet); font-size: 0.92rem; }
.summary { margin: 0.4rem 0 0; }
nav { position: sticky; top: 0; z-index: 1; background: var(--ground); border-bottom: 1px solid var(--line); }
nav ul { display: flex; gap: 0 1.2rem; list-style: none; margin: 0; padding: 0; overflow-x: auto; scrollbar-width: thin; }
nav a { display: block; padding: 0.55rem 0; white-space: nowrap; text-decoration: none; font-size: 0.92rem; }
nav a:hover { text-decoration: underline; }
.columns > section > h2 { border-top: 0; margin-top: 1rem; }
.ends { display: flex; flex-wrap: wrap; gap: 0.2rem 1rem; justify-content: space-between; align-items: baseline; }
@media (min-width: 64rem) { .columns { display: grid; grid-template-columns: minmax(0, 5fr) minmax(0, 6fr); gap: 0 3.5rem; } .columns > section:only-child { grid-column: 1 / -1; } }
.wide { overflow-x: auto; }
table { border-collapse: collapse; width: 100%; margin: 0.6rem 0; font-size: 0.94rem; }
th, td { text-align: left; vertical-align: top; padding: 0.38rem 0.9rem 0.38rem 0; border-bottom: 1px solid var(--line); }
thead th { color: var(--quiet); font-weight: 500; font-size: 0.86rem; }
tbody th { font-weight: 500; }
.figure { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; }
.categories { max-width: 46rem; }
.categories th, .categories td { white-space: nowrap; vertical-align: middle; } .categories .drawn { width: 99%; min-width: 6rem; }
.bar { display: block; width: 100%; height: 0.6rem; border-radius: 2px; }
.bar .track { fill: var(--line); }
.bar .fill { fill: var(--quiet); } .bar .fill.good { fill: var(--good); } .bar .fill.fair { fill: var(--fair); } .bar .fill.bad { fill: var(--bad); }
.gauge { max-width: 46rem; margin: 0.4rem 0 1.4rem; }
.gauge .bar { height: 0.9rem; }
.total { margin: 0 0 0.4rem; display: flex; flex-wrap: wrap; align-items: baseline; gap: 0 0.6rem; }
.total .number { font-size: 3.2rem; font-weight: 680; line-height: 1; letter-spacing: -0.02em; font-variant-numeric: tabular-nums; }
.total.good .number, .total.good .grade { color: var(--good); } .total.fair .number, .total.fair .grade { color: var(--fair); } .total.bad .number, .total.bad .grade { color: var(--bad); }
.total .grade { font-weight: 650; } .total .of { color: var(--quiet); }
.grade-mark { font-weight: 650; } .grade-mark.good { color: var(--good); } .grade-mark.fair { color: var(--fair); } .grade-mark.bad { color: var(--bad); }
.steps { padding: 0; list-style: none; counter-reset: step; }
.steps li { counter-increment: step; position: relative; padding: 0.55rem 0 0.55rem 2.4rem; border-bottom: 1px solid var(--line); }
.steps li::before { content: counter(step); position: absolute; left: 0; top: 0.5rem; width: 1.6rem; text-align: right; color: var(--quiet); font-variant-numeric: tabular-nums; }
.steps .do { margin: 0; max-width: none; }
.meta { margin: 0.15rem 0 0; font-size: 0.9rem; color: var(--quiet); display: flex; flex-wrap: wrap; gap: 0 1rem; max-width: none; }
.gain { color: var(--good); font-weight: 600; }
.level, .verdict { white-space: nowrap; font-weight: 600; font-size: 0.92rem; }
.level.error, .verdict.broken { color: var(--bad); } .level.warning, .verdict.blocking { color: var(--fair); }
.level.note, .verdict.tolerated { color: var(--note); } .verdict.fits { color: var(--good); } .verdict.open, .level.none { color: var(--open); }
.breaks { border-collapse: collapse; margin: 0.4rem 0 1.2rem; } .breaks th { text-align: left; padding: 0.3rem 1.6rem 0.3rem 0; vertical-align: top; } .breaks td { padding: 0.3rem 0; }
.limits { list-style: none; padding: 0; display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 30rem), 1fr)); gap: 0 3.5rem; }
.limits > li { padding: 0.9rem 0; border-bottom: 1px solid var(--line); }
.limits .bar { height: 0.8rem; margin: 0.5rem 0; max-width: 46rem; }
.bar .room { fill: var(--good-soft); stroke: none; } .bar .limit { fill: var(--ink); }
.sum { font-variant-numeric: tabular-nums; }
.card { border: 1px solid var(--line); border-left-width: 4px; border-radius: 6px; background: var(--paper); padding: 0.9rem 1.1rem; margin: 0.8rem 0; }
.card.is-broken { border-left-color: var(--bad); } .card.is-blocking { border-left-color: var(--fair); border-left-style: dashed; }
.card.is-tolerated { border-left-color: var(--note); } .card.is-fits { border-left-color: var(--good); } .card.is-open { border-left-color: var(--open); border-left-style: dotted; }
.card dl { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 18rem), 1fr)); gap: 0.8rem 2.5rem; margin: 0.7rem 0 0; }
.card dt { color: var(--quiet); font-size: 0.88rem; } .card dd { margin: 0; } .card > p { margin: 0.7rem 0 0; max-width: none; }
.evidence { list-style: none; padding: 0; margin: 0.15rem 0; font-size: 0.92rem; }
.evidence li { padding: 0.08rem 0; }
.plain { list-style: none; padding: 0; } .plain > li { padding: 0.3rem 0; border-bottom: 1px solid var(--line); }
.stations { list-style: none; padding: 0; } .stations > li { padding: 0.5rem 0; border-bottom: 1px solid var(--line); }
.stations p { margin: 0; max-width: none; } #way-in-words h3 { margin-top: 1.2rem; }
.onwards { list-style: none; padding: 0; margin: 0.2rem 0; font-size: 0.92rem; }
.wrong { font-size: 0.92rem; }
details > summary { cursor: pointer; }
details:not(.result) > summary { color: var(--link); padding: 0.3rem 0; }
.rule { border-top: 1px solid var(--line); padding: 1.5rem 0 0.6rem; margin-top: 1rem; }
.rule:first-of-type { border-top: 0; margin-top: 0; }
.rule .ends { margin-bottom: 0.3rem; }
.rule h3 { font-size: 1.1rem; }
.description { font-weight: 500; }
.help ol { margin-top: 0.2rem; }
.result { border: 1px solid var(--line); border-radius: 6px; background: var(--paper); margin: 0.5rem 0; padding: 0 0.9rem; }
.result > summary { padding: 0.55rem 0; margin: 0 -0.9rem; padding-inline: 0.9rem; border-radius: 6px; }
.result > summary .message { display: block; margin-left: 1.1rem; }
.result[open] > summary { border-bottom: 1px solid var(--line); border-radius: 6px 6px 0 0; }
#open .result > summary .message { display: inline; margin: 0; } #open .result > summary .quiet { display: block; margin-left: 1.1rem; }
.result:target, .rule:target > .ends, .card:target, .stations > li:target { box-shadow: 0 0 0 2px var(--link); border-radius: 6px; }
.brief { margin: 0; padding: 0.35rem 0; border-bottom: 1px solid var(--line); max-width: none; font-size: 0.94rem; }
.more .place { margin-left: 1rem; }
.frame { margin: 0.7rem 0; border: 1px solid var(--line); border-radius: 4px; overflow: hidden; background: var(--soft); }
.frame figcaption { padding: 0.3rem 0.7rem; font-size: 0.92rem; border-bottom: 1px solid var(--line); background: var(--paper); }
.frame pre { margin: 0; padding: 0.35rem 0; font-size: 0.84rem; line-height: 1.5; tab-size: 4; }
.frame .quiet { margin: 0; padding: 0 0.7rem 0.3rem; }
.line { display: grid; grid-template-columns: 3.4rem 1fr; }
.line .number { text-align: right; padding-right: 0.8rem; color: var(--quiet); user-select: none; border-left: 3px solid transparent; }
.line .code { white-space: pre-wrap; overflow-wrap: anywhere; padding-right: 0.7rem; unicode-bidi: isolate; direction: ltr; min-height: 1.5em; }
.line.at .number { border-left-color: var(--mark-edge); color: var(--ink); font-weight: 600; }
mark { background: var(--mark); color: inherit; border-radius: 2px; }
.cut { color: var(--quiet); }
.k-keyword, .k-built_in, .k-literal, .k-meta { color: var(--k-word); } .k-string, .k-regexp { color: var(--k-text); }
.k-number, .k-symbol { color: var(--k-number); } .k-comment { color: var(--k-comment); font-style: italic; } .k-attr, .k-attribute, .k-section, .k-title, .k-variable { color: var(--k-name); }
.scroll { overflow-x: auto; border: 1px solid var(--line); border-radius: 6px; background: var(--paper); }
.way { display: block; margin: 0 auto; font-family: var(--sans); max-width: 100%; height: auto; } .way.broad { max-width: none; }
.way text { fill: var(--ink); font-size: 12px; }
.way .band { fill: var(--soft); } .way .band-title { fill: var(--quiet); stroke: var(--soft); stroke-width: 5px; paint-order: stroke; font-size: 11px; font-weight: 600; }
.way .frame, .way .copy { fill: var(--paper); stroke: var(--quiet); stroke-width: 1; }
.way .is-broken .frame { stroke: var(--bad); stroke-width: 2.5; } .way .is-blocking .frame { stroke: var(--fair); stroke-width: 2; stroke-dasharray: 7 3; }
.way .is-tolerated .frame { stroke: var(--note); stroke-width: 1.5; } .way .is-fits .frame { stroke: var(--good); stroke-width: 1.5; }
.way .is-open .frame { stroke: var(--open); stroke-width: 1.5; stroke-dasharray: 2 3; } .way .more .frame { stroke-dasharray: 4 4; }
.way .hatched { fill: url(#hatch); } .way .hatch { fill: var(--bad); }
.way .what, .way .copies { fill: var(--quiet); font-size: 11px; } .way .copies { text-anchor: end; font-weight: 600; fill: var(--ink); }
.way .title { font-size: 13.5px; font-weight: 650; } .way .small { font-size: 11.5px; }
.way .standing { font-weight: 650; }
.way .broken { fill: var(--bad); } .way .blocking { fill: var(--fair); } .way .tolerated { fill: var(--note); } .way .fits { fill: var(--good); } .way .open { fill: var(--open); }
.way .inside { fill: var(--soft); stroke: var(--line); }
.way .step { fill: none; stroke: var(--quiet); stroke-width: 1.4; } .way .head { fill: var(--quiet); }
.way .label rect { fill: var(--paper); stroke: var(--line); stroke-width: 0.5; } .way .label text { font-family: var(--mono); font-size: 10px; text-anchor: middle; fill: var(--quiet); }
.way a:hover .title, .way a:hover .small, .way .label:hover text { text-decoration: underline; }
.way a:focus-visible .frame { stroke: var(--link); stroke-width: 3; stroke-dasharray: none; }
footer { margin-top: 3rem; padding-top: 0.8rem; border-top: 1px solid var(--line); color: var(--quiet); font-size: 0.92rem; }
details:has(:target)::details-content { content-visibility: visible; block-size: auto; }
@media (max-width: 40rem) {
  body { padding: 0 1rem 3rem; font-size: 0.97rem; }
  h1 { font-size: 1.5rem; }
  .categories .drawn { display: none; }
    .line { grid-template-columns: 2.6rem 1fr; }
  .way { max-width: none; }
  th, td { padding-right: 0.6rem; }
}
@media print {
  :root {
    --ground: #fff; --paper: #fff; --ink: #000; --quiet: #444; --line: #bbb; --soft: #f6f6f6; --link: #000; --mark: #e4e4e4; --mark-edge: #000;
    --bad: #9a1b14; --fair: #6d4700; --good: #075a40; --open: #463a6c; --note: #33465a; --good-soft: #dfeee7;
    --k-word: #5c2d77; --k-text: #194e2d; --k-number: #743800; --k-comment: #555; --k-name: #083f78;
  }
  @page { margin: 16mm 14mm; }
  html { font-size: 9pt; }
  body { max-width: none; padding: 0; font-size: 1rem; }
  nav, .skip { display: none; }
  details::details-content { content-visibility: visible; block-size: auto; }
  details > summary { list-style: none; }
  a { text-decoration: none; }
  .frame, .card, .limits > li, .steps li, tr { break-inside: avoid; }
  h2, h3, h4, summary, figcaption, .rule > .ends, #way > p { break-after: avoid; break-inside: avoid; }
  .scroll { border: 0; overflow: visible; break-inside: avoid; }
  .way { width: 100%; height: auto; max-height: 205mm; }
  .frame pre { font-size: 7.5pt; }
  .columns { display: block; }
  mark { text-decoration: underline; }
}
`;
