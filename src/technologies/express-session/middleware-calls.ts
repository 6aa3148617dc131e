import type { TSESTree } from '@typescript-eslint/types';
import type { Call, Placed } from '../../link/javascript/javascript-program.js';
import type { Program } from '../../link/program.js';
import { walkJavaScript } from '../../parse/javascript/walk.js';

/** A place that sets sessions up. */
export interface SessionCall {
  readonly call: Placed<Call>;
  readonly options: Placed<TSESTree.Expression> | undefined;
  /** What counts without a store: memory of the process, or a signed cookie. */
  readonly otherwise: 'memory' | 'cookie';
  /** As a person would search for it. */
  readonly setting: string;
}

const MIDDLEWARE = [
  { name: 'express-session', otherwise: 'memory' },
  { name: 'koa-generic-session', otherwise: 'memory' },
  { name: 'koa-session', otherwise: 'cookie' },
] as const;
const PLUGIN = '@fastify/session';

export function sessionCalls(program: Program): SessionCall[] {
  const { javascript } = program;
  const calls = MIDDLEWARE.flatMap(({ name, otherwise }) =>
    javascript.imports(name)
      ? javascript
          .uses(name)
          .filter(({ steps }) => steps.length === 0 || (steps.length === 1 && steps[0] === 'default'))
          .map((call): SessionCall => ({ call, options: argument(call, 0), otherwise, setting: 'store of session()' }))
      : [],
  );
  return javascript.imports(PLUGIN) ? [...calls, ...registrations(program)] : calls;
}

/** `fastify.register(plugin, options)`: whatever object it is called on, the plugin tells. */
function registrations(program: Program): SessionCall[] {
  const { javascript } = program;
  const files = new Set(javascript.importsOf(PLUGIN).map(({ uri }) => uri));
  const found: SessionCall[] = [];
  for (const module of javascript.modules) {
    if (!files.has(module.path)) continue;
    walkJavaScript(module.document.tree, (node) => {
      if (node.type !== 'CallExpression' || node.callee.type !== 'MemberExpression') return;
      const { property } = node.callee;
      if (property.type !== 'Identifier' || property.name !== 'register') return;
      const call = { module, node };
      const plugin = argument(call, 0);
      if (plugin === undefined) return;
      const isPlugin = javascript.trace(plugin).some((one) => one.kind === 'package' && one.package === PLUGIN);
      if (isPlugin)
        found.push({ call, options: argument(call, 1), otherwise: 'memory', setting: 'store of @fastify/session' });
    });
  }
  return found;
}

function argument({ module, node }: Placed<Call>, index: number): Placed<TSESTree.Expression> | undefined {
  const given = node.arguments[index];
  return given === undefined || given.type === 'SpreadElement' ? undefined : { module, node: given };
}
