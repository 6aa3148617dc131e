import { lineStarts } from '../../location.js';
import type { Document } from '../../parse/document.js';
import type { GoTemplateTree } from '../../parse/go-template/node.js';
import type { YamlNode } from '../../parse/yaml/node.js';
import { boolean, get, isMap, items, pairs, string } from '../../parse/yaml/read.js';
import { folderOf, joinPath } from '../../repository-path.js';
import { RenderStop } from './bounds.js';
import { isForProduction, type Reading, type Release, valueOnPath, writtenValue } from './release.js';
import { createRenderer } from './render.js';
import { dict, filled, isMarked, text, unread, withoutMarks, type Dict } from './value.js';
import { layered, valueAt } from './values.js';
import { fromRendered, renderedNode, valuesOf } from './values-template.js';

/** https://helmfile.readthedocs.io/en/latest/ */
const HELMFILE =
  /(?:^|\/)(?:helmfile(?:[.-][\w-]{1,40})?\.ya?ml(?:\.gotmpl)?|helmfile\.d\/[^/]{1,100}\.ya?ml(?:\.gotmpl)?)$/;

const MOST_FILES = 30;
const MOST_RELEASES = 300;
const DEEPEST_BASE = 5;

/** What the parts of a file know of those before them. */
interface State {
  /** Whose values are taken; undefined until environments are named. */
  environment: string | undefined;
  values: Dict;
  readonly templates: Map<string, YamlNode>;
  readonly releases: Release[];
}

/** What helmfiles of the repository install in production. */
export function helmfileReleases(reading: Reading): Release[] {
  const paths = reading.inventory.files.map(({ path }) => path).filter((path) => HELMFILE.test(path));
  return paths.slice(0, MOST_FILES).flatMap((path) => {
    const state: State = { environment: undefined, values: dict(), templates: new Map(), releases: [] };
    try {
      read(path, state, reading, 0);
    } catch (error) {
      if (!(error instanceof RenderStop)) throw error;
      return [];
    }
    return state.releases;
  });
}

/** The parts of a file between `---` are rendered one after the other, each with what those before it set. */
function read(path: string, state: State, reading: Reading, depth: number): void {
  const text = reading.inventory.read(path);
  if (text === undefined || depth > DEEPEST_BASE) return;
  for (const [start, end] of partsOf(text)) {
    const document = partOf(path, text, start, end, reading);
    if (document.tree.fault !== undefined) continue;
    const before = state.environment;
    let node = renderPart(document, state, reading);
    for (const base of items(get(node, 'bases'))) {
      const inner = joinPath(folderOf(path), string(base) ?? '');
      if (inner !== path) read(inner, state, reading, depth + 1);
    }
    takeEnvironments(path, node, document, state, reading);
    if (state.environment !== before) node = renderPart(document, state, reading);
    for (const { key, value } of pairs(get(node, 'templates'))) state.templates.set(key, value);
    takeReleases(path, node, document, state, reading);
  }
}

function* partsOf(text: string): Generator<[number, number]> {
  let start = 0;
  for (const match of text.matchAll(/^---[^\n]*$/gm)) {
    yield [start, match.index];
    start = match.index + match[0].length;
  }
  yield [start, text.length];
}

/** A part at the offsets that it has in the file. */
function partOf(
  path: string,
  text: string,
  start: number,
  end: number,
  { documents }: Reading,
): Document<GoTemplateTree> {
  const blank = (part: string): string => part.replace(/[^\r\n]/g, ' ');
  const inside = blank(text.slice(0, start)) + text.slice(start, end) + blank(text.slice(end));
  const document = documents.embedded(path, inside, 'go-template') as Document<GoTemplateTree>;
  return { ...document, text: inside, lines: lineStarts(text) };
}

function renderPart(document: Document<GoTemplateTree>, state: State, { holes }: Reading): YamlNode | undefined {
  return renderedNode(document, dotOf(state), holes, 'otherwise').node;
}

/** https://helmfile.readthedocs.io/en/latest/writing-helmfile/ */
function dotOf({ environment, values }: State, release?: Pick<Release, 'name' | 'namespace'>): Dict {
  const named = environment === undefined ? unread('the environment that helmfile is called for') : text(environment);
  return dict([
    ['Environment', dict([['Name', named]])],
    ['Values', values],
    ['StateValues', values],
    ['Namespace', text(withoutMarks(release?.namespace ?? ''))],
    [
      'Release',
      dict([
        ['Name', text(withoutMarks(release?.name ?? ''))],
        ['Namespace', text(withoutMarks(release?.namespace ?? ''))],
      ]),
    ],
  ]);
}

function takeEnvironments(
  path: string,
  node: YamlNode | undefined,
  document: Document,
  state: State,
  reading: Reading,
): void {
  state.values = layersOf(path, get(node, 'values'), document, state, reading).dicts.reduce(
    (under, over) => layered(over, under),
    state.values,
  );
  const environments = pairs(get(node, 'environments'));
  if (environments.length === 0) return;
  const names = environments.map(({ key }) => key);
  // Without a word of production the one that helmfile takes by itself, or the only one that is for nothing else.
  const rest = names.filter((name) => isForProduction(name) !== false);
  state.environment ??=
    names.find((name) => isForProduction(name) === true) ??
    (names.includes('default') ? 'default' : rest.length === 1 ? rest[0] : undefined);
  const chosen = environments.find(({ key }) => key === state.environment)?.value;
  state.values = layersOf(path, get(chosen, 'values'), document, state, reading).dicts.reduce(
    (under, over) => layered(over, under),
    state.values,
  );
}

function takeReleases(
  path: string,
  node: YamlNode | undefined,
  document: Document,
  state: State,
  reading: Reading,
): void {
  for (const entry of items(get(node, 'releases')).slice(0, MOST_RELEASES)) {
    const layers = [entry, ...inherited(entry, state)];
    const say = (key: string): YamlNode | undefined =>
      layers.map((one) => get(one, key)).find((one) => one !== undefined);
    const rawName = string(say('name'));
    const chart = joinPath(folderOf(path), string(say('chart')) ?? '');
    if (rawName === undefined || !reading.charts.has(chart)) continue;
    const spoken = string(say('namespace'));
    const about = { name: rawName, namespace: spoken };
    const again = (written: string): string => rendered(written, dotOf(state, about), reading);
    const name = again(rawName);
    const namespace = spoken === undefined ? undefined : again(spoken);
    const values = [...layers]
      .reverse()
      .map((one) => layersOf(path, get(one, 'values'), document, state, reading, { name, namespace }));
    const set = items(say('set')).flatMap((one) => {
      const [key, value] = [string(get(one, 'name')), string(get(one, 'value'))];
      return key === undefined || value === undefined ? [] : (valueOnPath(key, writtenValue(again(value))) ?? []);
    });
    const condition = string(say('condition'));
    const asked = condition === undefined ? undefined : valueAt(state.values, condition);
    state.releases.push({
      name: isMarked(name) ? filled(name, reading.holes.reasons) : name,
      chart,
      namespace: namespace === undefined || isMarked(namespace) ? undefined : namespace,
      layers: [...values.flatMap(({ dicts }) => dicts), ...set],
      files: values.flatMap(({ files }) => files),
      path,
      production: state.environment === undefined ? undefined : isForProduction(state.environment) !== false,
      installed: boolean(say('installed')) !== false && !(asked?.kind === 'flag' && !asked.value),
    });
  }
}

/** `inherit: [{ template: default }]`; what a release says itself comes first. */
function inherited(entry: YamlNode, { templates }: State): YamlNode[] {
  return items(get(entry, 'inherit')).flatMap((one) => templates.get(string(get(one, 'template')) ?? '') ?? []);
}

/** Texts that are templates once more when a release is known: `values/{{ .Release.Name }}.yaml`. */
function rendered(written: string, dot: Dict, { holes }: Reading): string {
  if (!written.includes('{{')) return written;
  return createRenderer(new Map(), holes).tpl(written, dot) ?? written;
}

/** The values of a list of files and maps. Files are looked for beside the file that names them. */
function layersOf(
  path: string,
  list: YamlNode | undefined,
  document: Document,
  state: State,
  reading: Reading,
  release?: Pick<Release, 'name' | 'namespace'>,
): { dicts: Dict[]; files: string[] } {
  const dicts: Dict[] = [];
  const files: string[] = [];
  for (const entry of items(list).slice(0, 100)) {
    if (isMap(entry)) {
      const value = fromRendered(entry, document, reading.holes);
      if (value.kind === 'dict') dicts.push(value);
      continue;
    }
    const dot = dotOf(state, release);
    const file = joinPath(folderOf(path), rendered(string(entry) ?? '', dot, reading));
    if (!reading.inventory.has(file)) continue;
    const found = valuesOf(file, dot, reading.holes, reading.documents);
    if (found === undefined) continue;
    dicts.push(found);
    files.push(file);
  }
  return { dicts, files };
}
