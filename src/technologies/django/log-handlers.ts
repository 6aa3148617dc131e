import { isUnknown, unknown, type Maybe } from '../../location.js';
import type { Program } from '../../link/program.js';
import { entry, items, text, type Value } from '../../link/value.js';
import type { Statement } from '../../parse/python/ast.js';
import { walkPython } from '../../parse/python/walk.js';
import { lineageOf } from './lineage.js';
import { isVerbose, levelOf, type LogConfiguration } from './log-configuration.js';

/** Filters of packages that only add to a message. */
const ADDING =
  /^(?:asgi_correlation_id|log_request_id|django_guid|request_id|cid|django_log_request_id|logging_utilities|ddtrace)\./;

/** Whether a message for debugging leaves through a handler while DEBUG is off. */
export function passesDebug(program: Program, configuration: LogConfiguration, name: string): Maybe<boolean> {
  const handler = configuration.handlers.get(name);
  if (handler === undefined) return unknown(`the handler "${name}" is not known`, [true, false]);
  if (handlerClassOf(handler) === 'logging.NullHandler') return false;
  const level = entry(handler, 'level');
  const own = level === undefined ? true : isVerbose(levelOf(level));
  if (own === false) return false;
  let open = isUnknown(own) ? own : undefined;
  const filters = entry(handler, 'filters');
  for (const one of filters === undefined ? [] : (items(filters) ?? [undefined])) {
    const passes = letsPass(program, configuration, one === undefined ? undefined : text(one));
    if (passes === false) return false;
    if (isUnknown(passes)) open ??= passes;
  }
  return open ?? true;
}

/** The class of a handler, or the callable that makes it. */
export function handlerClassOf(handler: Value): string | undefined {
  const value = entry(handler, 'class') ?? entry(handler, '()');
  if (value?.kind === 'external') return value.name;
  return value?.kind === 'class' ? value.qualifiedName : text(value);
}

function letsPass(program: Program, { filters }: LogConfiguration, name: string | undefined): Maybe<boolean> {
  const filter = name === undefined ? undefined : filters.get(name);
  const what = filter === undefined ? undefined : handlerClassOf(filter);
  const reason = `what the filter ${name ?? ''} lets pass cannot be told`;
  if (what === undefined) return unknown(reason, [true, false]);
  // What it lets pass needs DEBUG, and where that is on something else is to be said.
  if (what === 'django.utils.log.RequireDebugTrue') return false;
  if (what === 'django.utils.log.RequireDebugFalse' || ADDING.test(what)) return true;
  return (
    lineageOf(program, what, (one) => (addsOnly(program, one) ? true : undefined))?.known ??
    unknown(reason, [true, false])
  );
}

/** Whether `filter()` of a class of the project returns True in any case: then it is there to add something. */
function addsOnly(program: Program, name: string): boolean {
  const { pythonCode } = program;
  for (const target of pythonCode.resolveText(name)) {
    if (target.kind !== 'class') continue;
    const found = pythonCode.member(target.at, 'filter');
    if (found?.definition.kind !== 'function') return false;
    const returns = returnsOf(found.definition.node.body);
    return returns.length > 0 && returns.every((one) => one);
  }
  return false;
}

function returnsOf(body: readonly Statement[]): boolean[] {
  const found: boolean[] = [];
  for (const statement of body)
    walkPython(statement, (node) => {
      if (node.type === 'FunctionDef' || node.type === 'Lambda') return false;
      if (node.type !== 'Return') return undefined;
      const { value } = node;
      found.push(
        value?.type === 'Constant' &&
          ((value.kind === 'bool' && value.value) || (value.kind === 'int' && Number(value.value) !== 0)),
      );
      return undefined;
    });
  return found;
}
