import type { Inventory } from '../../discover/inventory.js';
import type { Document } from '../../parse/document.js';
import { locate } from '../../parse/document.js';
import { parseTemplate } from '../../parse/hcl/parse.js';
import type { HclBlock, HclExpression } from '../../parse/hcl/tree.js';
import { joinPath } from '../../repository-path.js';
import { computedOf } from './computed.js';
import { isNothing, list, memberOf, missing, numberOf, plain, takenOf, textOf, type Data } from '../evaluated.js';
import { entriesOf, evaluate, type Context, type Effort } from './evaluate.js';
import { literal, type Folder, type Placed } from './folders.js';
import type { Resource } from './resource.js';
import { typed } from './typed.js';
import { viewOf } from './view.js';

/** What one run of evaluation shares. */
export interface World {
  readonly folders: ReadonlyMap<string, Folder>;
  readonly inventory: Inventory;
  readonly effort: Effort;
  /** Modules made so far: calls can multiply. */
  made: number;
  /** What the word for the environment is in production, as far as anything tells. */
  readonly workspace: Data;
}

/** A folder with the values that it is called with. */
export interface Module {
  /** `module.shop.module.database`; empty for a root. */
  readonly address: string;
  readonly folder: Folder;
  readonly world: World;
  readonly input: (name: string) => Data | undefined;
  readonly depth: number;
  readonly memo: Map<string, Data | 'open'>;
  readonly children: Map<string, readonly Called[]>;
  readonly expanded: Map<string, readonly Resource[]>;
}

/** One instance of a call: of a folder of the repository, or of what somebody publishes. */
export interface Called {
  readonly key: Data | undefined;
  readonly module: Module | undefined;
  readonly resource: Resource;
}

const MOST_MODULES = 150;
const MOST_INSTANCES = 40;
const DEEPEST = 8;

export function makeModule(
  world: World,
  folder: Folder,
  address: string,
  input: Module['input'],
  depth: number,
): Module {
  world.made++;
  return { address, folder, world, input, depth, memo: new Map(), children: new Map(), expanded: new Map() };
}

/** Where an expression of a module stands. */
export function contextOf(module: Module, document: Document, names: ReadonlyMap<string, Data> = new Map()): Context {
  return {
    document,
    effort: module.world.effort,
    names,
    resolve: (name) => resolve(module, name),
    call: (name, args) => reading(module, name, args),
  };
}

function resolve(module: Module, name: string): Data {
  const from = { places: [], resources: [] };
  const members = (member: (name: string) => Data): Data => ({ kind: 'lazy', member, from });
  if (name === 'var') return members((one) => once(module, `var.${one}`, () => variable(module, one)));
  if (name === 'local') return members((one) => once(module, `local.${one}`, () => local(module, one)));
  if (name === 'module') return members((one) => instancesOf(callsOf(module, one), outputsOf, `module.${one}`));
  if (name === 'data') return members((type) => members((one) => data(module, type, one)));
  if (name === 'path') {
    const path = joinPath('', module.folder.path);
    return members((one) =>
      one === 'module' || one === 'root' || one === 'cwd' ? plain(path === '' ? '.' : path) : missing(`path.${one}`),
    );
  }
  if (name === 'terraform')
    return members((one) => (one === 'workspace' ? module.world.workspace : missing(`terraform.${one}`)));
  return members((one) => instancesOf(resourcesNamed(module, `${name}.${one}`), attributesOf, `${name}.${one}`));
}

function once(module: Module, key: string, work: () => Data): Data {
  const found = module.memo.get(key);
  if (found === 'open') return missing(`${key} refers to itself`);
  if (found !== undefined) return found;
  module.memo.set(key, 'open');
  const result = work();
  module.memo.set(key, result);
  return result;
}

function variable(module: Module, name: string): Data {
  const given = module.input(name);
  const placed = module.folder.variables.get(name);
  if (placed === undefined) return given ?? missing(`var.${name} is declared nowhere`);
  const context = contextOf(module, placed.document);
  const attribute = (one: string): HclExpression | undefined =>
    placed.node.body.attributes.find((candidate) => candidate.name === one)?.value;
  const type = attribute('type');
  const asTyped = (data: Data): Data => (type === undefined ? data : typed(type, data, context));
  const byDefault = attribute('default');
  // A null takes the default where there is one.
  if (given !== undefined && !isNothing(given)) return asTyped(given);
  if (byDefault !== undefined) return asTyped(evaluate(byDefault, context));
  const place = locate(placed.document, placed.node.head);
  return missing(`nothing in the repository sets var.${name}`, { places: [place], resources: [] });
}

function local(module: Module, name: string): Data {
  const placed = module.folder.locals.get(name);
  if (placed === undefined) return missing(`local.${name} is declared nowhere`);
  return evaluate(placed.node.value, contextOf(module, placed.document));
}

/** What a data source gives is outside, except for templates of the repository. */
function data(module: Module, type: string, name: string): Data {
  const placed = module.folder.data.get(`${type}.${name}`);
  const address = `${module.address === '' ? '' : `${module.address}.`}data.${type}.${name}`;
  if (placed === undefined || type !== 'template_file')
    return lazily(address, () => missing(`data.${type}.${name} is looked up when it is applied`));
  const view = viewOf(placed.node, contextOf(module, placed.document));
  return lazily(address, (member) =>
    member === 'rendered'
      ? renderedFile(module, view.get('template') ?? missing('it has no template'), view.get('vars'))
      : (view.get(member) ?? missing(`data.${type}.${name}.${member}`)),
  );
}

function lazily(address: string, member: (name: string) => Data): Data {
  const self: Data = {
    kind: 'lazy',
    from: { places: [], resources: [address] },
    member: (name) => takenOf(member(name), address),
    key: () => self,
    each: () => [self],
  };
  return self;
}

/** Functions that look at the repository. */
function reading(module: Module, name: string, args: readonly Data[]): Data | undefined {
  if (name === 'file') return fileText(module, args[0]);
  if (name === 'templatefile') return renderedFile(module, fileText(module, args[0]), args[1]);
  if (name === 'fileexists') {
    const path = textOf(args[0]);
    return path === undefined ? undefined : plain(module.world.inventory.has(joinPath('', path)));
  }
  return undefined;
}

function fileText({ world, folder }: Module, path: Data | undefined): Data {
  const written = textOf(path);
  if (written === undefined) return missing('the name of the file is not known', path?.from);
  const around = [written, joinPath(folder.path, written)].map((one) => joinPath('', one));
  const found = around.find((one) => world.inventory.has(one));
  const text = found === undefined ? undefined : world.inventory.read(found);
  return text === undefined ? missing(`${written} is not in the repository`, path?.from) : plain(text, path?.from);
}

function renderedFile(module: Module, template: Data, values: Data | undefined): Data {
  const text = textOf(template);
  if (text === undefined) return template;
  const [document] = module.folder.documents;
  if (document === undefined) return template;
  const names = new Map(values?.kind === 'map' ? values.entries : []);
  const context = contextOf(module, document, names);
  const result = evaluate(parseTemplate(text), { ...context, resolve: (name) => missing(`nothing gives ${name}`) });
  // Its offsets are those of another file.
  return { ...result, from: { ...result.from, places: template.from.places } };
}

/** Members of the only instance, or of one that is chosen by its key. */
function instancesOf<T extends { readonly key: Data | undefined }>(
  all: readonly T[],
  one: (instance: T) => Data,
  address: string,
): Data {
  const [first] = all;
  if (first === undefined) {
    const gone = missing(`there is no ${address}`);
    return { kind: 'lazy', from: gone.from, member: () => gone, key: () => gone, each: () => [] };
  }
  const self = one(first);
  const member = (name: string): Data => memberOf(self, name) ?? missing(`${address}.${name} is not known`);
  return {
    kind: 'lazy',
    from: self.from,
    member,
    key: (key) => {
      const found = all.find((instance) => textOf(instance.key) === String(key));
      return found === undefined ? self : one(found);
    },
    each: () => all.map(one),
  };
}

function attributesOf(resource: Resource): Data {
  const { address, view } = resource;
  return lazily(address, (name) => {
    const computed = computedOf(resource, name);
    if (computed !== undefined) return computed;
    const own = view.get(name);
    if (own !== undefined) return own;
    const blocks = view.blocks(name);
    if (blocks.length > 0)
      return list(
        blocks.map((block) => lazily(address, (inner) => block.get(inner) ?? missing(`${inner} is not set`))),
      );
    return missing(`${address}.${name} is known once it is applied`, { places: [view.at()], resources: [address] });
  });
}

function outputsOf({ module, resource }: Called): Data {
  if (module === undefined) return attributesOf(resource);
  return lazily(resource.address, (name) => {
    const placed = module.folder.outputs.get(name);
    const value = placed?.node.body.attributes.find((one) => one.name === 'value');
    if (placed === undefined || value === undefined) return missing(`${resource.address} has no output ${name}`);
    return once(module, `output.${name}`, () => evaluate(value.value, contextOf(module, placed.document)));
  });
}

/** What a module that is applied by itself puts out, for others that are applied by themselves: its resources are not theirs. */
export function outputOf(module: Module | undefined, name: string): Data {
  const placed = module?.folder.outputs.get(name);
  const value = placed?.node.body.attributes.find((one) => one.name === 'value')?.value;
  if (module === undefined || placed === undefined || value === undefined)
    return missing(`${name} is put out by what is not in the repository`);
  const result = once(module, `output.${name}`, () => evaluate(value, contextOf(module, placed.document)));
  return { ...result, from: { ...result.from, resources: [] } };
}

/** The resources of that address, one for each key of `for_each`; those of `count` are one, with their number. */
export function resourcesNamed(module: Module, address: string): readonly Resource[] {
  const known = module.expanded.get(address);
  if (known !== undefined) return known;
  const placed = module.folder.resources.get(address);
  if (placed === undefined) return [];
  // While it is worked out it has no instances yet.
  module.expanded.set(address, []);
  const [type = '', name = ''] = address.split('.');
  const result = expanded(module, placed, address, type, name);
  module.expanded.set(address, result);
  return result;
}

function expanded(
  module: Module,
  { document, node }: Placed<HclBlock>,
  path: string,
  type: string,
  name: string,
): Resource[] {
  const whole = module.address === '' ? path : `${module.address}.${path}`;
  const context = contextOf(module, document);
  const given = (one: string): Data | undefined => {
    const found = node.body.attributes.find((attribute) => attribute.name === one);
    return found === undefined ? undefined : evaluate(found.value, context);
  };
  const single = (names: ReadonlyMap<string, Data>, key: Data | undefined, count: Data): Resource => ({
    address: key === undefined ? whole : `${whole}["${textOf(key) ?? ''}"]`,
    type,
    name,
    key,
    count,
    view: viewOf(node, contextOf(module, document, names)),
  });
  const each = (key: Data, value: Data): ReadonlyMap<string, Data> =>
    new Map([
      [
        'each',
        {
          kind: 'map',
          entries: new Map([
            ['key', key],
            ['value', value],
          ]),
          from: value.from,
        },
      ],
    ]);
  const forEach = given('for_each');
  if (forEach !== undefined) {
    const entries = entriesOf(forEach);
    if (entries === undefined) {
      const open = missing(forEach.kind === 'unknown' ? forEach.reason : 'not known', forEach.from);
      return [
        single(
          each(open, open),
          undefined,
          missing(`one for each of what is not known: ${open.kind === 'unknown' ? open.reason : ''}`, open.from),
        ),
      ];
    }
    const isSet = forEach.kind !== 'map';
    return entries
      .slice(0, MOST_INSTANCES)
      .map(([key, value]) => single(each(isSet ? value : key, value), isSet ? value : key, plain(1)));
  }
  const count = given('count');
  if (count === undefined) return [single(new Map(), undefined, plain(1))];
  if (numberOf(count) === 0) return [];
  const index: Data = { kind: 'map', entries: new Map([['index', plain(0)]]), from: count.from };
  return [single(new Map([['count', index]]), undefined, count)];
}

/** The instances of a call of another module. */
export function callsOf(module: Module, name: string): readonly Called[] {
  const known = module.children.get(name);
  if (known !== undefined) return known;
  const placed = module.folder.calls.get(name);
  if (placed === undefined) return [];
  module.children.set(name, []);
  const source = literal(placed.node.body, 'source') ?? '';
  const target = /^\.{1,2}(?:\/|$)/.test(source)
    ? module.world.folders.get(joinPath(module.folder.path, source.replace('//', '/')))
    : undefined;
  const result = expanded(module, placed, `module.${name}`, source.replace(/^registry\.terraform\.io\//, ''), name).map(
    (resource): Called => ({
      key: resource.key,
      resource,
      module: target === undefined ? undefined : child(module, target, resource),
    }),
  );
  module.children.set(name, result);
  return result;
}

function child(parent: Module, folder: Folder, resource: Resource): Module | undefined {
  const { world, depth } = parent;
  if (depth >= DEEPEST || world.made >= MOST_MODULES) return undefined;
  return makeModule(world, folder, resource.address, (name) => resource.view.get(name), depth + 1);
}

/** Everything that a root describes, its modules included. */
export function* everything(module: Module): Generator<Resource> {
  for (const address of module.folder.resources.keys()) yield* resourcesNamed(module, address);
  for (const [path, { document, node }] of module.folder.data) {
    const [type = '', name = ''] = path.split('.');
    if (type !== 'archive_file' && type !== 'aws_cloudfront_cache_policy') continue;
    const address = `${module.address === '' ? '' : `${module.address}.`}data.${path}`;
    const view = viewOf(node, contextOf(module, document));
    yield { address, type: `data.${type}`, name, key: undefined, count: plain(1), view };
  }
  for (const name of module.folder.calls.keys()) {
    for (const called of callsOf(module, name)) {
      if (called.module === undefined) yield called.resource;
      else yield* everything(called.module);
    }
  }
}
