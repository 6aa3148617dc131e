import { posix } from 'node:path';
import { isUnknown, unknown, type Maybe } from '../../location.js';
import type { Document, Range } from '../../parse/document.js';
import { expand } from '../../parse/dockerfile/expand.js';
import type { DockerfileTree, DockerfileWord, Instruction } from '../../parse/dockerfile/instruction.js';
import type { Lookup } from '../../parse/shell/parameter.js';

export interface Variable {
  readonly value: Maybe<string>;
  readonly place: Range;
}

export interface Words {
  readonly words: readonly string[];
  readonly place: Range;
  /** Of each word, where they are written as a list. */
  readonly places: readonly Range[] | undefined;
}

export interface Copy {
  readonly source: string;
  readonly target: Maybe<string>;
  readonly place: Range;
}

/** What an image of this stage holds, with everything that it takes over from stages before it. */
export interface Stage {
  readonly name: string;
  /** The stage it starts from, where that is one of the same file. */
  readonly parent: Stage | undefined;
  /** The image of another file that it starts from in the end. */
  readonly base: Maybe<string>;
  /** Where that image is written: the argument that alone says which, else its own FROM. */
  readonly basePlace: Range;
  readonly from: Range;
  readonly variables: Map<string, Variable>;
  readonly args: Map<string, Maybe<string>>;
  readonly copies: Copy[];
  workingDirectory: Maybe<string>;
  shell: readonly string[];
  entrypoint: Words | undefined;
  command: Words | undefined;
  stopSignal: string | undefined;
}

/** A file with more is no build file that a person wrote; each stage repeats what it inherits. */
const MOST_STAGES = 100;
/** Of one stage; `COPY --from` multiplies them. */
const MOST_COPIES = 500;

interface Build {
  readonly stages: Stage[];
  /** `ARG` before the first `FROM`. */
  readonly globals: Map<string, Maybe<string>>;
  readonly globalPlaces: Map<string, Range>;
  readonly escape: string;
}

export function stagesOf(document: Document<DockerfileTree>): readonly Stage[] {
  const { instructions, escape } = document.tree;
  const build: Build = { stages: [], globals: new Map(), globalPlaces: new Map(), escape };
  for (const instruction of instructions) {
    if (instruction.onbuild) continue;
    const stage = build.stages.at(-1);
    if (instruction.keyword === 'FROM') {
      if (build.stages.length >= MOST_STAGES) break;
      const opened = openStage(build, instruction);
      if (opened !== undefined) build.stages.push(opened);
    } else if (stage !== undefined) apply(build, stage, instruction);
    else if (instruction.keyword === 'ARG') {
      declare(build.globals, instruction, lookupOf(build.globals), escape);
      for (const { text, start, end } of instruction.words)
        build.globalPlaces.set(text.split('=')[0] ?? '', { start, end });
    }
  }
  return build.stages;
}

function openStage(build: Build, instruction: Instruction): Stage | undefined {
  const [image, as, alias] = instruction.words;
  if (image === undefined) return undefined;
  const base = value(image.text, lookupOf(build.globals), build.escape);
  const parent = isUnknown(base) ? undefined : findStage(build, base);
  const name = as?.text.toLowerCase() === 'as' && alias !== undefined ? alias.text : String(build.stages.length);
  const from = { start: image.start, end: image.end };
  if (parent === undefined) {
    const fresh = { variables: new Map<string, Variable>(), args: new Map<string, Maybe<string>>(), copies: [] };
    const shell = ['/bin/sh', '-c'];
    return {
      name,
      parent,
      base,
      basePlace: placeOfVersion(build, image.text) ?? from,
      from,
      ...fresh,
      workingDirectory: '/',
      shell,
      entrypoint: undefined,
      command: undefined,
      stopSignal: undefined,
    };
  }
  return {
    ...parent,
    name,
    parent,
    from,
    variables: new Map(parent.variables),
    args: new Map(),
    copies: [...parent.copies],
  };
}

/** `python:${PYTHON_VERSION}`: whoever wants another version changes the argument. */
function placeOfVersion({ globalPlaces }: Build, image: string): Range | undefined {
  const [, name] = /^[^$]{0,200}\$\{?(\w{1,100})\}?[\w.-]{0,100}$/.exec(image) ?? [];
  return name === undefined ? undefined : globalPlaces.get(name);
}

function findStage(build: Build, name: string): Stage | undefined {
  return (
    build.stages.findLast((stage) => stage.name.toLowerCase() === name.toLowerCase()) ??
    (/^\d{1,3}$/.test(name) ? build.stages[Number(name)] : undefined)
  );
}

function apply(build: Build, stage: Stage, instruction: Instruction): void {
  const lookup = lookupIn(stage);
  const { escape } = build;
  switch (instruction.keyword) {
    case 'ARG':
      for (const word of instruction.words) {
        const name = word.text.split('=')[0] ?? '';
        const global = build.globals.get(name);
        if (!word.text.includes('=') && global !== undefined) stage.args.set(name, global);
        else declareOne(stage.args, word, lookup, escape);
      }
      break;
    case 'ENV':
      for (const { name, written, place } of pairs(instruction)) {
        stage.variables.set(name, { value: value(written, lookup, escape), place });
      }
      break;
    case 'WORKDIR': {
      const path = value(instruction.text, lookup, escape);
      stage.workingDirectory = isUnknown(path) ? path : below(stage.workingDirectory, path);
      break;
    }
    case 'SHELL':
      if (instruction.json !== undefined) stage.shell = instruction.json.map((word) => word.text);
      break;
    case 'STOPSIGNAL':
      stage.stopSignal = instruction.text.trim();
      break;
    case 'CMD':
      stage.command = wordsOf(stage, instruction);
      break;
    case 'ENTRYPOINT':
      stage.entrypoint = wordsOf(stage, instruction);
      // An inherited command was meant for the entry point that goes; one of this stage stays.
      if (stage.command === stage.parent?.command) stage.command = undefined;
      break;
    case 'RUN':
      for (const copy of [...copiesInside(stage, instruction)])
        if (stage.copies.length < MOST_COPIES) stage.copies.push(copy);
      break;
    case 'COPY':
    case 'ADD':
      for (const copy of copiesOf(build, stage, instruction))
        if (stage.copies.length < MOST_COPIES) stage.copies.push(copy);
      break;
  }
}

function declare(args: Map<string, Maybe<string>>, instruction: Instruction, lookup: Lookup, escape: string): void {
  for (const word of instruction.words) declareOne(args, word, lookup, escape);
}

function declareOne(args: Map<string, Maybe<string>>, word: DockerfileWord, lookup: Lookup, escape: string): void {
  const equals = word.text.indexOf('=');
  const name = equals < 0 ? word.text : word.text.slice(0, equals);
  const none = unknown(`given by the build argument ${name}, which has no default`);
  args.set(name, equals < 0 ? none : value(word.text.slice(equals + 1), lookup, escape));
}

/** `A=1 B="two words"`, and the old form `A one value`. */
function pairs(instruction: Instruction): { name: string; written: string; place: Range }[] {
  const { words, text } = instruction;
  const [first] = words;
  if (first === undefined) return [];
  if (!first.text.includes('=')) {
    const written = text.slice(first.text.length).trim();
    return [{ name: first.text, written, place: { start: first.start, end: words.at(-1)?.end ?? first.end } }];
  }
  return words.flatMap((word) => {
    const equals = word.text.indexOf('=');
    if (equals < 1) return [];
    const name = word.text.slice(0, equals);
    return [{ name, written: word.text.slice(equals + 1), place: { start: word.start, end: word.end } }];
  });
}

function wordsOf(stage: Stage, instruction: Instruction): Words {
  const words = instruction.json?.map((word) => word.text) ?? [...stage.shell, instruction.text];
  const [first] = instruction.words;
  const place = { start: first?.start ?? instruction.start, end: instruction.end };
  return { words, place, places: instruction.json };
}

function lookupIn(stage: Stage): Lookup {
  const args = lookupOf(stage.args);
  return (name) => {
    const variable = stage.variables.get(name);
    return variable === undefined ? args(name) : isUnknown(variable.value) ? null : variable.value;
  };
}

function lookupOf(args: ReadonlyMap<string, Maybe<string>>): Lookup {
  return (name) => {
    const found = args.get(name);
    return found === undefined ? undefined : isUnknown(found) ? null : found;
  };
}

function value(written: string, lookup: Lookup, escape: string): Maybe<string> {
  const { text, missing } = expand(written, lookup, escape);
  const [name] = missing;
  if (name === undefined) return text;
  return lookup(name) === null
    ? unknown(`depends on ${name}, whose value is given when the image is built`)
    : unknown(`depends on ${name}, which only the base image could set`);
}

function below(folder: Maybe<string>, path: string): Maybe<string> {
  if (path.startsWith('/')) return posix.normalize(path);
  return isUnknown(folder) ? folder : posix.join(folder, path);
}

function* copiesOf(build: Build, stage: Stage, instruction: Instruction): Generator<Copy> {
  const words = (instruction.json ?? instruction.words).filter((word) => !word.text.startsWith('<<'));
  const last = words.at(-1);
  if (words.length < 2 || last === undefined) return;
  const lookup = lookupIn(stage);
  const written = value(last.text, lookup, build.escape);
  const target = isUnknown(written) ? written : targetOf(stage.workingDirectory, written, words.length > 2);
  const from = instruction.flags.find((flag) => flag.name === 'from');
  const origin = from === undefined ? undefined : findStage(build, from.value);
  if (from !== undefined && origin === undefined) return;
  for (const word of words.slice(0, -1)) {
    const source = value(word.text, lookup, build.escape);
    if (isUnknown(source) || /^(?:[a-z]+:\/\/|git@)/.test(source)) continue;
    const place = { start: word.start, end: word.end };
    if (origin === undefined) yield { source: cleaned(source), target: underItsName(source, target), place };
    else yield* copiesBetween(origin, source, target, place);
  }
}

/** Only the inventory knows files from folders; what ends like `.txt`, is called like `VERSION` or `.npmrc`, or names several files, is none. */
function underItsName(source: string, target: Maybe<string>): Maybe<string> {
  const name = source.slice(source.lastIndexOf('/') + 1);
  const isFile =
    /[^.]\.[A-Za-z]\w{0,9}$|[*?[]|^[A-Z][A-Z0-9_-]+$|^[A-Z][a-z]+file$|^\.[\w-]*(?:rc|env|version|ignore)$/.test(name);
  return isFile && !isUnknown(target) && target.endsWith('/') ? target + name : target;
}

/** A folder as target keeps a slash at its end: files then go into it under their own names. */
function targetOf(folder: Maybe<string>, written: string, several: boolean): Maybe<string> {
  const path = below(folder, written);
  if (isUnknown(path)) return path;
  const isFolder = several || /(?:^|\/)\.{0,2}$/.test(written);
  return isFolder && !path.endsWith('/') ? `${path}/` : path;
}

function cleaned(source: string): string {
  const path = posix.normalize(source.replace(/^\/+/, '')).replace(/\/+$/, '');
  return path === '' ? '.' : path;
}

/** `RUN cp install/package.json .`: what the image holds of the build context stands in a second place then. */
function* copiesInside(stage: Stage, { text, start, end }: Instruction): Generator<Copy> {
  for (const [, source = '', written = ''] of text.matchAll(
    /(?:^|[&;])\s*cp\s+(?:-\w+\s+)*([\w./@-]+)[ \t]+([\w./@-]+)[ \t]*(?=$|[&;\\\n])/g,
  )) {
    const from = below(stage.workingDirectory, source);
    if (!isUnknown(from))
      yield* copiesBetween(stage, from, targetOf(stage.workingDirectory, written, false), { start, end });
  }
}

/** What another stage holds of the build context arrives here with it. */
function* copiesBetween(origin: Stage, written: string, target: Maybe<string>, place: Range): Generator<Copy> {
  if (isUnknown(target)) return;
  const source = posix.normalize(`/${written}`).replace(/(?<=.)\/+$/, '');
  for (const copy of origin.copies) {
    if (isUnknown(copy.target)) continue;
    const held = copy.target.replace(/(?<=.)\/+$/, '');
    if (held === source || held.startsWith(source === '/' ? '/' : `${source}/`)) {
      const rest = held.slice(source === '/' ? 1 : source.length + 1);
      const slash = copy.target.endsWith('/') ? '/' : '';
      const moved = rest === '' ? underItsName(source, target) : posix.join(target, rest) + slash;
      yield { source: copy.source, target: moved, place };
    } else if (source.startsWith(held === '/' ? '/' : `${held}/`)) {
      const inside = posix.join(copy.source, source.slice(held === '/' ? 1 : held.length + 1));
      yield { source: inside, target: underItsName(inside, target), place };
    }
  }
}
