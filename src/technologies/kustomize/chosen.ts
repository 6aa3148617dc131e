import { groupBy } from '../../group-by.js';
import type { Notification } from '../../location.js';
import { audienceOfPath } from '../audience.js';
import { isComponent, reachedFrom, type Kustomization } from './kustomizations.js';

/**
 * What is applied to production, as far as names tell. Those that nobody builds on are applied; of several that build
 * on the same, one: that for production by its folder, then one that names no stage. Where all are for developers and
 * tests, what they build on stands for production, which then is told elsewhere; so does what only an example puts together.
 */
export function chosenFrom(all: ReadonlyMap<string, Kustomization>): {
  chosen: readonly Kustomization[];
  notifications: readonly Notification[];
} {
  const built = new Set([...all.values()].flatMap(({ bases, components }) => [...bases, ...components]));
  const applied = [...all.values()].filter((one) => !isComponent(one) && !built.has(one.folder));
  const chosen: Kustomization[] = [];
  const notifications: Notification[] = [];
  const chosenWith = new Map<string, Kustomization>();
  const choose = (one: Kustomization): void => {
    chosen.push(one);
    for (const source of sourcesOf(one, all)) if (!chosenWith.has(source)) chosenWith.set(source, one);
  };
  const insteadOf = (one: Kustomization): Kustomization | undefined =>
    sourcesOf(one, all)
      .map((source) => chosenWith.get(source))
      .find((other) => other !== undefined);
  const leave = (one: Kustomization, instead: Kustomization): void => {
    const location = { uri: one.document.path, region: { startLine: 1, startColumn: 1, endLine: 1, endColumn: 1 } };
    const message = `left aside: ${instead.folder === '' ? 'the root' : instead.folder} builds on the same and is taken for production`;
    notifications.push({ level: 'note', message, location });
  };

  for (const group of groupsOf(
    applied.filter((one) => stageOf(one) !== ASIDE),
    all,
  )) {
    const [best, ...rest] = [...group].sort(
      (a, b) => stageOf(a) - stageOf(b) || depth(a) - depth(b) || (a.folder < b.folder ? -1 : 1),
    );
    if (best === undefined) continue;
    choose(best);
    for (const one of rest) leave(one, best);
  }
  for (const one of applied.filter((each) => stageOf(each) === ASIDE)) {
    const whole = insteadOf(one) === undefined || audienceOfPath(`${one.folder}/`) === 'example';
    for (const folder of whole ? one.bases : []) {
      const base = all.get(folder);
      if (base !== undefined && stageOf(base) !== ASIDE && insteadOf(base) === undefined) choose(base);
    }
    const instead = insteadOf(one);
    if (instead === undefined) choose(one);
    else leave(one, instead);
  }
  return { chosen, notifications };
}

/** For developers, tests and readers. */
const ASIDE = 3;

function stageOf({ folder }: Kustomization): number {
  const audience = audienceOfPath(`${folder}/`);
  if (audience === 'production') return 0;
  if (audience !== undefined) return ASIDE;
  return /(?:^|[/._-])(?:stag(?:e|ing)|stg|qa|uat|preprod|preview|review|sandbox|canary|int|integration)(?:[/._-]|$)/i.test(
    folder,
  )
    ? 2
    : 1;
}

function depth({ folder }: Kustomization): number {
  return folder.split('/').length;
}

/** Those that build on the same, however far below. */
function groupsOf(
  applied: readonly Kustomization[],
  all: ReadonlyMap<string, Kustomization>,
): readonly (readonly Kustomization[])[] {
  // Each stands for a group; whoever joins another group points to one of its members.
  const joined = new Map<Kustomization, Kustomization>();
  const headOf = (one: Kustomization): Kustomization => {
    let head = one;
    for (let next = joined.get(head); next !== undefined; next = joined.get(head)) head = next;
    if (head !== one) joined.set(one, head);
    return head;
  };
  const firstWith = new Map<string, Kustomization>();
  for (const one of applied) {
    for (const source of sourcesOf(one, all)) {
      const other = firstWith.get(source);
      if (other === undefined) firstWith.set(source, one);
      else if (headOf(other) !== headOf(one)) joined.set(headOf(one), headOf(other));
    }
  }
  return [...groupBy(applied, headOf).values()];
}

/** Folders and files that it is made of; components are shared by what has nothing else in common. */
function sourcesOf(one: Kustomization, all: ReadonlyMap<string, Kustomization>): readonly string[] {
  return [...reachedFrom(one.folder, all)].flatMap((folder) => {
    const reached = all.get(folder);
    return reached === undefined || isComponent(reached) ? [] : [folder, ...reached.files];
  });
}
