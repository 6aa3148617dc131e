import { posix } from 'node:path';
import type { TSESTree } from '@typescript-eslint/types';
import type { JavaScriptModule, ModuleVariable, Placed } from '../../link/javascript/javascript-program.js';
import { madeNamed, membersNamed } from '../../link/javascript/named-nodes.js';
import type { Program } from '../../link/program.js';
import { nodesAbove } from '../../parse/javascript/parents.js';
import { walkJavaScript, type Node } from '../../parse/javascript/walk.js';
import { nameOf } from '../injected-calls.js';
import { decoratorName, isFunction } from '../request-handlers.js';
import { runsAtStart } from '../runs-at-start.js';
import { closureState } from './closure-state.js';
import type { HeldState } from './held.js';

/** Code that no request reaches, or that does not run on a server. */
const ASIDE =
  /(?:^|\/)(?:tests?|__tests__|__mocks__|mocks?|spec|e2e|cypress|examples?|benchmarks?|scripts|migrations?|seeds?|seeders|fixtures|docs|dist|build|public|static|client|cli|node_modules|vendor|\.[^/]+)\/|\.(?:test|spec|stories|config|d|mock)\.[cm]?[jt]sx?$|\.min\.js$/;

export function* heldState(program: Program): Generator<HeldState> {
  const started = program.javascript.entries.map(({ path }) => posix.dirname(path));
  for (const module of program.javascript.modules) {
    // A server that is started from `scripts/` is what that folder holds.
    const home = started.find((folder) => folder !== '.' && module.path.startsWith(`${folder}/`)) ?? '';
    if (ASIDE.test(module.path.slice(home === '' ? 0 : home.length + 1))) continue;
    for (const variable of program.javascript.variables(module)) {
      const kind = kindOf(variable.initial, variable.declared === 'const');
      if (kind === undefined) yield* partsOf(module, variable);
      if (kind === undefined) continue;
      yield { name: variable.name, kind, place: { module, node: variable.node }, mentions: variable.references };
    }
    if (/\bclass\b/.test(module.document.text)) yield* fieldsOf(program, module);
    yield* closureState(program, module, kindOf);
  }
}

/** What a variable holds at first, if that can be state. Weak maps belong to their keys; caches of libraries bound themselves. */
function kindOf(initial: Node | null | undefined, constant: boolean): HeldState['kind'] | undefined {
  const value = unwrapped(initial);
  if (value === undefined) return constant ? undefined : 'plain';
  switch (value.type) {
    case 'ObjectExpression':
      // A table of functions is a part of the program.
      return value.properties.some((one) => one.type === 'Property' && isFunction(one.value)) ? undefined : 'container';
    case 'ArrayExpression':
      return 'container';
    case 'NewExpression':
      return value.callee.type === 'Identifier' && /^(?:Map|Set|Array|Object)$/.test(value.callee.name)
        ? 'container'
        : undefined;
    case 'CallExpression': {
      const { callee } = value;
      const made =
        callee.type === 'MemberExpression' && callee.object.type === 'Identifier'
          ? `${callee.object.name}.${nameOf(callee.property)}`
          : '';
      return made === 'Object.create' ? 'container' : undefined;
    }
    case 'Literal':
      if (constant) return undefined;
      return typeof value.value === 'number' ? 'counter' : 'plain';
    case 'Identifier':
      return !constant && value.name === 'undefined' ? 'plain' : undefined;
    default:
      return undefined;
  }
}

/** `const users = { byToken: {}, put(token, user) { this.byToken[token] = user; } }`: an object with functions that keeps something. */
function* partsOf(module: JavaScriptModule, { name, initial, references }: ModuleVariable): Generator<HeldState> {
  const object = unwrapped(initial);
  if (object?.type !== 'ObjectExpression') return;
  const keyed = keyedInside(object);
  if (keyed.length > 0)
    yield {
      name,
      kind: 'container',
      place: { module, node: object },
      owner: object,
      mentions: keyed.map((node) => ({ module, node })),
    };
  for (const part of object.properties) {
    if (part.type !== 'Property' || kindOf(part.value, true) !== 'container') continue;
    const key = nameOf(part.key);
    const inside = ownMembers(module.document.tree, object, key);
    const outside = references.flatMap((reference) => {
      const member = nodesAbove(reference.module.document.tree, reference.node)[0];
      const isPart = member?.type === 'MemberExpression' && member.object === reference.node;
      return isPart && nameOf(member.property) === key ? [{ module: reference.module, node: member }] : [];
    });
    const mentions = [...inside.map((node) => ({ module, node })), ...outside];
    yield { name: `${name}.${key}`, kind: 'container', place: { module, node: part }, owner: object, mentions };
  }
}

/** `{ set(id, pad) { this[id] = pad; } }`: an object that keeps things beside its own functions. */
function keyedInside(object: TSESTree.ObjectExpression): Node[] {
  return object.properties.flatMap((one) => {
    if (one.type !== 'Property' || !isFunction(one.value) || one.value.type === 'ArrowFunctionExpression') return [];
    const found: Node[] = [];
    walkJavaScript(one.value.body, (node) => {
      if (node.type === 'MemberExpression' && node.computed && node.object.type === 'ThisExpression')
        found.push(node.object);
    });
    return found;
  });
}

/** `this.items` inside a node of a tree. */
function ownMembers(tree: Node, within: Node, name: string): Node[] {
  const [start, end] = within.range;
  return [...membersNamed(tree, name), ...membersNamed(tree, `#${name}`)].filter(
    ({ object, range }) => object.type === 'ThisExpression' && range[0] >= start && range[1] <= end,
  );
}

function unwrapped(node: Node | null | undefined): Node | undefined {
  let value = node ?? undefined;
  while (
    value?.type === 'TSAsExpression' ||
    value?.type === 'TSSatisfiesExpression' ||
    value?.type === 'TSNonNullExpression'
  )
    value = value.expression;
  return value;
}

/** Decorators by which containers of frameworks make one object for the whole process. */
const SINGLE = /^(?:Injectable|Controller|Resolver|WebSocketGateway|Service|JsonController|Singleton)$/;

/** Fields of classes of which a module, or a framework, makes one object. */
function* fieldsOf(program: Program, module: JavaScriptModule): Generator<HeldState> {
  for (const { node, name: known, single } of classesOf(module)) {
    const fields = new Map<string, { kind: HeldState['kind']; node: Node }>();
    const own = (member: Node, target: Node, value: Node | null | undefined): void => {
      const kind = kindOf(value, true);
      if (kind !== undefined) fields.set(nameOf(target), { kind, node: member });
    };
    for (const member of node.body.body) {
      if (member.type === 'PropertyDefinition' && !member.static) own(member.key, member.key, member.value);
      if (member.type !== 'MethodDefinition' || member.kind !== 'constructor') continue;
      for (const statement of member.value.body?.body ?? []) {
        if (statement.type !== 'ExpressionStatement' || statement.expression.type !== 'AssignmentExpression') continue;
        const { left, right } = statement.expression;
        if (left.type === 'MemberExpression' && left.object.type === 'ThisExpression') own(left, left.property, right);
      }
    }
    if (fields.size === 0 || !(single || isSingle(program, module, node))) continue;
    for (const [name, field] of fields) {
      const mentions = ownMembers(module.document.tree, node.body, name)
        .filter((inner) => inner !== field.node)
        .map((inner) => ({ module, node: inner }));
      const said = `${known}.${name}`;
      const all = [...mentions, ...fromOutside(program, node, name)];
      yield { name: said, kind: field.kind, place: { module, node: field.node }, owner: node, mentions: all };
    }
  }
}

interface HomeClass {
  readonly node: TSESTree.ClassDeclaration | TSESTree.ClassExpression;
  readonly name: string;
  /** `const pads = new class { … }`: there is one object of it. */
  readonly single: boolean;
}

function classesOf(module: JavaScriptModule): HomeClass[] {
  const classes: HomeClass[] = [];
  walkJavaScript(module.document.tree, (node) => {
    if (node.type === 'ClassDeclaration' && node.id !== null) classes.push({ node, name: node.id.name, single: false });
    if (node.type === 'VariableDeclarator') {
      const made = unwrapped(node.init);
      if (made?.type === 'NewExpression' && made.callee.type === 'ClassExpression')
        classes.push({ node: made.callee, name: nameOf(node.id), single: true });
    }
    return !isFunction(node);
  });
  return classes;
}

/** `server.rooms` in other modules, where `server` is known to be such an object. */
function fromOutside(program: Program, home: HomeClass['node'], name: string): Placed[] {
  return program.javascript.modules.flatMap((module) => {
    const outside = membersNamed(module.document.tree, name).filter(({ object }) => {
      if (object.type !== 'Identifier' && object.type !== 'TSNonNullExpression') return false;
      const node = unwrapped(object) ?? object;
      return program.javascript
        .trace({ module, node })
        .some((one) => one.kind === 'repository' && one.at.node === home && one.steps.join() === 'new');
    });
    return outside.map((node) => ({ module, node }));
  });
}

function isSingle(program: Program, home: JavaScriptModule, node: HomeClass['node']): boolean {
  const decorators = node.decorators.map((one) => ({
    name: decoratorName(one),
    text: home.document.text.slice(...one.range),
  }));
  if (decorators.some(({ name, text }) => SINGLE.test(name) && !/REQUEST|TRANSIENT/.test(text))) return true;
  const name = node.id?.name ?? '';
  let atStart = false;
  let later = false;
  for (const module of program.javascript.modules) {
    const { tree } = module.document;
    for (const made of madeNamed(tree, name)) {
      const above = nodesAbove(tree, made);
      if (above.every((outer) => !isFunction(outer)) || isKept(program, module, above)) return true;
      if (runsAtStart(program, { module, node: made })) atStart = true;
      else later = true;
    }
  }
  // One that functions make as well, whenever they are called, is no single one.
  return atStart && !later;
}

/** `manager = new Manager()` within a function, where `manager` is a variable of the module, or a static member of a class. */
function isKept(program: Program, module: JavaScriptModule, above: readonly Node[]): boolean {
  const assignment = above.find((outer) => outer.type !== 'AwaitExpression' && outer.type !== 'LogicalExpression');
  if (assignment?.type !== 'AssignmentExpression') return false;
  const { left } = assignment;
  if (left.type === 'MemberExpression') return left.object.type === 'Identifier' && /^[A-Z]/.test(left.object.name);
  return (
    left.type === 'Identifier' &&
    program.javascript
      .variables(module)
      .some(({ name, references }) => name === left.name && references.some(({ node }) => node === left))
  );
}
