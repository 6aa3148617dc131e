import type { TSESTree } from '@typescript-eslint/types';
import { inventoryOf } from '../src/discover/virtual-inventory.js';
import type { Inventory } from '../src/discover/inventory.js';
import { createJavaScriptProgram } from '../src/link/javascript/create-javascript-program.js';
import type { JavaScriptProgram, Placed, Traced } from '../src/link/javascript/javascript-program.js';
import type { Sources } from '../src/link/javascript/module-graph.js';
import { documentStore } from '../src/parse/documents.js';
import { walkJavaScript } from '../src/parse/javascript/walk.js';

/** What a program is made of that is started by `node main.ts` or its like: the file that package.json names as `main`. */
export async function sourcesOf(files: Readonly<Record<string, string>>, main: string): Promise<Sources> {
  const manifest = JSON.stringify({ name: 'app', main, scripts: { start: `node ${main}` } });
  const inventory: Inventory = inventoryOf({ 'package.json': manifest, ...files });
  const documents = documentStore(inventory);
  await documents.load(['javascript', 'shell']);
  return {
    inventory,
    documents,
    launch: { component: 'web', directory: '', commands: [], environment: new Map(), mounts: [] },
  };
}

export async function programOf(files: Readonly<Record<string, string>>, main: string): Promise<JavaScriptProgram> {
  return createJavaScriptProgram(await sourcesOf(files, main));
}

/** The expression that is written so; the last one, where there are several. */
export function expression(program: JavaScriptProgram, path: string, text: string): Placed {
  const module = program.modules.find((one) => one.path === path);
  if (module === undefined) throw new Error(`${path} is not loaded`);
  let found: TSESTree.Node | undefined;
  walkJavaScript(module.document.tree, (node) => {
    if (module.document.text.slice(...node.range) !== text) return;
    // A statement without its semicolon is no expression.
    if (!node.type.endsWith('Statement') && (found === undefined || node.range[0] > found.range[0])) found = node;
  });
  if (found === undefined) throw new Error(`${path} has no ${text}`);
  return { module, node: found };
}

/** What it stands for, in a line: `ioredis new`, `store.ts:3 ()`, `unknown`. */
export function told(program: JavaScriptProgram, traced: readonly Traced[]): string[] {
  return traced
    .map((one) => {
      if (one.kind === 'unknown') return 'unknown';
      const place = one.kind === 'package' ? one.package : lineOf(program, one.at);
      return [place, ...one.steps].join(' ');
    })
    .sort();
}

export function lineOf(program: JavaScriptProgram, place: Placed): string {
  const { uri, region } = program.locate(place);
  return `${uri}:${region.startLine}`;
}
