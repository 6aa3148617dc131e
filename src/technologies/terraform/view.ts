import type { Location } from '../../location.js';
import { locate } from '../../parse/document.js';
import type { HclBlock, HclExpression } from '../../parse/hcl/tree.js';
import { missing, type Data } from '../evaluated.js';
import { entriesOf, evaluate, type Context } from './evaluate.js';

/** A block as its values come out where it stands. */
export interface View {
  /** Of the attributes that are set. */
  readonly names: readonly string[];
  /** The value of an attribute; undefined where it is not set. */
  get(name: string): Data | undefined;
  /** The blocks of a type, those that `dynamic` makes included. */
  blocks(type: string): readonly View[];
  /** Why there may be further blocks of a type; undefined where all are known. */
  open(type: string): string | undefined;
  /** Whether an attribute, which holds names and no values, holds this one, or `all`. */
  mentions(attribute: string, name: string): boolean;
  /** How many a list has that is written out, each of one thing; undefined where that is not told. */
  written(name: string): number | undefined;
  /** Where an attribute stands, else the head of the block. */
  at(name?: string): Location;
}

const MOST_REPEATED = 200;

/** `aws_subnet.a.id`, `aws_subnet.a[0].id`, `"${aws_subnet.a.*.id[0]}"`: no list that is spread when it is applied. */
function isOne(node: HclExpression): boolean {
  if (node.kind === 'template') {
    const [only] = node.parts;
    return node.parts.length === 1 && only?.kind === 'value' ? isOne(only.value) : true;
  }
  if (node.kind === 'splat') return node.rest.kind === 'index';
  if (node.kind === 'member') return node.name === 'id';
  return node.kind === 'index' || node.kind === 'literal' || (node.kind === 'call' && node.name === 'element');
}

export function viewOf(node: HclBlock, context: Context): View {
  const values = new Map<string, Data>();
  const { document } = context;
  const { attributes, blocks } = node.body;
  const dynamics = (type: string): HclBlock[] =>
    blocks.filter((block) => block.type === 'dynamic' && block.labels[0] === type);
  const repeated = (block: HclBlock): { views: View[]; open: string | undefined } => {
    const forEach = block.body.attributes.find(({ name }) => name === 'for_each');
    const content = block.body.blocks.find(({ type }) => type === 'content');
    if (forEach === undefined || content === undefined) return { views: [], open: undefined };
    const data = evaluate(forEach.value, context);
    const entries = entriesOf(data);
    if (entries === undefined) return { views: [], open: data.kind === 'unknown' ? data.reason : 'it is not known' };
    const named = block.body.attributes.find(({ name }) => name === 'iterator')?.value;
    const iterator = named?.kind === 'name' ? named.name : (block.labels[0] ?? '');
    const isSet = data.kind !== 'map';
    const views = entries.slice(0, MOST_REPEATED).map(([key, value]) => {
      const each: Data = {
        kind: 'map',
        entries: new Map([
          ['key', isSet ? value : key],
          ['value', value],
        ]),
        from: value.from,
      };
      return viewOf(
        { ...content, head: block.head },
        { ...context, names: new Map(context.names).set(iterator, each) },
      );
    });
    return { views, open: undefined };
  };
  return {
    names: attributes.map(({ name }) => name),
    get(name) {
      const known = values.get(name);
      if (known !== undefined) return known;
      const found = attributes.findLast((one) => one.name === name);
      if (found === undefined) return undefined;
      // A value that leads back to itself is not known.
      values.set(name, missing(`${name} refers to itself`));
      const value = evaluate(found.value, context);
      values.set(name, value);
      return value;
    },
    blocks: (type) => [
      ...blocks.filter((block) => block.type === type).map((block) => viewOf(block, context)),
      ...dynamics(type).flatMap((block) => repeated(block).views),
    ],
    open: (type) =>
      dynamics(type)
        .map((block) => repeated(block).open)
        .find((reason) => reason !== undefined),
    mentions(attribute, name) {
      const found = attributes.findLast((one) => one.name === attribute)?.value;
      const items = found?.kind === 'list' ? found.items : found === undefined ? [] : [found];
      return items.some((one) => one.kind === 'name' && (one.name === name || one.name === 'all'));
    },
    written(name) {
      const found = attributes.findLast((one) => one.name === name)?.value;
      return found?.kind === 'list' && found.items.every(isOne) ? found.items.length : undefined;
    },
    at(name) {
      const found = name === undefined ? undefined : attributes.findLast((one) => one.name === name);
      return locate(document, found === undefined ? node.head : { start: found.nameRange.start, end: found.value.end });
    },
  };
}
