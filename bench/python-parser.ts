/**
 * Parses every .py of a folder with our parser and with tree-sitter, in one process, and compares what they find.
 *
 *     npx esbuild bench/python-parser.ts --bundle --platform=node --format=esm --external:web-tree-sitter \
 *       --outfile=node_modules/.bench/python-parser.js
 *     node node_modules/.bench/python-parser.js FOLDER
 *
 * Every figure is of a first run, as an audit sees it; ratios between them are steadier than milliseconds.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parsePython } from '../src/parse/python/parser.js';
import { walkPython } from '../src/parse/python/walk.js';
import { differences, loadPeer, ourPlaces } from '../test/python-tree-sitter.js';

const folder = process.argv[2];
if (folder === undefined) throw new Error('usage: python-parser FOLDER');

const peer = await loadPeer();

const paths = readdirSync(folder, { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile() && entry.name.endsWith('.py'))
  .map((entry) => join(entry.parentPath, entry.name))
  .sort();

function timed<T>(label: string, run: () => T): T {
  const start = performance.now();
  const result = run();
  console.log(label.padEnd(36), `${(performance.now() - start).toFixed(0)} ms`);
  return result;
}

const texts = timed('read', () => paths.map((path) => readFileSync(path, 'utf8')));
let nodes = 0;
const parses = timed('parse, keeping every tree', () => texts.map(parsePython));
timed('walk every node', () => {
  for (const { tree } of parses) {
    walkPython(tree, () => {
      nodes++;
    });
  }
});
timed('parse again, dropping each tree', () => {
  for (const text of texts) parsePython(text);
});
timed('tree-sitter, dropping each tree', () => {
  for (const text of texts) peer.parse(text);
});

let compared = 0;
let places = 0;
let broken = 0;
for (const [at, path] of paths.entries()) {
  const text = texts[at] ?? '';
  const parse = parses[at] ?? parsePython(text);
  const theirs = peer.places(text);
  if (theirs === null || parse.errors.length > 0) {
    broken++;
    const first = parse.errors[0];
    console.log(
      `${path}: ${theirs === null ? 'tree-sitter finds errors' : ''} ${first === undefined ? '' : first.message}`,
    );
    continue;
  }
  compared++;
  places += theirs.length;
  for (const difference of differences(ourPlaces(parse.tree, text, walkPython), theirs))
    console.log(`${path}: ${difference}`);
}
console.log(`${paths.length} files, ${texts.join('').length} characters, ${nodes} nodes`);
console.log(`${compared} files compared in ${places} places; ${broken} that one of the two cannot read`);
