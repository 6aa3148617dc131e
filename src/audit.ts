import { readFileSync } from 'node:fs';
import { DEFAULT_CONFIGURATION, type Configuration } from './configuration.js';
import { unknownComponents, withKnownRules } from './configuration/known-names.js';
import type { Inventory } from './discover/inventory.js';
import { walk } from './discover/walk.js';
import type { Fact } from './facts/fact.js';
import { createProgram } from './link/create-program.js';
import { readDependencies } from './link/dependencies.js';
import { launchOf } from './link/launch.js';
import type { EnvironmentVariable, Program } from './link/program.js';
import { shipped } from './members.js';
import { compareLocations, type Notification } from './location.js';
import { bind, makePart, type Part } from './model/component.js';
import { derive } from './model/derive.js';
import { join } from './model/join.js';
import type { Model } from './model/model.js';
import { documentStore } from './parse/documents.js';
import type { Audit } from './report/report.js';
import { evaluate } from './rules/evaluate.js';
import { withRuleFolders } from './rules/rule-set.js';
import { suppress } from './rules/suppress.js';
import { ruleVocabulary } from './rules/vocabulary.js';
import { score } from './score/score.js';
import { extractDocuments, extractProgram } from './technologies/extract.js';
import { loadTechnologies, modelsOf, technologies } from './technologies/load.js';
import { isProduct, runningOf } from './technologies/running.js';

export interface AuditRequest {
  /** Absolute path of the folder. */
  readonly root: string;
  readonly configuration?: Configuration;
  /** Variables that the repository does not hold, from the command line; they win over the deployment's. */
  readonly environment?: ReadonlyMap<string, string>;
  readonly progress?: (stage: string) => void;
}

/** What is known before anything is judged. */
export interface Gathered {
  readonly inventory: Inventory;
  readonly facts: readonly Fact[];
  readonly model: Model;
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
  const documents = documentStore(files);
  const known = await technologies();

  progress?.('reading configuration');
  const { extraction, seen } = await extractDocuments(files, documents, known);
  const { drafts, notifications } = join(extraction.facts, (image) => isProduct(known, image));

  progress?.('following commands');
  await documents.load(drafts.length > 0 ? ['shell'] : []);
  const given = [...environment].map(([name, value]): [string, EnvironmentVariable] => [name, { value }]);
  const starts = drafts.map((draft) => ({
    ...draft.start,
    environment: new Map([...draft.start.environment, ...given]),
  }));
  const launches = drafts.map((draft, i) => launchOf(draft.name, starts[i] ?? draft.start, files, documents));
  const running = launches.map((launch) => runningOf(known, launch));

  progress?.('evaluating code');
  const all = await loadTechnologies(
    known,
    [...seen.map((one) => one.technology.id), ...running.flat().map((one) => one.technology)],
    documents,
  );
  const models = await modelsOf();
  const dependencies = readDependencies(files);
  const parts: Part[] = [];
  const programs = new Map<string, Program>();
  const facts = [...extraction.facts];
  const crashed = new Map(extraction.crashed);
  const troubles: Notification[] = [];
  for (const [i, draft] of drafts.entries()) {
    const launch = launches[i];
    if (launch === undefined) continue;
    const program = createProgram({ launch, inventory: files, documents, dependencies, models });
    const own =
      draft.directory === null
        ? all.filter((one) => running[i]?.some((runs) => runs.technology === one.technology.id))
        : all;
    const stated = extractProgram(program, own);
    for (const [kind, reason] of stated.crashed) crashed.set(kind, reason);
    troubles.push(...stated.notifications);
    facts.push(...stated.facts);
    if (draft.directory !== null) programs.set(draft.name, program);
    const own_ = configuration.components[draft.name] ?? {};
    parts.push(makePart(draft, launch, running[i] ?? [], stated.facts, { target: configuration.target, ...own_ }));
  }
  const documentFacts = notReplaced(extraction.facts, facts.slice(extraction.facts.length));
  bind(parts, documentFacts);

  progress?.('deriving');
  const model = derive(parts, facts, [
    ...files.notifications,
    ...documents.notifications,
    ...extraction.notifications,
    ...notifications,
    ...troubles,
  ]);
  return { inventory: files, facts, model, programs, crashed };
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
  const vocabulary = await ruleVocabulary();
  const asked = request.configuration ?? DEFAULT_CONFIGURATION;
  const ruleSet = await withRuleFolders(asked.ruleFolders, request.root, vocabulary);
  const configuration = withKnownRules(asked, ruleSet);
  const { inventory: files, model, crashed } = await gather({ ...request, configuration }, inventory);

  request.progress?.('judging');
  const { components } = model;
  const judged = evaluate({ components, ruleSet, configuration, vocabulary, crashed });
  const { results, suppressed, notifications } = suppress(judged.results, (path) => files.read(path), {
    rules: ruleSet.rules,
  });
  const evaluation = { results, suppressed, verdicts: judged.verdicts };
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
}

const VERSION = (JSON.parse(readFileSync(shipped('../package.json'), 'utf8')) as { version: string }).version;

function byPlace(a: Notification, b: Notification): number {
  if (a.location !== undefined && b.location !== undefined)
    return compareLocations(a.location, b.location) || (a.message < b.message ? -1 : 1);
  if (a.location === b.location) return a.message < b.message ? -1 : 1;
  return a.location === undefined ? -1 : 1;
}
