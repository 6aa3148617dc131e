import type { TSESTree } from '@typescript-eslint/types';
import type { InRepository, Placed } from '../../link/javascript/javascript-program.js';
import type { Program } from '../../link/program.js';
import { unknown } from '../../location.js';
import { childrenOf } from '../../parse/javascript/walk.js';
import { STORES } from './stores.js';
import type { StorePlace } from './place.js';

type ClassNode = TSESTree.ClassDeclaration | TSESTree.ClassExpression;

/** A store of the repository: what it extends counts; of one that is written from scratch, whether it only fills a container of its own. */
export function ownStore(program: Program, { at, evidence }: InRepository): StorePlace {
  const name = at.node.type === 'ClassDeclaration' || at.node.type === 'ClassExpression' ? at.node.id?.name : undefined;
  const reason = `where ${name ?? 'the store of the project'} keeps sessions is not known`;
  const open: StorePlace = {
    store: name ?? unknown(reason),
    keeper: unknown(reason),
    scope: unknown(reason),
    evidence,
  };
  const node = classOf(program, at);
  if (node === undefined) return open;
  const told = [...evidence, { message: 'the store is written here', location: program.javascript.locate(node) }];
  const { superClass } = node.node;
  if (superClass !== null) {
    for (const base of program.javascript.trace({ module: node.module, node: superClass })) {
      if (base.kind !== 'package') continue;
      if (base.steps.includes('MemoryStore'))
        return { store: 'the memory of the process', keeper: 'own', scope: 'process', evidence: told };
      const known = STORES.get(base.package);
      if (known === undefined) continue;
      return {
        store: known.store,
        keeper: known.keeper,
        scope:
          known.scope === 'network'
            ? unknown(`which ${known.store} it talks to is not known`, ['host', 'cluster'])
            : known.scope,
        evidence: told,
      };
    }
  }
  return fillsItself(node.node)
    ? { store: 'the memory of the process', keeper: 'own', scope: 'process', evidence: told }
    : { ...open, evidence: told };
}

function classOf(program: Program, at: Placed): Placed<ClassNode> | undefined {
  let { module, node } = at;
  if (node.type === 'NewExpression') {
    const [made] = program.javascript.trace({ module, node: node.callee });
    if (made?.kind !== 'repository') return undefined;
    ({ module, node } = made.at);
  }
  return node.type === 'ClassDeclaration' || node.type === 'ClassExpression' ? { module, node } : undefined;
}

/** Whether everything that a class does it does with a container that it makes itself, and nothing is awaited of anybody. */
function fillsItself({ body }: ClassNode): boolean {
  let made = false;
  let asks = false;
  const visit = (node: TSESTree.Node): void => {
    if (node.type === 'PropertyDefinition' && isContainer(node.value)) made = true;
    if (
      node.type === 'AssignmentExpression' &&
      node.left.type === 'MemberExpression' &&
      node.left.object.type === 'ThisExpression' &&
      isContainer(node.right)
    )
      made = true;
    if (node.type === 'AwaitExpression' || node.type === 'ImportExpression') asks = true;
    if (
      node.type === 'MemberExpression' &&
      node.property.type === 'Identifier' &&
      /client|redis|mongo|pool|query|model|repositor|fs\b|fetch/i.test(node.property.name)
    )
      asks = true;
    for (const child of childrenOf(node)) visit(child);
  };
  visit(body);
  return made && !asks;
}

function isContainer(node: TSESTree.Expression | null): boolean {
  if (node?.type === 'ObjectExpression') return node.properties.length === 0;
  if (node?.type === 'CallExpression')
    return (
      node.callee.type === 'MemberExpression' &&
      node.callee.property.type === 'Identifier' &&
      node.callee.property.name === 'create' &&
      node.arguments[0]?.type === 'Literal'
    );
  return node?.type === 'NewExpression' && node.callee.type === 'Identifier' && /^(?:Weak)?Map$/.test(node.callee.name);
}
