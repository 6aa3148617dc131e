import { readFileSync } from 'node:fs';
import { DEFAULT_CONFIGURATION, type Configuration } from './configuration.js';
import { currentDay } from './current-day.js';
import { unknownComponents, withKnownRules } from './configuration/known-names.js';
import type { Inventory } from './discover/inventory.js';
import { walk } from './discover/walk.js';
import type { Fact } from './facts/fact.js';
import { createProgram } from './link/create-program.js';
import { readDependencies } from './link/dependencies.js';
import { launchOf } from './link/launch.js';
import { ownNames } from './link/own-names.js';
import { saysCollection } from './link/says-collection.js';
import type { EnvironmentVariable, Launch, Program } from './link/program.js';
import type { PythonCode } from './link/python-code/python-code.js';
import { shipped } from './members.js';
import { compareLocations, type Notification } from './location.js';
import { foldersAbove } from './repository-path.js';
import { withAnswering } from './model/answering.js';
import { bind, makePart, type Part, type Running } from './model/component.js';
import { derive } from './model/derive.js';
import type { Ground } from './model/ground.js';
import { deployedDrafts, undeployedDrafts, type Draft } from './model/join.js';
import type { Model } from './model/model.js';
import { simulated, type Sizes } from './model/simulated.js';
import { unreadReason } from './model/unread.js';
import { documentStore, type DocumentMemory } from './parse/documents.js';
import type { Audit } from './report/report.js';
import { accepted } from './rules/accepted.js';
import { evaluate } from './rules/evaluate.js';
import { withRuleFolders } from './rules/rule-set.js';
import { suppress } from './rules/suppress.js';
import { toldTogether } from './rules/together.js';
import { ruleVocabulary } from './rules/vocabulary.js';
import { score } from './score/score.js';
import { extractDocuments, extractProgram } from './technologies/extract.js';
import { loadTechnologies, modelsOf, technologies } from './technologies/load.js';
import type { Technology } from './technologies/technology.js';
import { canRun, isProduct, runningOf } from './technologies/running.js';

export interface AuditRequest {
  /** Absolute path of the folder. */
  readonly root: string;
  readonly configuration?: Configuration;
  /** Variables that the repository does not hold, from the command line; they win over the deployment's. */
  readonly environment?: ReadonlyMap<string, string>;
  /** The day against which dates are held, `2026-11-21`; else the current one. */
  readonly today?: string;
  readonly progress?: (stage: string) => void;
  /** For whoever audits the same folder again and again. */
  readonly documents?: DocumentMemory;
}

/** What is known before anything is judged. */
export interface Gathered {
  readonly inventory: Inventory;
  readonly facts: readonly Fact[];
  readonly model: Model;
  /** The model as it would be if these components ran in so many instances. */
  readonly modelAt: (sizes: Sizes) => Model;
  /** The code of each component that has any, by its name. */
  readonly programs: ReadonlyMap<string, Program>;
  /** Fact kinds of which something may be missing, with the reason. */
  readonly crashed: ReadonlyMap<string, string>;
}

/** discover, parse, extract, join, link, extract again, derive: the deployment is read first, because its environment decides what code does. */
export async function gather(request: AuditRequest, inventory?: Inventory): Promise<Gathered> {
  const { configuration = DEFAULT_CONFIGURATION, environment = new Map<string, string>(), progress } = request;
  progress?.('listing files');
  const files = inventory ?? walk(request.root, configuration);
  const documents = documentStore(files, request.documents);
  const known = await technologies();

  progress?.('reading configuration');
  const { extraction, seen } = await extractDocuments(files, documents, known);
  const ground = groundOf(files, known);
  const { drafts, notifications } = deployedDrafts(extraction.facts, ground);

  progress?.('following commands');
  await documents.load(['shell', 'ini']);
  const given = [...environment].map(([name, value]): [string, EnvironmentVariable] => [name, { value }]);
  const start = (draft: Draft): Started => {
    const variables = new Map([...draft.start.environment, ...given]);
    const launch = launchOf(draft.name, { ...draft.start, environment: variables }, files, documents);
    return { draft, launch, running: runningOf(known, launch) };
  };
  const deployed = drafts.map(start).map(withoutForeignCode);
  const alone = undeployedDrafts(
    extraction.facts,
    deployed.map(({ draft }) => draft),
    ground,
  );
  const started = [...deployed, ...alone.map(start)];
  const anyCode = started.some(({ draft }) => draft.directory !== null);

  progress?.('evaluating code');
  const ids = [
    ...seen.map((one) => one.technology.id),
    ...started.flatMap(({ running }) => running.map((one) => one.technology)),
  ];
  const all = await loadTechnologies(known, ids, documents);
  const models = await modelsOf();
  const dependencies = readDependencies(files);
  const bound: Part[] = [];
  const programs = new Map<string, Program>();
  const pythonCodes = new Map<string, PythonCode>();
  const programFacts: Fact[] = [];
  const crashed = new Map(extraction.crashed);
  const troubles: Notification[] = [];
  for (const { draft, launch, running } of started) {
    const program = createProgram({ launch, inventory: files, documents, dependencies, models, pythonCodes });
    const stated = extractProgram(
      program,
      all.filter(({ technology }) => canRun(technology, running, draft.directory !== null)),
    );
    for (const [kind, reason] of stated.crashed) crashed.set(kind, reason);
    troubles.push(...stated.notifications);
    programFacts.push(...stated.facts);
    if (draft.directory !== null) programs.set(draft.name, program);
    const settings = { target: configuration.target, ...configuration.components[draft.name] };
    const unread = unreadReason({ draft, running, program, stated: stated.facts, anyCode }, ground);
    if (unread !== undefined)
      troubles.push({
        level: 'warning',
        message: `its code was not read: ${unread}`,
        location: draft.location,
      });
    bound.push(makePart(draft, launch, running, stated.facts, settings, unread));
  }
  const documentFacts = notReplaced(extraction.facts, programFacts);
  const facts = [...documentFacts, ...programFacts];
  bind(bound, documentFacts);
  const parts = withAnswering(bound, facts, ground);

  progress?.('deriving');
  const said = [
    ...files.notifications,
    ...documents.notifications,
    ...extraction.notifications,
    ...notifications,
    ...troubles,
  ];
  const modelAt = (sizes: Sizes): Model => derive(simulated(parts, sizes), facts, said, request.today ?? currentDay());
  return { inventory: files, facts, model: modelAt(new Map()), modelAt, programs, crashed };
}

function groundOf(files: Inventory, known: readonly Technology[]): Ground {
  const folders = new Set(files.files.flatMap(({ path }) => foldersAbove(path)));
  return {
    isProduct: (image) => isProduct(known, image),
    isProxy: (image) => isProduct(known, image, 'proxy'),
    holds: (path) => files.has(path) || folders.has(path),
    names: ownNames(files),
    collection: saysCollection(files),
  };
}

interface Started {
  readonly draft: Draft;
  readonly launch: Launch;
  readonly running: readonly Running[];
}

/** A proxy or a store that is built beside the code of the application does not run it. */
function withoutForeignCode(started: Started): Started {
  const role = started.running[0]?.role;
  const isForeign = role === 'proxy' || role === 'pooler' || role === 'database' || role === 'store';
  return isForeign ? { ...started, draft: { ...started.draft, directory: null } } : started;
}

/** What a component's own view of a file says stands instead of what the file says alone. */
function notReplaced(documentFacts: readonly Fact[], programFacts: readonly Fact[]): Fact[] {
  const key = ({ technology, kind, location: { uri, region } }: Fact): string =>
    `${technology}\0${kind}\0${uri}\0${region.startLine}:${region.startColumn}`;
  const replaced = new Set(programFacts.map(key));
  return documentFacts.filter((fact) => !replaced.has(key(fact)));
}

/** The whole way, from a folder to everything that reports are drawn from. */
export async function audit(request: AuditRequest, inventory?: Inventory): Promise<Audit> {
  const { gathered, judge } = await judged(request, inventory);
  return judge(gathered.model);
}

/** What was gathered, and the judge who looks at a model of it: at today's, or at one of another size. */
export async function judged(
  request: AuditRequest,
  inventory?: Inventory,
): Promise<{ readonly gathered: Gathered; readonly judge: (model: Model) => Audit }> {
  const vocabulary = await ruleVocabulary();
  const asked = request.configuration ?? DEFAULT_CONFIGURATION;
  const ruleSet = await withRuleFolders(asked.ruleFolders, request.root, vocabulary);
  const configuration = withKnownRules(asked, ruleSet);
  const gathered = await gather({ ...request, configuration }, inventory);
  const { inventory: files, facts, crashed } = gathered;
  request.progress?.('judging');

  const judge = (model: Model): Audit => {
    const { components } = model;
    const found = evaluate({ components, ruleSet, configuration, vocabulary, crashed });
    const { results, suppressed, notifications } = suppress(found.results, (path) => files.read(path), {
      rules: ruleSet.rules,
      files: facts.map((fact) => fact.location.uri),
    });
    const evaluation = {
      results: toldTogether(results, ruleSet.rules),
      suppressed,
      verdicts: accepted(found.verdicts, results, suppressed),
    };
    const unknown = unknownComponents(
      configuration,
      components.map((component) => component.name),
    );
    return {
      tool: { name: 'scalecard', version: VERSION },
      inventory: files,
      model,
      evaluation,
      scorecard: score(evaluation.verdicts, ruleSet),
      ruleSet,
      notifications: [...model.notifications, ...notifications, ...unknown].sort(byPlace),
    };
  };
  return { gathered, judge };
}

const VERSION = (JSON.parse(readFileSync(shipped('../package.json'), 'utf8')) as { version: string }).version;

function byPlace(a: Notification, b: Notification): number {
  if (a.location !== undefined && b.location !== undefined)
    return compareLocations(a.location, b.location) || (a.message < b.message ? -1 : 1);
  if (a.location === b.location) return a.message < b.message ? -1 : 1;
  return a.location === undefined ? -1 : 1;
}
