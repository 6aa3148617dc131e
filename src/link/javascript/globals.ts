import type { Location } from '../../location.js';
import type { PackagePoint } from './engine.js';

/** Globals that a module of Node exports as well: name to module and export. */
const MODULES: Readonly<Record<string, readonly [string, ...string[]]>> = {
  process: ['node:process'],
  console: ['node:console'],
  Buffer: ['node:buffer', 'Buffer'],
  URL: ['node:url', 'URL'],
  URLSearchParams: ['node:url', 'URLSearchParams'],
  setTimeout: ['node:timers', 'setTimeout'],
  setInterval: ['node:timers', 'setInterval'],
  setImmediate: ['node:timers', 'setImmediate'],
  clearTimeout: ['node:timers', 'clearTimeout'],
  clearInterval: ['node:timers', 'clearInterval'],
  performance: ['node:perf_hooks', 'performance'],
  Bun: ['bun'],
  Deno: ['deno'],
};

/** Names of the language and of Node that nobody imports: `node:global` has them, unless a module of Node exports them. */
export function globalPoint(name: string, location: Location): PackagePoint {
  const [module, ...steps] = (Object.hasOwn(MODULES, name) ? MODULES[name] : undefined) ?? [
    'node:global',
    ...(name === 'globalThis' || name === 'global' ? [] : [name]),
  ];
  return {
    kind: 'package',
    package: module,
    subpath: '',
    steps,
    call: undefined,
    evidence: [{ message: `${name} is there without an import`, location }],
  };
}

/** A member of a package: `default` is the package itself, and `globalThis.process` what `process` is. */
export function packageMember(point: PackagePoint, name: string): PackagePoint {
  if (point.steps.length === 0) {
    if (name === 'default') return point;
    if (point.package === 'node:global' && Object.hasOwn(MODULES, name)) {
      const [module = '', ...steps] = MODULES[name] ?? [];
      return { ...point, package: module, steps };
    }
  }
  return { ...point, steps: [...point.steps, name] };
}
