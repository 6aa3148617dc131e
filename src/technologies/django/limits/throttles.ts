import type { Location } from '../../../location.js';
import type { Program } from '../../../link/program.js';
import { items } from '../../../link/value.js';
import { locate, type Document } from '../../../parse/document.js';
import type { Expression, Module, Node } from '../../../parse/python/ast.js';
import { walkPython } from '../../../parse/python/walk.js';
import { isGuessed } from '../../guessed.js';
import { dottedName, importsOf, moduleOf } from '../imports.js';
import type { DjangoSettings } from '../settings.js';
import { documentsWith } from '../sources.js';
import { countedInCache, type Counted } from './counted-in.js';
import { settingOfFramework } from './framework-settings.js';
import { nameOfClass, throttleClass, type ThrottleClass } from './throttle-class.js';

/** A limit of any kind, before it is stated. */
export interface Limit {
  readonly name: string;
  readonly protects: 'logins' | 'requests';
  readonly location: Location;
  readonly counted: Counted;
}

/** Throttles of REST framework: those of the settings, and those that views name. */
export function* throttles(program: Program, settings: DjangoSettings): Iterable<Limit> {
  const scoped = viewsWithScope(program);
  const everywhere = settingOfFramework(settings, 'DEFAULT_THROTTLE_CLASSES');
  for (const item of items(everywhere) ?? []) {
    const dotted = nameOfClass(item);
    const found = dotted === undefined ? undefined : throttleClass(program, settings, dotted);
    if (found === undefined || (isScoped(found) && scoped.length === 0)) continue;
    const location = item.origin.locations[0] ?? settings.placeOf('REST_FRAMEWORK');
    // One for all requests protects their load; only a rate that is called so protects logins.
    const names = isScoped(found) ? scoped : [found.name, found.scope];
    yield* limit(program, settings, found, names, location);
  }
  for (const document of documentsWith(program, /\bthrottle_classes\b/)) yield* ofViews(program, settings, document);
}

function* ofViews(program: Program, settings: DjangoSettings, document: Document<Module>): Iterable<Limit> {
  const imports = importsOf(document);
  const uses: { classes: readonly Expression[]; names: string[]; node: Node }[] = [];
  walkPython(document.tree, (node, parents) => {
    const owner = parents.at(-1);
    if (node.type === 'Assign' && owner?.type === 'ClassDef') {
      if (!node.targets.some((target) => target.type === 'Name' && target.id === 'throttle_classes')) return;
      uses.push({ classes: elements(node.value), names: [owner.name, ...scopesIn(owner)], node });
    } else if (node.type === 'FunctionDef') {
      for (const decorator of node.decorators)
        if (decorator.type === 'Call' && dottedName(decorator.func, imports)?.endsWith('.throttle_classes') === true)
          uses.push({ classes: decorator.args.flatMap(elements), names: [node.name], node: decorator });
    }
  });
  for (const { classes, names, node } of uses) {
    const limits = classes.flatMap((one) => {
      const dotted = dottedName(one, imports);
      if (dotted === undefined) return [];
      const full = dotted.includes('.') ? dotted : `${moduleOf(document.path)}.${dotted}`;
      const found = throttleClass(program, settings, full);
      if (found === undefined) return [];
      return [...limit(program, settings, found, [...names, found.name, found.scope], locate(document, node))];
    });
    // Of several on one line, the one that is not shared is what to mend.
    const told = limits.find(({ counted }) => counted.scope !== 'cluster') ?? limits[0];
    if (told !== undefined) yield told;
  }
}

function* limit(
  program: Program,
  settings: DjangoSettings,
  found: ThrottleClass,
  names: readonly string[],
  location: Location,
): Iterable<Limit> {
  const counted = countedInCache(program, settings, found.cache);
  if (counted === undefined) return;
  yield { name: found.name, protects: names.some(isGuessed) ? 'logins' : 'requests', location, counted };
}

function isScoped({ name, scope }: ThrottleClass): boolean {
  return scope === '' && name === 'ScopedRateThrottle';
}

/** The names of views that say under which rate they fall, and those rates. */
function viewsWithScope(program: Program): readonly string[] {
  return program.memo('django:throttle-scopes', () => {
    const found: string[] = [];
    for (const document of documentsWith(program, /\bthrottle_scope\b/))
      walkPython(document.tree, (node) => {
        if (node.type === 'ClassDef') {
          const scopes = scopesIn(node);
          if (scopes.length > 0) found.push(node.name, ...scopes);
        } else if (node.type === 'Attribute' && node.attr === 'throttle_scope') found.push('throttle_scope');
      });
    return found;
  });
}

function scopesIn(view: Extract<Node, { type: 'ClassDef' }>): string[] {
  return view.body.flatMap((statement) => {
    if (statement.type !== 'Assign' || statement.value.type !== 'Constant' || statement.value.kind !== 'str') return [];
    const named = statement.targets.some((target) => target.type === 'Name' && target.id === 'throttle_scope');
    return named ? [statement.value.value] : [];
  });
}

function elements(value: Expression): readonly Expression[] {
  return value.type === 'List' || value.type === 'Tuple' ? value.elts : [];
}
