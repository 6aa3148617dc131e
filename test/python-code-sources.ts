import { inventoryOf } from '../src/discover/virtual-inventory.js';
import { createPythonEvaluator } from '../src/link/python/evaluator.js';
import { createPythonCode } from '../src/link/python-code/create-python-code.js';
import type { PythonCode, PythonPlace, PythonTarget } from '../src/link/python-code/python-code.js';
import type { ClassDef, Expression, FunctionDef, Node } from '../src/parse/python/ast.js';
import { walkPython } from '../src/parse/python/walk.js';
import { documentStore } from '../src/parse/documents.js';

/** The code of a component whose folder is `directory`. */
export async function codeOf(files: Readonly<Record<string, string>>, directory = ''): Promise<PythonCode> {
  const inventory = inventoryOf(files);
  const documents = documentStore(inventory);
  await documents.load(['python']);
  const launch = {
    component: 'web',
    directory,
    commands: [],
    environment: new Map<string, never>(),
    mounts: [{ containerPath: '/app', path: '' }],
  };
  const evaluator = createPythonEvaluator({
    inventory,
    documents,
    launch,
    dependencies: [],
    models: { names: new Map(), distributions: new Map() },
  });
  return createPythonCode({ inventory, documents, directory, evaluator });
}

/** The last node of a file that is written so. */
export function written(code: PythonCode, path: string, text: string): PythonPlace<Expression> {
  const found = nodes(code, path).filter(
    ({ start, end, type }) => textOf(code, path, start, end) === text && type !== 'Expr',
  );
  const node = found.at(-1);
  if (node === undefined) throw new Error(`${path} has no ${text}`);
  return { module: moduleOf(code, path), node: node as Expression };
}

export function definition(code: PythonCode, path: string, name: string): PythonPlace<FunctionDef> {
  const node = nodes(code, path).find((one) => one.type === 'FunctionDef' && one.name === name);
  if (node?.type !== 'FunctionDef') throw new Error(`${path} defines no ${name}`);
  return { module: moduleOf(code, path), node };
}

export function classOf(code: PythonCode, path: string, name: string): PythonPlace<ClassDef> {
  const node = nodes(code, path).find((one) => one.type === 'ClassDef' && one.name === name);
  if (node?.type !== 'ClassDef') throw new Error(`${path} defines no ${name}`);
  return { module: moduleOf(code, path), node };
}

function moduleOf(code: PythonCode, path: string): PythonPlace['module'] {
  const module = code.moduleAt(path);
  if (module === undefined) throw new Error(`${path} is not there`);
  return module;
}

function textOf(code: PythonCode, path: string, start: number, end: number): string {
  return moduleOf(code, path).document.text.slice(start, end);
}

function nodes(code: PythonCode, path: string): Node[] {
  const found: Node[] = [];
  walkPython(moduleOf(code, path).document.tree, (node) => void found.push(node));
  return found;
}

/** What something stands for, in a line each: `redis.Redis()`, `function shop/cart.py:3`. */
export function told(code: PythonCode, targets: readonly PythonTarget[]): string[] {
  return targets
    .map((one) => {
      switch (one.kind) {
        case 'library':
          return one.through === undefined ? one.name : `${one.name} of ${one.through.node.name}`;
        case 'module':
          return `module ${one.module.path}`;
        case 'unknown':
          return 'unknown';
        case 'instance':
        case 'element':
          return `${one.kind} ${lineOf(code, one.of)}`;
        default:
          return `${one.kind} ${lineOf(code, one.at)}`;
      }
    })
    .sort();
}

export function lineOf(code: PythonCode, place: PythonPlace): string {
  const { uri, region } = code.locate(place);
  return `${uri}:${String(region.startLine)}`;
}
