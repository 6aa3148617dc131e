import { parsePython } from '../parse/python/parser.js';
import type { Expression, Module } from '../parse/python/ast.js';
import type { Declaration } from './declaration.js';
import { isDevelopment } from './development-names.js';
import { requirementOf } from './requirement.js';

/** `install_requires` and extras of a `setup.cfg`. */
export function* fromSetupCfg(text: string): Generator<Declaration> {
  let section = '';
  let key = '';
  let offset = 0;
  for (const line of text.split('\n')) {
    const header = /^\[([^\]]+)\]/.exec(line);
    const assigned = /^([A-Za-z0-9_.-]+)\s*=\s*(.*)$/.exec(line);
    if (header?.[1] !== undefined) {
      section = header[1];
      key = '';
    } else if (assigned?.[1] !== undefined) key = assigned[1];
    const own = assigned?.[2] ?? (/^\s+\S/.test(line) ? line.trim() : '');
    const wanted = section === 'options' ? key === 'install_requires' : section === 'options.extras_require';
    const requirement = wanted && own !== '' ? requirementOf(own) : undefined;
    if (requirement !== undefined)
      yield {
        requirement,
        development: section !== 'options' && isDevelopment(key),
        offset: offset + line.indexOf(own),
      };
    offset += line.length + 1;
  }
}

/** `install_requires=[...]` of a `setup.py`, where it is a list of texts or a name for one. */
export function* fromSetupPy(text: string): Generator<Declaration> {
  if (!text.includes('install_requires')) return;
  const { tree } = parsePython(text);
  const names = new Map<string, Expression>();
  for (const statement of tree.body) {
    if (statement.type !== 'Assign') continue;
    for (const target of statement.targets) if (target.type === 'Name') names.set(target.id, statement.value);
  }
  const given = callKeyword(tree, 'install_requires');
  const list = given?.type === 'Name' ? names.get(given.id) : given;
  if (list?.type !== 'List' && list?.type !== 'Tuple') return;
  for (const item of list.elts) {
    if (item.type !== 'Constant' || item.kind !== 'str') continue;
    const requirement = requirementOf(item.value);
    if (requirement !== undefined) yield { requirement, development: false, offset: item.start };
  }
}

function callKeyword(tree: Module, name: string): Expression | undefined {
  for (const statement of tree.body) {
    if (statement.type !== 'Expr' || statement.value.type !== 'Call') continue;
    const found = statement.value.keywords.find((keyword) => keyword.name === name);
    if (found !== undefined) return found.value;
  }
  return undefined;
}
