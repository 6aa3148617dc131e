import type { JavaScriptModule, Placed } from '../link/javascript/javascript-program.js';
import type { Program } from '../link/program.js';
import { nodesAbove } from '../parse/javascript/parents.js';
import { walkJavaScript, type Node } from '../parse/javascript/walk.js';
import { at, nameOf } from './javascript-place.js';

/** What a connection is called where it is put into something: sockets, and responses that stay open. */
const CONNECTION =
  /^_?(?:socket|sock|ws|webSocket|wsClient|conn|connection|client|peer|subscriber|session|sse\w*|res|response|reply|raw|stream|controller|sink|emitter)$/i;
/** Something that lives as long as the process and holds connections. */
export interface ConnectionContainer {
  readonly key: string;
  readonly name: string;
  readonly kept: Placed | undefined;
}

/** The container that an expression stands for, where connections are put into it. */
export function connectionContainer(program: Program, source: Placed): ConnectionContainer | undefined {
  const { module, node } = source;
  if (node.type === 'CallExpression')
    return { key: `${module.path} ${nameOf(node)}`, name: nameOf(node), kept: undefined };
  const name = nameOf(node);
  if (node.type === 'MemberExpression') {
    if (name === 'clients' && isServer(program, at(source, node.object)))
      return { key: 'clients', name, kept: undefined };
    if (node.object.type === 'ThisExpression') {
      const field = fieldOf(module, node, name);
      return field !== undefined && isPut(module, name)
        ? { key: `${module.path} this.${name}`, name, kept: at(source, field) }
        : undefined;
    }
  }
  if (node.type !== 'Identifier' && node.type !== 'MemberExpression') return undefined;
  for (const home of program.javascript.modules) {
    if (home !== module && node.type === 'Identifier' && !isImported(module, name)) continue;
    const variable = program.javascript
      .variables(home)
      .find(
        (one) =>
          one.name === (node.type === 'Identifier' ? name : nameOf(node.object)) && isAmong(one.references, node),
      );
    if (variable === undefined) continue;
    const homes = [home, ...variable.references.map((one) => one.module)];
    return homes.some((one) => isPut(one, name))
      ? { key: `${home.path} ${name}`, name, kept: at({ module: home, node: variable.node }, variable.node) }
      : undefined;
  }
  return undefined;
}

function isAmong(references: readonly Placed[], node: Node): boolean {
  const inner = node.type === 'MemberExpression' ? node.object : node;
  return references.some((one) => one.node === inner);
}

function isImported(module: JavaScriptModule, name: string): boolean {
  return module.document.tree.body.some(
    (one) =>
      (one.type === 'ImportDeclaration' && one.specifiers.some(({ local }) => local.name === name)) ||
      (one.type === 'VariableDeclaration' && one.declarations.some(({ id }) => names(id, name))),
  );
}

/** Whether an object is a server of sockets: by its package, or by its name where nothing leads there. */
function isServer(program: Program, object: Placed): boolean {
  const traced = program.javascript.trace(object);
  if (traced.some((one) => one.kind === 'package' && SERVERS.test(one.package))) return true;
  return (
    /^(?:wss|ws_?server|web_?socket_?server|socket_?server|server|getWss)$/i.test(nameOf(object.node)) &&
    !traced.some((one) => one.kind === 'package')
  );
}

const SERVERS = /^(?:ws|@fastify\/websocket|fastify-websocket|express-ws|koa-websocket|@nestjs\/websockets)$/;

function fieldOf(module: JavaScriptModule, node: Node, name: string): Node | undefined {
  const home = nodesAbove(module.document.tree, node).find((one) => one.type === 'ClassBody');
  if (home === undefined) return undefined;
  let field: Node | undefined;
  walkJavaScript(home, (one) => {
    if (one.type === 'PropertyDefinition' && nameOf(one.key) === name) field ??= one;
    if (
      one.type === 'AssignmentExpression' &&
      one.left.type === 'MemberExpression' &&
      one.left.object.type === 'ThisExpression' &&
      nameOf(one.left) === name
    )
      field ??= one;
    return field === undefined;
  });
  return field;
}

/** `clients.add(ws)`, `clients.set(id, { res })`, `clients[id] = socket`, `clients.push({ id, res })`. */
function isPut(module: JavaScriptModule, name: string): boolean {
  let found = false;
  walkJavaScript(module.document.tree, (node) => {
    if (found) return false;
    if (
      node.type === 'CallExpression' &&
      node.callee.type === 'MemberExpression' &&
      /^(?:set|add|push)$/.test(nameOf(node.callee.property))
    )
      found = holds(node.callee.object, name) && isConnection(node.arguments.at(-1));
    else if (node.type === 'AssignmentExpression' && node.left.type === 'MemberExpression' && node.left.computed)
      found = holds(node.left.object, name) && isConnection(node.right);
    return !found;
  });
  return found;
}

function holds(node: Node, name: string): boolean {
  const inner = bare(node);
  if (nameOf(inner) === name) return true;
  // `rooms.get(id).add(ws)`, `rooms[id].push(ws)`
  if (inner.type === 'CallExpression' && inner.callee.type === 'MemberExpression')
    return holds(inner.callee.object, name);
  return inner.type === 'MemberExpression' && inner.computed && holds(inner.object, name);
}

function isConnection(node: Node | undefined): boolean {
  if (node === undefined) return false;
  if (node.type === 'Identifier') return CONNECTION.test(node.name);
  if (node.type === 'MemberExpression') return CONNECTION.test(nameOf(node));
  if (node.type === 'ObjectExpression')
    return node.properties.some(
      (one) => one.type === 'Property' && (CONNECTION.test(nameOf(one.key)) || CONNECTION.test(nameOf(one.value))),
    );
  return node.type === 'TSAsExpression' && isConnection(node.expression);
}

/** Whether a pattern gives a variable of this name. */
export function names(pattern: Node | undefined, name: string): boolean {
  if (pattern === undefined) return false;
  if (pattern.type === 'Identifier') return pattern.name === name;
  if (pattern.type === 'ArrayPattern') return pattern.elements.some((one) => one !== null && names(one, name));
  if (pattern.type === 'ObjectPattern')
    return pattern.properties.some((one) => one.type === 'Property' && names(one.value, name));
  return pattern.type === 'AssignmentPattern' && names(pattern.left, name);
}

/** Without assertions, `await`, and what stands behind `??` and `||`. */
export function bare(node: Node): Node {
  let inner = node;
  while (
    inner.type === 'TSAsExpression' ||
    inner.type === 'TSNonNullExpression' ||
    inner.type === 'ChainExpression' ||
    inner.type === 'AwaitExpression' ||
    (inner.type === 'LogicalExpression' && inner.operator !== '&&')
  )
    inner =
      inner.type === 'AwaitExpression'
        ? inner.argument
        : inner.type === 'LogicalExpression'
          ? inner.left
          : inner.expression;
  return inner;
}
