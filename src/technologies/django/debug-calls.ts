import type { Location } from '../../location.js';
import type { Program } from '../../link/program.js';
import type { PythonModule, PythonPlace } from '../../link/python-code/python-code.js';
import type { Call, Expression, Node } from '../../parse/python/ast.js';
import { walkPython } from '../../parse/python/walk.js';
import { pythonRequestPath } from '../python-request-path.js';

/** No module has a longer name. */
const LONGEST = 200;

/** More are not counted. */
const MOST = 100;

export interface DebugCalls {
  readonly all: number;
  readonly inRequests: number;
}

/**
 * How many calls of `debug()` there are on a logger of the project, and how many run within requests; undefined where the name is not one of the
 * project's packages, so that a library writes there.
 */
export function debugCallsOf(program: Program, logger: string): DebugCalls | undefined {
  if (logger.length > LONGEST) return undefined;
  const { pythonCode } = program;
  const [top = logger] = logger.split('.', 1);
  const quoted = new RegExp(`getLogger\\(\\s*['"]${logger.replace(/[^\w]/g, '\\$&')}['"]`);
  const named = pythonCode.modulesWith(quoted);
  if (
    named.length === 0 &&
    !pythonCode.paths.some((path) => `/${path}`.includes(`/${top}/`) || path.endsWith(`${top}.py`))
  )
    return undefined;
  let all = 0;
  let inRequests = 0;
  for (const module of pythonCode.modulesWith(/\.debug\(/)) {
    if (!isBelow(module, logger) && !named.includes(module)) continue;
    for (const call of debugCallsIn(module)) {
      if (all >= MOST) return { all, inRequests };
      all++;
      if (pythonRequestPath(program, call)?.kind === 'request') inRequests++;
    }
  }
  return { all, inRequests };
}

/** Loggers are most often named like their module; packages need no `__init__.py`. */
function isBelow({ name, path }: PythonModule, logger: string): boolean {
  const folder = `/${logger.replaceAll('.', '/')}`;
  return (
    `/${path}`.includes(`${folder}/`) ||
    `/${path}`.endsWith(`${folder}.py`) ||
    name === logger ||
    name.startsWith(`${logger}.`) ||
    name.includes(`.${logger}.`) ||
    name.endsWith(`.${logger}`)
  );
}

function debugCallsIn(module: PythonModule): PythonPlace<Call>[] {
  const found: PythonPlace<Call>[] = [];
  walkPython(module.document.tree, (node) => {
    if (node.type !== 'Call' || node.func.type !== 'Attribute' || node.func.attr !== 'debug') return;
    if (/log/i.test(spelled(node.func.value))) found.push({ module, node });
  });
  return found;
}

function spelled(expression: Expression): string {
  if (expression.type === 'Name') return expression.id;
  if (expression.type === 'Attribute') return expression.attr;
  return expression.type === 'Call' ? spelled(expression.func) : '';
}

/** What a server loads when it starts, whatever is asked for. */
const LOADED =
  /(?:^|\/)(?:settings(?:\/[^/]+)?|wsgi|asgi|celery|celery_app|urls|apps|models|views|middleware|signals|admin|__init__)\.py$/;

/** `logging.basicConfig(level=logging.DEBUG)` that a module runs when it is loaded. */
export function rootByHand({ pythonCode }: Program): Location | undefined {
  for (const module of pythonCode.modulesWith(/\bbasicConfig\([^)]{0,300}DEBUG/)) {
    if (!LOADED.test(module.path)) continue;
    let found: Call | undefined;
    walkPython(module.document.tree, (node, parents) => {
      if (node.type === 'FunctionDef' || node.type === 'ClassDef' || node.type === 'Lambda') return false;
      if (node.type === 'Call' && setsDebug({ module, node }) && !parents.some(isCondition)) found ??= node;
      return undefined;
    });
    if (found !== undefined) return pythonCode.locate({ module, node: found });
  }
  return undefined;

  function setsDebug({ module, node }: PythonPlace<Call>): boolean {
    const isIt = pythonCode
      .resolve({ module, node: node.func })
      .some((target) => target.kind === 'library' && target.name === 'logging.basicConfig');
    const level = node.keywords.find(({ name }) => name === 'level')?.value;
    if (!isIt || level === undefined) return false;
    if (level.type === 'Constant') return level.value === 'DEBUG' || level.value === 10;
    return pythonCode
      .resolve({ module, node: level })
      .every((target) => target.kind === 'library' && target.name === 'logging.DEBUG');
  }
}

/** `if __name__ == "__main__"`, `if DEBUG`: what stands there is for somebody else. */
function isCondition(node: Node): boolean {
  return node.type === 'If' || node.type === 'Try' || node.type === 'IfExp';
}
