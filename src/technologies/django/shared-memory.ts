import { groupBy } from '../../group-by.js';
import { state, type Stated } from '../../facts/fact.js';
import { sharedMemory } from '../../facts/shared-memory.js';
import type { PythonModule, PythonPlace } from '../../link/python-code/python-code.js';
import type { Program } from '../../link/program.js';
import type { ClassDef, Expression, Node } from '../../parse/python/ast.js';
import { walkPython } from '../../parse/python/walk.js';
import { pythonRequestPath } from '../python-request-path.js';
import { doubted } from './doubt.js';
import { middlewareFields } from './middleware-fields.js';
import { settingsOf } from './settings.js';

/** What requests keep in objects of Django that a process has one of: its settings, a dictionary of a class of views, a middleware. */
export function* fromProgram(program: Program): Iterable<Stated> {
  const settings = settingsOf(program);
  if (settings === undefined) return;
  yield* writtenSettings(program);
  yield* classInitials(program);
  yield* doubted(settings, middlewareFields(program, settings));
}

interface Write {
  readonly name: string;
  readonly place: PythonPlace;
  /** As it stands in the code, where it is written out. */
  readonly constant?: string;
}

/** Who puts something of its own in the place of settings keeps them elsewhere: in the database, for one. */
const OWN_SETTINGS = /\bsettings\._wrapped\b|\bsettings\.__class__\s*=|\bclass\s+\w{1,60}\(\s*LazySettings\b/;

/** "You shouldn't alter settings in your applications at runtime": https://docs.djangoproject.com/en/5.2/topics/settings/ */
function* writtenSettings(program: Program): Iterable<Stated> {
  const { pythonCode } = program;
  const writes = pythonCode
    .modulesWith(/\bsettings\.[A-Z][A-Z0-9_]{1,80}[ \t]*=[^=]/)
    .flatMap((module) => [...assignedSettings(program, module)]);
  if (writes.length === 0) return;
  if (pythonCode.paths.some((path) => OWN_SETTINGS.test(program.inventory.read(path) ?? ''))) return;
  for (const [name, all] of groupBy(writes, (one) => one.name)) {
    // What is always the same stands there for all requests, whoever came first.
    if (new Set(all.map(({ constant }, i) => constant ?? i)).size < 2 && all[0]?.constant !== undefined) continue;
    for (const { place } of all) {
      const path = pythonRequestPath(program, place, ({ kind }) => kind === 'request');
      const writer = pythonCode.functionsAround(place).find((one) => one.type === 'FunctionDef');
      if (path === undefined || writer?.type !== 'FunctionDef') continue;
      const steps = [{ message: `${writer.name} changes it`, location: pythonCode.locate(place) }, ...path.evidence];
      yield state(
        sharedMemory,
        pythonCode.locate(place),
        {
          ...{ name: `settings.${name}`, scope: 'process', writer: writer.name, purpose: 'general' },
          remedy:
            'a variable that is handed on, or cache.set(key, value, timeout) of django.core.cache with CACHES in Redis',
        },
        steps.map((step, i) =>
          i < steps.length - 1 ? step : { ...step, message: `${step.message}, and ${path.reason}` },
        ),
      );
      break;
    }
  }
}

function* assignedSettings(program: Program, module: PythonModule): Iterable<Write> {
  const found: { node: Node; target: Expression; value: Expression }[] = [];
  walkPython(module.document.tree, (node, parents) => {
    if (node.type !== 'Assign' || !parents.some(({ type }) => type === 'FunctionDef')) return;
    for (const target of node.targets) found.push({ node, target, value: node.value });
  });
  for (const { node, target, value } of found) {
    if (target.type !== 'Attribute' || target.value.type !== 'Name' || !/^[A-Z][A-Z0-9_]+$/.test(target.attr)) continue;
    const isSettings = program.pythonCode
      .resolve({ module, node: target.value })
      .some((one) => one.kind === 'library' && one.name === 'django.conf.settings');
    if (!isSettings) continue;
    const constant = value.type === 'Constant' ? module.document.text.slice(value.start, value.end) : undefined;
    yield { name: target.attr, place: { module, node }, ...(constant === undefined ? {} : { constant }) };
  }
}

/** Views with a form begin with `initial = {}` of their class, of which only get_initial() makes a copy. */
const WITH_INITIAL =
  /^django\.views\.generic\.(?:edit\.)?(?:(?:Model)?FormMixin|FormView|CreateView|UpdateView|Base(?:Form|Create|Update)View|DeleteView)$/;

/** `self.initial.update(...)` and `self.initial[name] = ...` in a view: what one user gets stays for all others. */
function* classInitials(program: Program): Iterable<Stated> {
  const { pythonCode } = program;
  for (const module of pythonCode.modulesWith(
    /\bself\.initial(?:\.(?:update|setdefault)\(|\[[^\]\n]{1,80}\][ \t]*=[^=])/,
  )) {
    for (const node of module.document.tree.body) {
      if (node.type !== 'ClassDef') continue;
      const place = { module, node };
      if (!pythonCode.ancestry(place).libraries.some((one) => WITH_INITIAL.test(one))) continue;
      const [first, ...others] = givesItself(program, place) ? [] : initialWrites(node);
      const writer =
        first === undefined
          ? undefined
          : pythonCode.functionsAround({ module, node: first }).find((one) => one.type === 'FunctionDef');
      if (first === undefined || writer?.type !== 'FunctionDef') continue;
      yield state(
        sharedMemory,
        pythonCode.locate({ module, node: first }),
        {
          ...{ name: `${node.name}.initial`, scope: 'process', writer: writer.name, purpose: 'general' },
          remedy: 'initial = super().get_initial(), which is a copy, and return {**initial, ...} in get_initial()',
        },
        [
          {
            message: 'initial is one dictionary, of the class that all forms of the process inherit it from',
            location: pythonCode.locate({ module, node: { ...node, end: node.start + 'class'.length } }),
          },
          ...others.map((one) => ({
            message: 'it is changed here as well',
            location: pythonCode.locate({ module, node: one }),
          })),
        ],
      );
    }
  }
}

/** `self.initial = ...` anywhere gives the object a dictionary of its own. */
function givesItself(program: Program, place: PythonPlace<ClassDef>): boolean {
  return program.pythonCode.ancestry(place).own.some(({ node }) => {
    let given = false;
    walkPython(node, (part) => {
      if (part.type === 'Assign') given ||= part.targets.some(isInitial);
      return !given;
    });
    return given;
  });
}

function initialWrites(node: ClassDef): Node[] {
  const found: Node[] = [];
  walkPython(node, (part) => {
    if (part.type === 'Assign' && part.targets.some((one) => one.type === 'Subscript' && isInitial(one.value)))
      found.push(part);
    else if (part.type === 'Call' && part.func.type === 'Attribute' && isInitial(part.func.value))
      if (/^(?:update|setdefault)$/.test(part.func.attr)) found.push(part);
  });
  return found;
}

function isInitial(node: Expression): boolean {
  return node.type === 'Attribute' && node.attr === 'initial' && node.value.type === 'Name' && node.value.id === 'self';
}
