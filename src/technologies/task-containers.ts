import { unknown, type Location, type Maybe } from '../location.js';
import type { DeployedContainer, DeployedMount, DeployedVariable, Grace, MemoryLimit } from './deployed-unit.js';
import {
  isNothing,
  itemsOf,
  maybe,
  maybeText,
  memberOf,
  numberOf,
  reasonOf,
  textOf,
  truthOf,
  type Data,
} from './evaluated.js';
import { IN_MEGABYTES, megabytesOf } from './memory-size.js';

/** What stands around containers: their task, and what its service does. */
export interface TaskAround {
  /** Where the task says something, for what its containers leave out. */
  readonly location: Location;
  readonly cpu: boolean;
  readonly memory: boolean;
  /** What all containers of the task may take together. */
  readonly size?: Data | undefined;
  /** A balancer asks them before it sends requests. */
  readonly balanced: boolean;
  /** The volumes of the task by their names: what a mount is. */
  readonly volume: (name: string) => Pick<DeployedMount, 'source' | 'origin' | 'access'> | undefined;
  /** The value that a secret is given, where the same files say it. */
  readonly secret: (reference: Data) => Data | undefined;
}

/**
 * The containers of a task definition: https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task_definition_parameters.html.
 * The same names are written as `portMappings`, `PortMappings` and `port_mappings`.
 */
export function containersOf(definitions: Data, around: TaskAround): DeployedContainer[] {
  const items = itemsOf(definitions);
  if (items === undefined) return [];
  const named = definitions.kind === 'map' ? [...definitions.entries.keys()] : [];
  return items.flatMap((item, index) => {
    if (item.kind !== 'map' && item.kind !== 'lazy') return [];
    return [containerOf(item, named[index] ?? `container-${index + 1}`, around)];
  });
}

function containerOf(data: Data, otherwise: string, around: TaskAround): DeployedContainer {
  const name = textOf(field(data, 'name')) ?? otherwise;
  const image = field(data, 'image');
  const command = field(data, 'command');
  const location = placeOf(field(data, 'name')) ?? placeOf(data) ?? around.location;
  const { variables, open } = environmentOf(data, location, around);
  return {
    name,
    location,
    image: isNothing(image) || image === undefined ? undefined : imageOf(image),
    imageAt: placeOf(image),
    entrypoint: wordsOf(field(data, 'entryPoint') ?? field(data, 'entrypoint')),
    command: wordsOf(command),
    commandAt: placeOf(command),
    workingDirectory: textOf(field(data, 'workingDirectory')),
    variables,
    open,
    ports: (itemsOf(field(data, 'portMappings')) ?? []).flatMap((one) => textOf(field(one, 'containerPort')) ?? []),
    probed: (around.balanced && isServed(data)) || !isNothing(field(data, 'healthCheck')),
    cpu: around.cpu || (numberOf(field(data, 'cpu')) ?? 0) > 0,
    memory: around.memory || !isNothing(field(data, 'memory')) || !isNothing(field(data, 'memoryReservation')),
    limit: limitOf(field(data, 'memory')) ?? limitOf(around.size),
    grace: graceOf(field(data, 'stopTimeout')),
    mounts: mountsOf(data, location, around),
  };
}

/** Of a size as clouds write it: `512`, `1GB`, `512Mi`; nothing where there is none. */
export function limitOf(data: Data | undefined): MemoryLimit | undefined {
  if (data === undefined || isNothing(data)) return undefined;
  const text = textOf(data)?.replace(/\s{1,20}/g, '');
  const megabytes = text === undefined ? undefined : megabytesOf(text, IN_MEGABYTES);
  return {
    megabytes: megabytes ?? unknown(text === undefined ? reasonOf(data) : 'it is no size'),
    location: placeOf(data),
  };
}

/** https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task_definition_parameters.html: 30 seconds where nothing is said. */
function graceOf(data: Data | undefined): Grace {
  const { value, at } = countOf(data, 30);
  return { seconds: value, location: at };
}

function isServed(data: Data): boolean {
  return (itemsOf(field(data, 'portMappings')) ?? []).length > 0;
}

/** By the name in JSON, as CloudFormation writes it, or as Terraform does. */
export function field(data: Data | undefined, name: string): Data | undefined {
  return (
    memberOf(data, name) ??
    memberOf(data, name.charAt(0).toUpperCase() + name.slice(1)) ??
    memberOf(
      data,
      name.replace(/[A-Z]/g, (char) => `_${char.toLowerCase()}`),
    )
  );
}

/** Of an image whose tag is not known the name is. */
export function imageOf(image: Data): Maybe<string> {
  const text = textOf(image);
  if (text !== undefined || image.kind !== 'unknown') return maybeText(image);
  const written = (image.parts ?? [])
    .map((part) => (typeof part === 'string' ? part : (textOf(part) ?? '\u0000')))
    .join('');
  const name = /^([\w./-]+(?::\d+\/[\w./-]+)?)[:@]/.exec(written)?.[1];
  // The registry may differ from account to account; what is behind it is the project's word.
  const last =
    /\u0000[^\u0000]{0,60}\/([\w./-]+)(?:[:@]|$)/.exec(written)?.[1] ??
    /\u0000\/?([\w./-]+)(?:[:@]|$)/.exec(written)?.[1];
  return name ?? last ?? unknown(reasonOf(image));
}

function wordsOf(data: Data | undefined): string[] | undefined {
  const items = itemsOf(data);
  if (items === undefined) return undefined;
  return items.map((item) => textOf(item) ?? '');
}

function environmentOf(
  data: Data,
  location: Location,
  around: TaskAround,
): { variables: DeployedVariable[]; open: string[] } {
  const variables: DeployedVariable[] = [];
  const open: string[] = [];
  const environment = field(data, 'environment');
  for (const [name, value, at] of entriesOf(environment)) {
    variables.push({ name, value: maybeText(value), location: at ?? location });
  }
  if (environment?.kind === 'unknown') open.push(sourceOf(environment, 'variables of the task definition'));
  const secrets = field(data, 'secrets');
  for (const [name, value, at] of entriesOf(secrets)) {
    const held = around.secret(value);
    const told =
      held === undefined ? unknown<string>('kept as a secret outside of the repository') : hidden(maybeText(held));
    variables.push({ name, value: told, location: at ?? location });
  }
  if (secrets?.kind === 'unknown') open.push(sourceOf(secrets, 'secrets of the task definition'));
  for (const file of itemsOf(field(data, 'environmentFiles')) ?? [])
    open.push(textOf(field(file, 'value'))?.replace(/^.*:::/, '') ?? 'a file of variables in a bucket');
  return { variables, open };
}

/** What cannot be worked out, by the name of the variable that it depends on. */
export function sourceOf(data: Data, otherwise: string): string {
  return (
    (data.kind === 'unknown' ? /\b(?:var|local|data)\.[\w.]{1,80}/.exec(data.reason)?.[0] : undefined) ?? otherwise
  );
}

/** Of a secret only where it leads is told. */
function hidden(value: Maybe<string>): Maybe<string> {
  const text = typeof value === 'string' ? value : value.candidates?.[0];
  if (text === undefined) return typeof value === 'string' ? unknown('kept as a secret') : value;
  const url = /^([a-z][a-z0-9+.-]{1,30}:\/\/)(?:[^@/]{0,500}@)?([^/?#]{0,300}(?:\/[^?#]{0,200})?)/i.exec(text);
  return url === null ? unknown('kept as a secret') : `${url[1] ?? ''}${url[2] ?? ''}`;
}

/** A list of names and values, or a map, each with its place: what is taken of a resource is set where it is named. */
function entriesOf(data: Data | undefined): [string, Data, Location | undefined][] {
  if (data?.kind === 'map') return [...data.entries].map(([name, value]) => [name, value, placeOf(value)]);
  return (itemsOf(data) ?? []).flatMap((one): [string, Data, Location | undefined][] => {
    const called = field(one, 'name');
    const name = textOf(called);
    const value = field(one, 'value') ?? field(one, 'valueFrom');
    if (name === undefined || value === undefined) return [];
    return [[name, value, value.from.resources.length > 0 ? placeOf(called) : placeOf(value)]];
  });
}

function mountsOf(data: Data, location: Location, around: TaskAround): DeployedMount[] {
  return (itemsOf(field(data, 'mountPoints')) ?? []).flatMap((one) => {
    const path = textOf(field(one, 'containerPath'));
    const source = textOf(field(one, 'sourceVolume'));
    if (path === undefined || source === undefined) return [];
    const known = around.volume(source) ?? { source, origin: 'scratch' as const };
    return [
      {
        ...known,
        path,
        readOnly: truthOf(field(one, 'readOnly')) ?? false,
        location: placeOf(field(one, 'containerPath')) ?? location,
      },
    ];
  });
}

export function placeOf(data: Data | undefined): Location | undefined {
  return data?.from.places[0];
}

/** How many are wanted, with the place that says so. */
export function countOf(
  data: Data | undefined,
  byDefault: Maybe<number>,
): { value: Maybe<number>; at: Location | undefined } {
  if (data === undefined || isNothing(data)) return { value: byDefault, at: undefined };
  return { value: maybe(data, numberOf), at: placeOf(data) };
}
