import { state, type Stated } from '../../facts/fact.js';
import { sharedMemory } from '../../facts/shared-memory.js';
import { locate, type Document } from '../../parse/document.js';
import type { ClassDef, Expression, FunctionDef, Module, Name } from '../../parse/python/ast.js';
import { walkPython } from '../../parse/python/walk.js';
import { importedFrom, kindOf, variablesOf, type Variable } from './module-state.js';
import { isHandler, isRequestModule, requestEvidence } from './request-path.js';
import type { Place } from './scopes.js';
import { isHarmless, purposeOf } from './write-purpose.js';
import { writesIn, type Write } from './writes.js';

/** Django's reloader, which only the development server runs: who listens to it serves a developer. */
const AUTORELOAD = 'django.utils.autoreload';

export { REQUEST_MODULES as reads } from './index.js';

/** Variables of modules and of classes that requests change: every process has its own. */
export function* fromDocument(document: Document): Iterable<Stated> {
  const python = document as Document<Module>;
  if (importedFrom(python, AUTORELOAD).size > 0) return;
  const variables = variablesOf(python);
  const attributes = attributesOf(python);
  if (variables.size === 0 && attributes.size === 0) return;
  const writes = writesIn(python.tree, (expression, place) => variableOf(expression, place, variables, attributes));
  if (writes.size === 0) return;
  const called = calledAtImport(python.tree);
  for (const [name, all] of writes) {
    const variable = variables.get(name) ?? attributes.get(name);
    if (variable !== undefined) yield* stated(document, variable, all, called);
  }
}

function* stated(
  document: Document,
  variable: Variable,
  all: readonly Write[],
  called: ReadonlySet<string>,
): Iterable<Stated> {
  if (all.every(({ how }) => how === 'shrink') || isHarmless(variable, all)) return;
  for (const write of all) {
    if (write.how === 'shrink' || write.place.tests.some(isDebugging)) continue;
    const writer = write.place.levels.at(-1)?.definition;
    if (writer === undefined || fillsAtImport(writer, write, called)) continue;
    const reason =
      requestEvidence(write.place.levels) ??
      (isRequestModule(document.path) ? `${writer.name} stands among what answers requests` : undefined);
    const purpose = reason === undefined ? undefined : purposeOf(variable, write, all);
    if (reason === undefined || purpose === undefined) continue;
    yield state(
      sharedMemory,
      locate(document, variable.target),
      { name: variable.name, scope: 'process', writer: writer.name, purpose },
      [{ message: `${writer.name} changes it, and ${reason}`, location: locate(document, write.node) }],
    );
    return;
  }
}

/** `settings.DEBUG`, alone or with more: what stands below it production does not run. */
function isDebugging(test: Expression): boolean {
  if (test.type === 'BoolOp') return test.op === 'and' && test.values.some(isDebugging);
  return (
    test.type === 'Attribute' && test.attr === 'DEBUG' && test.value.type === 'Name' && test.value.id === 'settings'
  );
}

/** The shared variable that an expression stands for: a global name, or an attribute of a class that handles requests. */
function variableOf(
  expression: Expression,
  place: Place,
  variables: ReadonlyMap<string, Variable>,
  attributes: ReadonlyMap<string, Variable>,
): string | undefined {
  if (expression.type === 'Name') {
    return variables.has(expression.id) && place.isGlobal(expression.id) ? expression.id : undefined;
  }
  if (expression.type !== 'Attribute' || expression.value.type !== 'Name') return undefined;
  const { id } = expression.value;
  const owner = place.levels.find((level) => level.owner !== undefined)?.owner;
  const name = id === 'self' || id === 'cls' ? owner?.name : id;
  const full = `${name ?? ''}.${expression.attr}`;
  return attributes.has(full) ? full : undefined;
}

/** Mutable attributes that classes which answer requests share among their instances. */
function attributesOf(document: Document<Module>): ReadonlyMap<string, Variable> {
  const found = new Map<string, Variable>();
  const collections = importedFrom(document, 'collections');
  for (const statement of document.tree.body) {
    if (statement.type !== 'ClassDef' || !isHandler(statement)) continue;
    let own: ReadonlySet<string> | undefined;
    for (const part of statement.body) {
      const target: Expression | undefined =
        part.type === 'Assign' ? part.targets[0] : part.type === 'AnnAssign' ? part.target : undefined;
      const value = part.type === 'Assign' || part.type === 'AnnAssign' ? part.value : null;
      if (target?.type !== 'Name' || value === null) continue;
      const kind = kindOf(value, collections);
      if (kind === undefined || kind === 'plain') continue;
      own ??= assignedOnSelf(statement);
      if (own.has(target.id)) continue;
      found.set(`${statement.name}.${target.id}`, { name: `${statement.name}.${target.id}`, kind, target });
    }
  }
  return found;
}

/** Attributes that a method gives to the instance itself: from then on the class's own is not meant. */
function assignedOnSelf(definition: ClassDef): ReadonlySet<string> {
  const names = new Set<string>();
  walkPython(definition, (node) => {
    if (node.type !== 'Assign' && node.type !== 'AnnAssign') return;
    for (const target of node.type === 'Assign' ? node.targets : [node.target])
      if (target.type === 'Attribute' && isSelf(target.value)) names.add(target.attr);
  });
  return names;
}

function isSelf(expression: Expression): expression is Name {
  return expression.type === 'Name' && expression.id === 'self';
}

/** Functions that the module itself calls or decorates with while it is imported. */
function calledAtImport(module: Module): ReadonlySet<string> {
  const names = new Set<string>();
  const call = (expression: Expression): void => {
    const callee = expression.type === 'Call' ? expression.func : expression;
    if (callee.type === 'Name') names.add(callee.id);
    else if (callee.type === 'Attribute') names.add(callee.attr);
  };
  walkPython(module, (node) => {
    if (node.type === 'FunctionDef' || node.type === 'ClassDef') node.decorators.forEach(call);
    if (node.type === 'FunctionDef' || node.type === 'Lambda') return false;
    if (node.type === 'Call') call(node);
    return undefined;
  });
  return names;
}

const FILLERS =
  /^(_*)(register|unregister|add_|connect|subscribe|autodiscover|discover|init|setup|configure|load|populate|install|ready|build|reset|clear|invalidate|on_startup|startup|lifespan|main)|^__(init_subclass|set_name|new)__$/;

/** Registries and tables: filled while modules are imported or the application starts, then only read. */
function fillsAtImport(writer: FunctionDef, write: Write, called: ReadonlySet<string>): boolean {
  const ofHandler = write.place.levels.some(({ owner }) => owner !== undefined && isHandler(owner));
  if ((FILLERS.test(writer.name) && !ofHandler) || called.has(writer.name)) return true;
  const outermost = write.place.levels[0]?.definition;
  if (outermost !== undefined && outermost !== writer && called.has(outermost.name)) return true;
  const { value } = write;
  // A function or class that is handed in is an entry of a registry, whoever hands it in.
  return (
    value?.type === 'Name' &&
    /^(f|fn|func|function|cls|klass|class_|handler|callback|view|view_func|method)$/.test(value.id)
  );
}
