/**
 * Draws docs/terminal.svg, the picture in the README, from what the program really prints:
 *
 *     npm run build && node docs/terminal-picture.mjs
 */
import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const LINES = 62;
const CHARACTER = 8.4;
const LINE = 19;
const MARGIN = 20;
const COLOURS = { 31: '#f47067', 32: '#57ab5a', 33: '#c69026', 36: '#39c5cf' };
const COMMAND = ['audit', 'fixtures/shop'];

const root = fileURLToPath(new URL('..', import.meta.url));
const { stdout } = spawnSync(process.execPath, ['dist/cli.js', ...COMMAND], {
  cwd: root,
  encoding: 'utf8',
  env: { ...process.env, FORCE_COLOR: '1', NO_COLOR: '' },
});
const printed = stdout.split('\n');
// Nothing is cut in the middle.
const end = printed.lastIndexOf('', LINES);
const lines = [
  `\u001b[2m$\u001b[22m npx scalecard ${COMMAND.join(' ')}`,
  ...printed.slice(0, end + 1),
  '\u001b[2m…\u001b[22m',
];
const width = Math.ceil(100 * CHARACTER + 2 * MARGIN);
const height = lines.length * LINE + 2 * MARGIN;

const drawn = lines.map((line, row) => {
  const y = MARGIN + (row + 0.8) * LINE;
  const parts = partsOf(line).map(
    ({ text, column, style }) =>
      `<tspan x="${(MARGIN + column * CHARACTER).toFixed(1)}"${style}>${escaped(text)}</tspan>`,
  );
  return parts.length === 0 ? '' : `<text y="${y.toFixed(1)}">${parts.join('')}</text>`;
});

writeFileSync(
  new URL('terminal.svg', import.meta.url),
  `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" role="img" aria-label="Output of scalecard ${COMMAND.join(' ')}">
<style>text { font: 14px ui-monospace, 'DejaVu Sans Mono', Menlo, Consolas, monospace; fill: #d1d7e0; white-space: pre }</style>
<rect width="100%" height="100%" rx="8" fill="#151b23"/>
${drawn.filter((text) => text !== '').join('\n')}
</svg>
`,
);

/** Runs of one style, each placed at its column so that no font can push them apart. */
function partsOf(line) {
  const parts = [];
  let colour = '';
  let bold = false;
  let dim = false;
  let column = 0;
  for (const piece of line.split(/(\u001b\[\d+m)/)) {
    const code = /^\u001b\[(\d+)m$/.exec(piece)?.[1];
    if (code === '1') bold = true;
    else if (code === '2') dim = true;
    else if (code === '22') bold = dim = false;
    else if (code === '39') colour = '';
    else if (code !== undefined) colour = COLOURS[code] ?? '';
    else if (piece !== '') {
      const style = `${colour && ` fill="${colour}"`}${bold ? ' font-weight="bold"' : ''}${dim ? ' fill-opacity="0.6"' : ''}`;
      // A long gap is a new place, not a row of spaces.
      for (const { 0: text, index } of piece.matchAll(/\S+(?: \S+)*/g))
        parts.push({ text, column: column + index, style });
      column += [...piece].length;
    }
  }
  return parts;
}

function escaped(text) {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
