import type { PythonFunction, PythonModule, PythonPlace } from '../../../link/python-code/python-code.js';
import type { Program } from '../../../link/program.js';
import type { Scope } from '../../../facts/fact.js';
import type { Evidence } from '../../../location.js';
import type { FunctionDef } from '../../../parse/python/ast.js';
import { startedScripts } from '../../started-scripts.js';
import { handlerOf } from '../../python-request-handlers.js';
import { conditionsOf, outcomeOf } from './conditions.js';

/** How code comes to run without anybody asking: with each process, once on each host, or because the component is there for it. */
export interface Start {
  readonly how: 'process' | 'host' | 'command' | 'request';
  /** The way from the place up to what begins it. */
  readonly evidence: readonly Evidence[];
  /** A condition on the way of which nothing is known, as it is written. */
  readonly open?: string;
  /** Where a lock on the way lets only one of several begin. */
  readonly elects?: { readonly scope: Scope; readonly evidence: Evidence };
}

const DEEPEST = 5;
const WIDEST = 8;

/** How a place is reached; undefined where nothing that production starts leads there. */
export function startOf(program: Program, place: PythonPlace, depth = 0): Start | undefined {
  const { pythonCode } = program;
  let open: string | undefined;
  for (const { test, needed } of conditionsOf(program, place)) {
    if (isMain(test.module.document.text.slice(test.node.start, test.node.end))) {
      return runs(program, place.module.path) ? { how: 'command', evidence: [] } : undefined;
    }
    const outcome = outcomeOf(program, test);
    if (outcome === !needed) return undefined;
    if (outcome === undefined)
      open ??= test.module.document.text.slice(test.node.start, test.node.end).replace(/\s+/g, ' ');
  }
  const fn = pythonCode.functionsAround(place).find((one): one is FunctionDef => one.type === 'FunctionDef');
  const within = fn === undefined ? undefined : { module: place.module, node: fn };
  const above = within === undefined ? ofModule(program, place.module) : ofFunction(program, within, depth);
  if (above === undefined) return undefined;
  const elects = above.elects ?? (within === undefined ? undefined : electionIn(program, within));
  const condition = above.open ?? open;
  return {
    how: above.how,
    evidence: above.evidence,
    ...(elects && { elects }),
    ...(condition !== undefined && { open: condition }),
  };
}

function isMain(test: string): boolean {
  return /__name__\s*==/.test(test);
}

/** What a module does when it is imported. */
function ofModule(program: Program, module: PythonModule): Start | undefined {
  if (/(?:^|\/)management\/commands\//.test(module.path)) return undefined;
  if (!isImported(program, module)) return runs(program, module.path) ? { how: 'command', evidence: [] } : undefined;
  return { how: 'process', evidence: [] };
}

function ofFunction(program: Program, fn: PythonPlace<FunctionDef>, depth: number): Start | undefined {
  const { pythonCode } = program;
  const owner = pythonCode.ownerOf(fn);
  const { name } = fn.node;
  const here = (message: string): Evidence[] => [{ message, location: pythonCode.locate(nameOf(fn)) }];
  if (/(?:^|\/)gunicorn[\w.-]*\.py$/.test(fn.module.path)) {
    if (/^(?:on_starting|when_ready)$/.test(name))
      return { how: 'host', evidence: here('the server calls it once, when it starts') };
    if (/^(?:post_fork|post_worker_init)$/.test(name))
      return { how: 'process', evidence: here('the server calls it in each worker') };
  }
  if (owner !== undefined) {
    const { libraries } = pythonCode.ancestry(owner);
    if (name === 'ready' && libraries.some((one) => /(?:^|\.)AppConfig$/.test(one)))
      return { how: 'process', evidence: here('each process that loads the app calls it') };
    const command = /(?:^|\/)management\/commands\/(\w+)\.py$/.exec(fn.module.path)?.[1];
    if (command !== undefined && name === 'handle')
      return launches(program, command)
        ? { how: 'command', evidence: here('the command that the component runs') }
        : undefined;
  }
  const handler = handlerOf(program, fn);
  if (handler !== undefined)
    return handler.kind === 'request' ? { how: 'request', evidence: here(handler.reason) } : undefined;
  if (depth >= DEEPEST) return undefined;
  const called = owner !== undefined && name === '__init__' ? owner : fn;
  const callers = [
    ...pythonCode.callsOf(called),
    ...pythonCode.handedOnAt(called).filter((one) => isHandedOn(program, one)),
    // A thread begins with its `run`.
    ...(owner !== undefined && name === 'run' ? pythonCode.callsOf(owner) : []),
  ];
  for (const caller of callers.slice(0, WIDEST)) {
    const found = startOf(program, caller, depth + 1);
    if (found !== undefined)
      return {
        ...found,
        evidence: [{ message: 'it is called here', location: pythonCode.locate(caller) }, ...found.evidence],
      };
  }
  return undefined;
}

function isHandedOn(program: Program, place: PythonPlace): boolean {
  const [holder] = program.pythonCode.above(place);
  return (
    holder?.type === 'Keyword' || holder?.type === 'Tuple' || (holder?.type === 'Call' && holder.func !== place.node)
  );
}

/** A lock that is taken in a function before it begins anything. */
function electionIn(program: Program, fn: PythonPlace<FunctionDef>): Start['elects'] {
  const text = fn.module.document.text.slice(fn.node.start, fn.node.end);
  const evidence = { message: 'a lock lets only one begin', location: program.pythonCode.locate(nameOf(fn)) };
  if (
    /\bcaches?(?:\[[^\]]*\])?\.add\(|\.setnx\(|nx=True|advisory_?lock|\bredlock\b|redis\w*\.lock\(|cache\.lock\(/i.test(
      text,
    )
  )
    return { scope: 'cluster', evidence };
  if (
    /\bfcntl\.(?:flock|lockf)\(|\bFileLock\(|\bportalocker\b|\.bind\(\(|\bInterProcessLock\(|\bos\.O_EXCL\b/.test(text)
  )
    return { scope: 'host', evidence };
  return undefined;
}

function nameOf({ module, node }: PythonPlace<PythonFunction>): PythonPlace {
  if (node.type !== 'FunctionDef') return { module, node };
  return {
    module,
    node: { type: 'Name', id: node.name, start: node.nameStart, end: node.nameStart + node.name.length },
  };
}

/** Whether the component runs a command of the administration: `manage.py send_reminders`. */
function launches(program: Program, command: string): boolean {
  return startedScripts(program).some(
    ({ name, args }) => /^(?:manage(?:\.py)?|django-admin(?:\.py)?|django)$/.test(name) && args[0] === command,
  );
}

/** Whether the component runs a file as a script. */
function runs(program: Program, path: string): boolean {
  const file = path.replace(/^.*\//, '');
  return program.launch.commands.some(({ words }) => words.some((word) => word === file || word.endsWith(`/${file}`)));
}

const LOADED = /(?:^|\/)(?:urls|wsgi|asgi|apps|models|__init__|settings|settings\/[^/]*|celery|celeryapp)\.py$/;

/** Whether anything that a server loads imports a module: by its name, or because Django does. */
function isImported(program: Program, module: PythonModule): boolean {
  if (LOADED.test(module.path)) return true;
  const own = module.name.split('.').at(-1) ?? module.name;
  if (!/^\w+$/.test(own)) return false;
  const mentions = new RegExp(
    `^[ \\t]*(?:from[ \\t]+[\\w.]*\\b${own}[ \\t]+import\\b|import[ \\t]+[\\w.]*\\b${own}\\b|from[ \\t]+[\\w.]+[ \\t]+import[^\\n#]*\\b${own}\\b)`,
    'm',
  );
  return program.pythonCode.paths.some(
    (path) =>
      path !== module.path &&
      !/(?:^|\/)management\/commands\//.test(path) &&
      mentions.test(program.inventory.read(path) ?? ''),
  );
}
