import type { Location } from '../../location.js';
import type { Program } from '../../link/program.js';
import { positionAt } from '../../location.js';
import type { Document } from '../../parse/document.js';
import type { Expression, If, Module, Node } from '../../parse/python/ast.js';
import { walkPython } from '../../parse/python/walk.js';
import type { DjangoSettings } from './settings.js';

/** Whether the code around a place runs under a condition or in a function, so that what stands there is one outcome of several. */
export function isConditional(program: Program, location: Location): boolean {
  const document = program.documents.get<Module>(location.uri, 'python');
  if (document === undefined) return false;
  return around(document, location).some(
    (node) => node.type === 'FunctionDef' || node.type === 'If' || node.type === 'Try' || node.type === 'IfExp',
  );
}

/** A setting, and the key in it that matters: `STORAGES["default"]`. */
export interface SettingPath {
  readonly name: string;
  readonly key?: string;
}

/**
 * The environment variable that would have a setting set in another way: it is asked by the `if` around the place where
 * the setting was set, or by one that sets it and was not taken, or it is an argument of the call that gave the value.
 */
export function switchOf(
  program: Program,
  settings: DjangoSettings,
  setting: SettingPath,
  location: Location,
): string | undefined {
  const document = program.documents.get<Module>(location.uri, 'python');
  if (document === undefined) return undefined;
  const parents = around(document, location);
  for (const node of [...parents].reverse()) {
    if (node.type === 'IfExp') {
      const variable = variableIn(node.test, settings);
      if (variable !== undefined) return variable;
    }
    if (node.type === 'If' && sets(node, setting)) {
      const variable = variableIn(node.test, settings);
      if (variable !== undefined) return variable;
    }
  }
  return notTaken(document, settings, setting);
}

/** The variable whose name is an argument of the call at a place: `DEBUG = from_environment("DEBUG", True)`. */
export function argumentAt(program: Program, location: Location): string | undefined {
  const document = program.documents.get<Module>(location.uri, 'python');
  if (document === undefined) return undefined;
  let found: string | undefined;
  walkPython(document.tree, (node) => {
    if (node.type !== 'Assign' || positionAt(document.lines, node.start).line !== location.region.startLine) return;
    found ??= constantIn(node.value);
  });
  return found;
}

/** `if X: SETTING = ...` whose test was false. */
function notTaken(document: Document<Module>, settings: DjangoSettings, setting: SettingPath): string | undefined {
  let found: string | undefined;
  walkPython(document.tree, (node) => {
    if (node.type === 'FunctionDef' || node.type === 'ClassDef') return false;
    if (node.type === 'If' && found === undefined && sets(node, setting)) found = variableIn(node.test, settings);
    return undefined;
  });
  return found;
}

function around(document: Document<Module>, location: Location): readonly Node[] {
  const { startLine, startColumn } = location.region;
  const offset = (document.lines[startLine - 1] ?? 0) + startColumn - 1;
  let chain: Node[] = [];
  walkPython(document.tree, (node, parents) => {
    if (node.type !== 'Module' && (offset < node.start || offset >= node.end)) return false;
    chain = [...parents, node];
    return undefined;
  });
  return chain;
}

/** Whether a branch of the statement sets a setting, or a part of it. */
function sets(node: If, { name, key }: SettingPath): boolean {
  let found = false;
  walkPython(node, (part) => {
    if (part.type !== 'Assign') return;
    for (const target of part.targets) {
      let base: Expression = target;
      let first: Expression | undefined;
      for (; base.type === 'Subscript'; base = base.value) first = base.slice;
      const other = first?.type === 'Constant' && first.value !== key;
      if (base.type === 'Name' && base.id === name && !other) found = true;
    }
  });
  return found;
}

/** The variable that a test asks for, directly or through a setting that was read from it. */
function variableIn(test: Expression, settings: DjangoSettings): string | undefined {
  const direct = constantIn(test);
  if (direct !== undefined) return direct;
  let found: string | undefined;
  walkPython(test, (node) => {
    if (node.type === 'Name') found ??= settings.names.get(node.id)?.origin.variables[0];
  });
  return found;
}

/** A text that can only be the name of a variable. */
function constantIn(expression: Expression): string | undefined {
  let found: string | undefined;
  walkPython(expression, (node) => {
    if (
      node.type === 'Constant' &&
      node.kind === 'str' &&
      /^[A-Z][A-Z0-9]*(_[A-Z0-9]+)*$/.test(node.value) &&
      node.value.length > 2
    )
      found ??= node.value;
  });
  return found;
}
