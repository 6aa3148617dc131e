import type { TSESTree } from '@typescript-eslint/types';
import type { Call, JavaScriptModule, Placed } from '../link/javascript/javascript-program.js';
import type { Program } from '../link/program.js';
import { nodesAbove } from '../parse/javascript/parents.js';
import type { Node } from '../parse/javascript/walk.js';
import { bare, connectionContainer, names } from './connection-container.js';
import { callsNamed } from './javascript-calls.js';
import { at, nameOf } from './javascript-place.js';
import { isFunction } from './request-handlers.js';

/** A place that speaks to connections which others have opened, through something that this process keeps of them. */
export interface FanOut {
  readonly call: Placed<Call>;
  /** Where what keeps the connections is declared; undefined for the connections of a server itself. */
  readonly kept: Placed | undefined;
  readonly name: string;
}

const SENDS = /^(?:send|sendJson|sendUTF|sendText|sendMessage|write|enqueue|writeSSE)$/;
const FINDS = /^(?:get|find)(?:Client|Socket|Connection|Peer|Ws|Subscriber|Player)\w*$/;

/** Each container of connections once, with the first place that speaks to those of others. */
export function fanOuts(program: Program): readonly FanOut[] {
  return program.memo('fan-outs', () => {
    const found = new Map<string, FanOut>();
    for (const name of ['send', 'sendJson', 'sendUTF', 'sendText', 'sendMessage', 'write', 'enqueue', 'writeSSE']) {
      for (const call of callsNamed(program, name)) {
        const { callee } = call.node;
        if (callee.type !== 'MemberExpression' || callee.computed || !SENDS.test(nameOf(callee.property))) continue;
        const source = sourceOf(call, callee.object);
        if (source === undefined) continue;
        const container = connectionContainer(program, at(call, source));
        if (container === undefined || found.has(container.key)) continue;
        found.set(container.key, { call, kept: container.kept, name: container.name });
      }
    }
    return [...found.values()];
  });
}

/** What the receiver is an element of: `clients` of `clients.get(id).send()`, `for (const c of clients) c.res.write()`, `const c = clients[id]; c.send()`. */
function sourceOf({ module, node }: Placed, receiver: Node): Node | undefined {
  let inner = bare(receiver);
  for (let depth = 0; depth < 6; depth++) {
    if (inner.type === 'CallExpression') {
      const { callee } = inner;
      if (callee.type !== 'MemberExpression') return undefined;
      const name = nameOf(callee.property);
      if (name === 'get' || name === 'find' || name === 'at') return bare(callee.object);
      if (FINDS.test(name)) return inner;
      inner = bare(callee.object);
    } else if (inner.type === 'MemberExpression') {
      if (inner.computed && inner.property.type !== 'Literal') return bare(inner.object);
      inner = bare(inner.object);
    } else break;
  }
  return inner.type === 'Identifier' ? elementOf(module, node, inner.name) : undefined;
}

/** What a variable of the functions around is an element of: of a loop, of `forEach`, of what it is declared to be. */
function elementOf(module: JavaScriptModule, node: Node, name: string): Node | undefined {
  const above = nodesAbove(module.document.tree, node);
  for (let i = 0; i < above.length; i++) {
    const outer = above[i];
    if (outer === undefined) break;
    if (
      outer.type === 'ForOfStatement' &&
      outer.left.type === 'VariableDeclaration' &&
      names(outer.left.declarations[0]?.id, name)
    )
      return listIn(outer.right);
    if (isFunction(outer) && outer.params.some((one) => names(one, name))) {
      const holder = above[i + 1];
      const callee =
        holder?.type === 'CallExpression' && holder.arguments.includes(outer as TSESTree.Expression)
          ? bare(holder.callee)
          : undefined;
      return callee?.type === 'MemberExpression' && /^(?:forEach|map|some|each)$/.test(nameOf(callee.property))
        ? listIn(callee.object)
        : undefined;
    }
    if (outer.type === 'BlockStatement' || outer.type === 'Program')
      for (const statement of outer.body) {
        if (statement.type !== 'VariableDeclaration') continue;
        for (const { id, init } of statement.declarations)
          if (init !== null && names(id, name)) return elementIn(bare(init));
      }
  }
  return undefined;
}

/** The container behind `this.clients.values()`, `[...clients]`, `Object.values(clients)`, `clients.filter(…)`, `rooms.get(id)`. */
function listIn(node: Node): Node | undefined {
  let inner = bare(node);
  for (let depth = 0; depth < 6; depth++) {
    if (inner.type === 'ArrayExpression' && inner.elements[0]?.type === 'SpreadElement')
      inner = bare(inner.elements[0].argument);
    else if (inner.type === 'CallExpression' && inner.callee.type === 'MemberExpression') {
      const { object, property } = inner.callee;
      const [first] = inner.arguments;
      if (
        object.type === 'Identifier' &&
        /^(?:Object|Array|_)$/.test(object.name) &&
        first !== undefined &&
        first.type !== 'SpreadElement'
      )
        inner = bare(first);
      else if (/^(?:values|entries|keys|filter|slice|get)$/.test(nameOf(property))) inner = bare(object);
      else return FINDS.test(nameOf(property)) ? inner : undefined;
    } else if (inner.type === 'MemberExpression' && inner.computed) inner = bare(inner.object);
    else return inner.type === 'Identifier' || inner.type === 'MemberExpression' ? inner : undefined;
  }
  return undefined;
}

function elementIn(init: Node): Node | undefined {
  if (init.type === 'CallExpression' && init.callee.type === 'MemberExpression') {
    const name = nameOf(init.callee.property);
    if (name === 'get' || name === 'find') return listIn(init.callee.object);
    return FINDS.test(name) ? init : undefined;
  }
  return init.type === 'MemberExpression' && init.computed ? listIn(init.object) : undefined;
}
