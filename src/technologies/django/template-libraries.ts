import type { PythonPlace } from '../../link/python-code/python-code.js';
import type { Program } from '../../link/program.js';
import type { Call, Expression, FunctionDef } from '../../parse/python/ast.js';
import type { Location } from '../../location.js';
import { asksIn } from './asked-of-row.js';
import type { Names as Values } from './method-flow.js';
import { boundTo, reached, stepsOf, type Bound, type Names, type Reached, type ShownRow } from './template-names.js';
import type { TemplateTag } from './template-tags.js';
import { namesIn, quoted, type Given } from './given.js';
import { valueOf, valuesOf } from './view-values.js';

/** A tag that a function of the project is. https://docs.djangoproject.com/en/5.2/howto/custom-template-tags/ */
interface OwnTag {
  readonly fn: PythonPlace<FunctionDef>;
  /** What it renders; undefined where it gives a value. */
  readonly template: string | undefined;
  readonly takesContext: boolean;
}

/** What a tag of the project asks of the rows that it is given, and what it renders or gives. */
export interface TagResult {
  readonly asks: readonly Reached[];
  readonly renders: { readonly template: string; readonly names: Names } | undefined;
  readonly gives: { readonly name: string; readonly bound: Bound | undefined } | undefined;
}

/** Tags of the project by their names. */
export function ownTags(program: Program): ReadonlyMap<string, OwnTag> {
  return program.memo('django:own-tags', () => {
    const found = new Map<string, OwnTag>();
    for (const module of program.pythonCode.modulesWith(/\.(?:inclusion_tag|simple_tag|assignment_tag)\b/))
      for (const node of module.document.tree.body) {
        if (node.type !== 'FunctionDef') continue;
        for (const decorator of node.decorators) {
          const call = decorator.type === 'Call' ? decorator : undefined;
          const func = call?.func ?? decorator;
          if (func.type !== 'Attribute' || !/^(?:inclusion_tag|simple_tag|assignment_tag)$/.test(func.attr)) continue;
          const name = quoted(keyword(call, 'name')) ?? node.name;
          const takes = keyword(call, 'takes_context');
          const file = quoted(call?.args[0] ?? keyword(call, 'filename'));
          found.set(name, {
            fn: { module, node },
            template: func.attr === 'inclusion_tag' ? file : undefined,
            takesContext: takes?.type === 'Constant' && takes.value === true,
          });
        }
      }
    return found;
  });
}

function keyword(call: Call | undefined, name: string): Expression | undefined {
  return call?.keywords.find((one) => one.name === name)?.value;
}

/** What a tag does that the project wrote; undefined where it is none of those. */
export function ofOwnTag(program: Program, tag: TemplateTag, names: Names, at: Location): TagResult | undefined {
  const own = tag.kind === 'tag' ? ownTags(program).get(tag.name) : undefined;
  if (own === undefined) return undefined;
  const [, before = '', name] = /^([^\n]*?)(?:\sas\s+(\w+))?\s*$/.exec(tag.text) ?? [];
  const parameters = own.fn.node.params.list.slice(own.takesContext ? 1 : 0);
  const values: Values<Given> = new Map();
  const rows = new Map<Given, Bound>();
  const asks: Reached[] = [];
  if (own.takesContext) values.set(own.fn.node.params.list[0]?.name ?? '', contextOf(names, rows));
  for (const [i, word] of before.trim().split(/\s+/).slice(1).entries()) {
    const [, keywordName, chain = ''] = /^(?:(\w+)=)?([\w.]+)$/.exec(word) ?? [];
    const parameter = keywordName ?? parameters[i]?.name;
    const bound = chain === '' ? undefined : reached(program, chain, names, at).end;
    if (parameter === undefined) continue;
    const given = bound === undefined ? undefined : givenBy(bound);
    values.set(parameter, given);
    if (given === undefined || bound === undefined) continue;
    rows.set(given, bound);
    if (bound.kind === 'row') asks.push(...stepsOf(bound, asksIn(program, own.fn, parameter), tag.name, chain));
  }
  for (const { name: each, default: usual } of parameters)
    if (!values.has(each) && usual !== null)
      values.set(each, valueOf(program, { module: own.fn.module, node: usual }, { view: undefined }, new Map()));
  const all = valuesOf(program, own.fn, { view: undefined }, values);
  const boundAgain = (given: Given): Bound | undefined => rows.get(given) ?? boundTo(program, given);
  if (own.template === undefined) {
    const [first] = all;
    const bound = first === undefined ? undefined : boundAgain(first);
    return { asks, renders: undefined, gives: name === undefined ? undefined : { name, bound } };
  }
  const context = new Map<string, Bound>();
  for (const one of all)
    for (const [each, given] of namesIn(one)) {
      const bound = boundAgain(given);
      if (bound !== undefined) context.set(each, bound);
    }
  return { asks, renders: { template: own.template, names: context }, gives: undefined };
}

/** The names of the template that calls it. */
function contextOf(names: Names, rows: Map<Given, Bound>): Given {
  const found = new Map<string, Given>();
  for (const [name, bound] of names) {
    const given = givenBy(bound);
    if (given === undefined) continue;
    rows.set(given, bound);
    found.set(name, given);
  }
  return { kind: 'names', names: found };
}

function givenBy(bound: Bound): Given | undefined {
  if (bound.kind === 'single') return { kind: 'row', row: { ...bound.row } };
  if (bound.kind === 'row') return { kind: 'row', row: ofModel(bound) };
  return bound.kind === 'list' && bound.list.written !== undefined
    ? { kind: 'rows', rows: bound.list.rows, written: bound.list.written }
    : undefined;
}

function ofModel({ model }: ShownRow): Extract<Given, { kind: 'row' }>['row'] {
  return { kind: 'row', model, from: undefined, path: [] };
}
