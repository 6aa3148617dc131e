import { application } from '../facts/application.js';
import { isKind, type Fact, type FactOf } from '../facts/fact.js';
import { image } from '../facts/image.js';
import type { EnvironmentVariable } from '../link/program.js';
import { groupBy } from '../group-by.js';
import type { Start } from '../link/launch.js';
import { unknown, type Location, type Notification } from '../location.js';
import { isBuiltOnly } from './built-only.js';
import { buildOf, defaultBuild, mountsOf, productionImages, type Build } from './build.js';
import { codeDirectory } from './code-directory.js';
import { known, type Workload } from './deployment.js';
import { buildForEverybody } from './developed-files.js';
import { imageName, type Ground } from './ground.js';
import { productionWorkloads } from './production-workloads.js';
import { heldSet, variableSets, type Variables } from './variable-sets.js';
import { isInside } from '../repository-path.js';

/** A component before its code was looked at: where its code stands and how it is started. */
export interface Draft {
  readonly name: string;
  readonly directory: string | null;
  readonly location: Location;
  readonly workload: Workload | null;
  readonly start: Start;
}

type Application = FactOf<typeof application>;

/** One component for each container that production runs. */
export function deployedDrafts(
  facts: readonly Fact[],
  ground: Ground,
): { drafts: Draft[]; notifications: Notification[] } {
  const { workloads, notifications } = productionWorkloads(facts, ground);
  const variables = variableSets(facts);
  return {
    drafts: named(
      workloads.map((fact) => deployedDraft(fact, facts, variables, ground)),
      [],
    ),
    notifications,
  };
}

/** One component for each application whose code nothing that is deployed runs. */
export function undeployedDrafts(facts: readonly Fact[], deployed: readonly Draft[], ground: Ground): Draft[] {
  const variables = variableSets(facts);
  const isCovered = (fact: Application): boolean =>
    deployed.some(({ directory }) => directory !== null && covers(directory, known(fact.properties.directory) ?? ''));
  const applications = distinct(facts.filter((fact) => isKind(application, fact)));
  const folders = new Set(applications.map((fact) => known(fact.properties.directory) ?? ''));
  const alone = applications.filter(
    (fact) => !isCovered(fact) && !isBuiltOnly(known(fact.properties.directory) ?? '', folders, facts, ground),
  );
  return named(
    alone.map((fact) => undeployedDraft(fact, facts, variables, ground)),
    deployed,
  );
}

/** A program is often told twice: by how it is administered and, somewhere below, by how it is served. */
function distinct(applications: readonly Application[]): Application[] {
  const directoryOf = (fact: Application): string => known(fact.properties.directory) ?? '';
  const certain = applications.filter((fact) => known(fact.properties.told) === 'by-administration');
  const served = applications.filter(
    (fact) => !certain.includes(fact) && !certain.some((one) => isInside(directoryOf(fact), directoryOf(one))),
  );
  return [...groupBy([...certain, ...served], directoryOf).values()].map(([first]) => first);
}

function covers(directory: string, application: string): boolean {
  return isInside(application, directory) || isInside(directory, application);
}

function deployedDraft(fact: Workload, facts: readonly Fact[], variables: Variables, ground: Ground): Draft {
  // What a platform runs as a service of its own is nobody's code here, whatever it is called.
  const isService = fact.properties.service !== undefined;
  const build = isService ? undefined : buildOf(fact, facts, ground);
  const mounts = mountsOf(fact, build, facts);
  const workingDirectory = known(fact.properties.workingDirectory) ?? known(build?.image.properties.workingDirectory);
  const stopSignal = known(fact.properties.stopSignal) ?? known(build?.image.properties.stopSignal);
  const directory = isService ? null : codeDirectory(fact, build, mounts, workingDirectory, facts, ground);
  return {
    name: known(fact.properties.name) ?? known(fact.properties.container) ?? 'component',
    directory,
    location: fact.location,
    workload: fact,
    start: {
      directory: directory ?? '',
      image: imageOf(fact, build, ground),
      ...baseOf(fact, build),
      location: fact.location,
      environment: disputed(fact, build, variables),
      ...missingSets(fact, variables),
      ...(stopSignal === undefined ? {} : { stopSignal }),
      ...(known(fact.properties.init) === true ? { guarded: true } : {}),
      mounts,
      workingDirectory,
      ...memoryOf(fact),
      ...wordsOf(fact, build),
    },
  };
}

function memoryOf(fact: Workload): { memory?: number } {
  const memory = known(fact.properties.memoryLimit);
  return memory === undefined ? {} : { memory };
}

/** What it runs: where it is built from a product and is no known one itself, that product. */
function imageOf(fact: Workload, build: Build | undefined, { isProduct }: Ground): string | undefined {
  const own = known(fact.properties.image);
  const base = known(build?.image.properties.base);
  return base !== undefined && isProduct(imageName(base)) && !(own !== undefined && isProduct(imageName(own)))
    ? base
    : own;
}

function baseOf(fact: Workload | undefined, build: Build | undefined): Pick<Start, 'base'> {
  const from = build?.image ?? fact;
  const name = build === undefined ? known(fact?.properties.image) : known(build.image.properties.base);
  if (from === undefined || name === undefined) return {};
  const place = build === undefined ? fact?.places?.image : build.image.places?.base;
  return { base: { image: name, location: [place ?? from.location].flat()[0] ?? from.location } };
}

/** Nothing deploys it, but an image may tell how it would be started. */
function undeployedDraft(fact: Application, facts: readonly Fact[], variables: Variables, ground: Ground): Draft {
  const directory = known(fact.properties.directory) ?? '';
  const all = productionImages(facts.filter((candidate) => isKind(image, candidate)))
    .map((one) => defaultBuild(one, facts, ground))
    .filter((candidate) => covers(candidate.context, directory));
  const build = buildForEverybody(all, facts);
  return {
    name: known(fact.properties.name) ?? 'application',
    directory,
    location: fact.location,
    workload: null,
    start: {
      directory,
      image: undefined,
      ...baseOf(undefined, build),
      location: undefined,
      environment: environmentOf(undefined, build, variables),
      mounts: mountsOf(null, build, facts),
      workingDirectory: known(build?.image.properties.workingDirectory),
      ...wordsOf(undefined, build),
    },
  };
}

/** A manifest that replaces the entry point of an image drops the image's command with it. */
function wordsOf(
  fact: Workload | undefined,
  build: Build | undefined,
): Pick<Start, 'entrypoint' | 'command' | 'place' | 'commandPlace' | 'places'> {
  const told = (from: Workload | Build['image'] | undefined, what: 'entrypoint' | 'command') => ({
    words: known(from?.properties[what]),
    place: from?.places?.[what],
  });
  const own = told(fact, 'entrypoint');
  const entrypoint = own.words === undefined ? told(build?.image, 'entrypoint') : own;
  const ownCommand = told(fact, 'command');
  const command =
    ownCommand.words === undefined && own.words === undefined ? told(build?.image, 'command') : ownCommand;
  const places = [entrypoint, command]
    .filter((one) => one.words !== undefined && one.words.length > 0)
    .map((one) => one.place);
  const [first] = places;
  return {
    entrypoint: entrypoint.words ?? [],
    command: command.words ?? [],
    place: (isList(first) ? first[0] : first) ?? fact?.location ?? build?.image.location,
    commandPlace: isList(command.place) ? command.place[0] : command.place,
    places: places.every(isList) ? places.flat() : undefined,
  };
}

function isList(value: Location | readonly Location[] | undefined): value is readonly Location[] {
  return Array.isArray(value);
}

/** What the image sets, then what the manifest takes over from elsewhere, then what it sets itself: the last one counts. */
function environmentOf(
  fact: Workload | undefined,
  build: Build | undefined,
  variables: Variables,
): Map<string, EnvironmentVariable> {
  const sets: string[] = [];
  if (build !== undefined)
    sets.push(`image:${known(build.image.properties.file) ?? ''}#${known(build.image.properties.stage) ?? ''}`);
  if (fact !== undefined) {
    sets.push(...(known(fact.properties.environmentSources) ?? []));
    sets.push(`unit:${known(fact.properties.unit) ?? ''}/${known(fact.properties.container) ?? ''}`);
  }
  return new Map(sets.flatMap((set) => [...(variables.get(heldSet(variables, set) ?? '') ?? [])]));
}

/** The same, where descriptions stand beside each other of which somebody chooses: what they differ in is not known. */
function disputed(fact: Workload, build: Build | undefined, variables: Variables): Map<string, EnvironmentVariable> {
  const environment = environmentOf(fact, build, variables);
  const all = [environment, ...(fact.alternatives ?? []).map((one) => environmentOf(one, build, variables))];
  if (all.length === 1) return environment;
  const files = [fact, ...(fact.alternatives ?? [])].map(({ location: { uri } }) => uri.replace(/^.*\//, ''));
  for (const name of new Set(all.flatMap((one) => [...one.keys()]))) {
    const values = [...new Set(all.map((one) => one.get(name)?.value))];
    if (values.length === 1) continue;
    const reason = `${files.slice(0, 3).join(', ')}${files.length > 3 ? ' and others' : ''} say different things of ${name}`;
    const texts = values.filter((value) => typeof value === 'string');
    const { location } = all.map((one) => one.get(name)).find((one) => one?.location !== undefined) ?? {};
    const value = texts.length === values.length ? unknown<string>(reason, texts) : unknown<string>(reason);
    environment.set(name, location === undefined ? { value } : { value, location });
  }
  return environment;
}

/** Whole sets of variables that a manifest takes over and that are not in the repository. */
function missingSets(fact: Workload, variables: Variables): Pick<Start, 'openEnvironment' | 'openFiles'> {
  const missing = (known(fact.properties.environmentSources) ?? []).filter(
    (set) => /^(?:file|config-map|secret):/.test(set) && heldSet(variables, set) === undefined,
  );
  if (missing.length === 0) return {};
  const names = missing.map((set) => set.slice(set.indexOf(':') + 1));
  return {
    openEnvironment: `${names.join(' and ')}, which the repository does not hold, may set it`,
    ...(missing.every((set) => set.startsWith('file:')) ? { openFiles: names } : {}),
  };
}

/** Gives every draft a name of its own: the name alone, with its container, or with its folder. */
function named(drafts: readonly Draft[], before: readonly Draft[]): Draft[] {
  const taken = new Set(before.map((draft) => draft.name));
  return drafts.map((draft) => {
    const container = known(draft.workload?.properties.container);
    const within = container ?? draft.directory ?? '';
    const unit = known(draft.workload?.properties.unit);
    const choices = [
      draft.name,
      ...(within === '' ? [] : [`${draft.name}/${within}`]),
      ...(unit === undefined ? [] : [`${unit}/${container ?? ''}`]),
    ];
    let name = choices.find((choice) => !taken.has(choice)) ?? draft.name;
    for (let i = 2; taken.has(name); i++) name = `${draft.name}-${i}`;
    taken.add(name);
    return { ...draft, name };
  });
}
