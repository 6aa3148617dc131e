/**
 * Parses every JavaScript and TypeScript file of folders with our parser and with typescript-estree, which defines the shape that
 * trees have here, and compares the nodes of both: types and ranges, in order.
 *
 *     node bench/javascript-parser.mjs FOLDER...
 *
 * Every figure is of a first run, as an audit sees it; ratios between them are steadier than milliseconds.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from '@typescript-eslint/typescript-estree';
import { compiled } from './compiled.mjs';

const { language } = await compiled('parse/javascript/index');
const { walkJavaScript } = await compiled('parse/javascript/walk');

const paths = process.argv
  .slice(2)
  .flatMap((folder) => readdirSync(folder, { recursive: true, withFileTypes: true }))
  .filter(
    (entry) => entry.isFile() && /(?<!\.d)\.[cm]?[jt]sx?$/.test(entry.name) && !/node_modules/.test(entry.parentPath),
  )
  .map((entry) => join(entry.parentPath, entry.name))
  .sort();
if (paths.length === 0) throw new Error('usage: javascript-parser FOLDER...');

const files = paths.map((path) => ({ path, text: readFileSync(path, 'utf8').replace(/^\uFEFF/, '') }));

function timed(label, run) {
  const since = performance.now();
  const made = files.map(run);
  console.log(label.padEnd(44), `${(performance.now() - since).toFixed(0).padStart(7)} ms`);
  return made;
}

console.log(`${files.length} files, ${(files.reduce((sum, { text }) => sum + text.length, 0) / 1e6).toFixed(1)} MB`);
// The shape is made when it is read, so both are walked.
const ours = timed('oxc-parser, walked', ({ path, text }) => {
  const { tree, trouble } = language.parse(text, path);
  return trouble.length > 0 ? trouble[0].message : nodesOf(tree);
});
const theirs = timed('typescript-estree, walked', ({ path, text }) => {
  try {
    return nodesOf(parse(text, { filePath: path, range: true, jsx: /\.[cm]?jsx?$|x$/.test(path), loc: false }));
  } catch (error) {
    return error.message;
  }
});

function nodesOf(tree) {
  const nodes = [];
  walkJavaScript(tree, (node) => {
    // What TS-ESTree counts among the comments.
    if (node.type !== 'Hashbang') nodes.push(`${node.type} ${node.range.join('-')}`);
  });
  return nodes;
}

let nodes = 0;
const count = { equal: 0, different: 0, 'refused by both': 0, 'refused by ours': 0, 'refused by theirs': 0 };
const examples = [];
for (const [i, { path, text }] of files.entries()) {
  const [own, other] = [ours[i], theirs[i]];
  if (typeof own === 'string' || typeof other === 'string') {
    const by = typeof own !== 'string' ? 'theirs' : typeof other !== 'string' ? 'ours' : 'both';
    count[`refused by ${by}`]++;
    if (by !== 'both') examples.push(`${path}: refused by ${by}: ${typeof own === 'string' ? own : other}`);
    continue;
  }
  nodes += own.length;
  // Where comments stand at the ends of a file, the two put the ends of a program elsewhere.
  const differs = own.findIndex((node, at) => at > 0 && node !== other[at]);
  if (differs < 0 && own.length === other.length) count.equal++;
  else {
    count.different++;
    const at = differs < 0 ? Math.min(own.length, other.length) : differs;
    const [from = 0, to = 0] =
      /(\d+)-(\d+)/
        .exec(own[at] ?? '')
        ?.slice(1)
        .map(Number) ?? [];
    examples.push(
      `${path}: ${own[at]} here, ${other[at]} there: ${text.slice(from, Math.min(to, from + 60)).replace(/\s+/g, ' ')}`,
    );
  }
}
console.log(
  `${nodes} nodes; files: ${Object.entries(count)
    .map(([what, many]) => `${many} ${what}`)
    .join(', ')}`,
);
for (const example of examples.slice(0, 20)) console.log(example);
