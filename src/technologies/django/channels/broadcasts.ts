import type { Evidence } from '../../../location.js';
import type { Program } from '../../../link/program.js';
import { locate } from '../../../parse/document.js';
import type { Node } from '../../../parse/python/ast.js';
import { walkPython } from '../../../parse/python/walk.js';
import { dottedName, importsOf } from '../imports.js';
import { documentsWith } from '../sources.js';

/** A place where one connection or request speaks to another through the channel layer. */
export interface Broadcast extends Evidence {
  /** Whether the code asks first whether there is a layer at all. */
  readonly guarded: boolean;
}

const MENTIONS = /\bgroup_send\b|\bgroup_add\b|\bchannel_layer\b|\bGroup\(|\bmodel_observer\b|\bchannels_graphql_ws\b/;

/** All of them; who sends stands before who only listens. */
export function broadcastsOf(program: Program): readonly Broadcast[] {
  return program.memo('django:broadcasts', () => {
    const found: { broadcast: Broadcast; sends: boolean }[] = [];
    for (const document of documentsWith(program, MENTIONS)) {
      const imports = importsOf(document);
      walkPython(document.tree, (node, parents) => {
        const sends = speaks(node, (expression) => dottedName(expression, imports));
        if (sends === undefined) return;
        const message = sends ? 'it speaks to other connections here' : 'connections join a group here';
        found.push({
          broadcast: { message, location: locate(document, node), guarded: isGuarded(parents) },
          sends,
        });
      });
    }
    return [...found.filter(({ sends }) => sends), ...found.filter(({ sends }) => !sends)].map((one) => one.broadcast);
  });
}

/** Whether a node sends to others (true) or joins those that are sent to (false); undefined where it does neither. */
function speaks(
  node: Node,
  nameOf: (node: Extract<Node, { type: 'Call' }>['func']) => string | undefined,
): boolean | undefined {
  if (node.type === 'Attribute') {
    if (node.attr === 'group_send') return true;
    return node.attr === 'group_add' ? false : undefined;
  }
  if (node.type !== 'Call') return undefined;
  const called = nameOf(node.func) ?? '';
  // Channels 1: Group("chat").send({...}).
  if (called === 'channels.Group') return true;
  // djangochannelsrestframework sends to its observers whenever a row is saved.
  if (called === 'djangochannelsrestframework.observer.model_observer') return true;
  if (node.func.type !== 'Attribute') return undefined;
  const { attr, value } = node.func;
  const receiver = value.type === 'Name' ? value.id : value.type === 'Attribute' ? value.attr : '';
  if (attr === 'send' && receiver === 'channel_layer') return true;
  return attr === 'broadcast' && called.startsWith('channels_graphql_ws.') ? true : undefined;
}

/** `if channel_layer is not None:` around it, or at the beginning of its function. */
function isGuarded(parents: readonly Node[]): boolean {
  const within = parents.findLast((node) => node.type === 'FunctionDef') ?? parents[0];
  let found = false;
  if (within !== undefined)
    walkPython(within, (node) => {
      if (node.type === 'If' || node.type === 'IfExp') found ||= asksForLayer(node.test);
    });
  return found;
}

function asksForLayer(test: Node): boolean {
  let found = false;
  walkPython(test, (node) => {
    const name = node.type === 'Name' ? node.id : node.type === 'Attribute' ? node.attr : '';
    if (/layer/i.test(name)) found = true;
  });
  return found;
}
