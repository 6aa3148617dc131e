import { state, type Stated } from '../../facts/fact.js';
import { sharedMemory } from '../../facts/shared-memory.js';
import type { PythonModule, PythonPlace } from '../../link/python-code/python-code.js';
import type { Program } from '../../link/program.js';
import type { Assign, ClassDef, Expression, FunctionDef } from '../../parse/python/ast.js';
import { walkPython } from '../../parse/python/walk.js';
import { items, text } from '../../link/value.js';
import type { DjangoSettings } from './settings.js';

const MENTIONS = /\bclass[ \t]+\w{1,80}Middleware\b/;
/** What a server calls for each request; there is one object for all of them, and as many threads as it has may be inside. */
const PER_REQUEST =
  /^(?:__call__|__acall__|process_(?:request|view|response|exception|template_response)|dispatch|before_request|after_request)$/;

interface Write {
  readonly node: Assign;
  readonly value: Expression;
  readonly method: FunctionDef;
}

/**
 * What a middleware keeps of one request in a field of itself: Django makes one object when the process starts
 * (https://docs.djangoproject.com/en/5.2/topics/http/middleware/#writing-your-own-middleware), so a second request that comes
 * before the first has left finds what is not its own.
 */
export function* middlewareFields(program: Program, settings: DjangoSettings): Iterable<Stated> {
  const installed = settings.get('MIDDLEWARE') ?? settings.get('MIDDLEWARE_CLASSES');
  const names = new Set((items(installed) ?? []).map((one) => text(one)?.replace(/^.*\./, '')));
  for (const module of program.pythonCode.modulesWith(MENTIONS)) {
    for (const node of module.document.tree.body) {
      if (node.type !== 'ClassDef' || !node.name.endsWith('Middleware') || !names.has(node.name)) continue;
      if (program.pythonCode.ancestry({ module, node }).libraries.some((one) => /local$/i.test(one))) continue;
      const found = ofClass(program, { module, node });
      if (found !== undefined) yield found;
    }
  }
}

function ofClass(program: Program, { module, node }: PythonPlace<ClassDef>): Stated | undefined {
  const methods = node.body.filter((one): one is FunctionDef => one.type === 'FunctionDef');
  const { own, libraries } = program.pythonCode.ancestry({ module, node });
  // What a class of a library does with it is not known: it would not be set if nobody read it.
  const isOthers = libraries.some((one) => !/\bMiddlewareMixin$|\.object$|\bRemoteUserMiddleware$/.test(one));
  const readers = own.flatMap(({ node: one }) =>
    one.body.filter((part): part is FunctionDef => part.type === 'FunctionDef'),
  );
  const kept = [...writesOf(methods)].filter(
    ([name, writes]) => isOfRequest(module, writes) && (isOthers || isReadBack(readers, name, writes)),
  );
  const [first, ...others] = kept;
  const write = first?.[1][0];
  if (first === undefined || write === undefined) return undefined;
  return state(
    sharedMemory,
    program.pythonCode.locate({ module, node: write.node }),
    {
      name: `${node.name}.${first[0]}`,
      scope: 'process',
      writer: write.method.name,
      purpose: 'general',
      remedy: `a variable, or an attribute of the request: request.${first[0].replace(/^_+/, '')}`,
    },
    [
      {
        message: 'one object of the middleware serves all requests of the process, and its threads at the same time',
        location: program.pythonCode.locate({ module, node: { ...node, end: node.start + 'class '.length } }),
      },
      ...others.flatMap(([name, writes]) =>
        writes.slice(0, 1).map((one) => ({
          message: `"${name}" is the same`,
          location: program.pythonCode.locate({ module, node: one.node }),
        })),
      ),
    ],
  );
}

/** `self.name = value` in what each request calls. */
function writesOf(methods: readonly FunctionDef[]): ReadonlyMap<string, Write[]> {
  const found = new Map<string, Write[]>();
  for (const method of methods) {
    const self = method.params.list[0]?.name;
    if (!PER_REQUEST.test(method.name) || self === undefined) continue;
    walkPython(method, (node) => {
      if (node.type !== 'Assign') return;
      for (const target of node.targets) {
        if (target.type !== 'Attribute' || target.value.type !== 'Name' || target.value.id !== self) continue;
        const before = found.get(target.attr) ?? [];
        found.set(target.attr, [...before, { node, value: node.value, method }]);
      }
    });
  }
  return found;
}

/** Made of what the request brought or of the time at which it came, or switched to and fro; what is worked out once is the same for all. */
function isOfRequest(module: PythonModule, writes: readonly Write[]): boolean {
  const constants = new Set(
    writes.flatMap(({ value }) =>
      value.type === 'Constant' ? [module.document.text.slice(value.start, value.end)] : [],
    ),
  );
  return constants.size > 1 || writes.some(({ value, method }) => mentionsRequest(value, method));
}

function mentionsRequest(value: Expression, method: FunctionDef): boolean {
  const given = new Set(method.params.list.slice(1).map(({ name }) => name));
  // `password = request.page.password`, and what is made of that.
  walkPython(method, (node) => {
    if (node.type !== 'Assign' || !mentionsAny(node.value, given)) return;
    for (const target of node.targets) if (target.type === 'Name') given.add(target.id);
  });
  return mentionsAny(value, given);
}

function mentionsAny(value: Expression, given: ReadonlySet<string>): boolean {
  let found = false;
  walkPython(value, (node) => {
    if (node.type === 'Name') found ||= given.has(node.id);
    else if (node.type === 'Call' && node.func.type === 'Attribute')
      found ||= /^(?:time|monotonic|perf_counter|now|utcnow|Profile)$/.test(node.func.attr);
    return !found;
  });
  return found;
}

/** Whether a method reads what was kept. */
function isReadBack(methods: readonly FunctionDef[], name: string, writes: readonly Write[]): boolean {
  const assigned = new Set(writes.flatMap(({ node }) => node.targets));
  return methods.some((method) => {
    let read = false;
    walkPython(method, (node) => {
      if (node.type === 'Attribute' && node.attr === name && !assigned.has(node))
        read ||= node.value.type === 'Name' && node.value.id === method.params.list[0]?.name;
      return !read;
    });
    return read;
  });
}
