import { groupBy } from '../../group-by.js';
import type { Notification } from '../../location.js';
import { audienceOfPath } from '../audience.js';
import { isComponent, reachedFrom, type Kustomization } from './kustomizations.js';

/**
 * What is applied to production, as far as names tell. Those that nobody builds on are applied; of several that build
 * on the same, one: that for production by its folder, then one that names no stage. Where all are for developers and
 * tests, what they build on stands for production, which then is told elsewhere.
 */
export function chosenFrom(all: ReadonlyMap<string, Kustomization>): {
  chosen: readonly Kustomization[];
  notifications: readonly Notification[];
} {
  const built = new Set([...all.values()].flatMap(({ bases, components }) => [...bases, ...components]));
  const applied = [...all.values()].filter((one) => !isComponent(one) && !built.has(one.folder));
  const chosen = new Set<Kustomization>();
  const notifications: Notification[] = [];
  for (const group of groupsOf(applied, all)) {
    const [best, ...rest] = [...group].sort(
      (a, b) => stageOf(a) - stageOf(b) || depth(a) - depth(b) || (a.folder < b.folder ? -1 : 1),
    );
    if (best === undefined) continue;
    const instead = stageOf(best) === ASIDE ? basesOf(group, all) : [best];
    for (const one of instead.length > 0 ? instead : [best]) chosen.add(one);
    const names = instead.map(({ folder }) => (folder === '' ? 'the root' : folder)).join(', ');
    if (instead.length === 0) continue;
    for (const one of [...(instead.includes(best) ? [] : [best]), ...rest]) {
      const location = { uri: one.document.path, region: { startLine: 1, startColumn: 1, endLine: 1, endColumn: 1 } };
      const message = `left aside: ${names} builds on the same and is taken for production`;
      notifications.push({ level: 'note', message, location });
    }
  }
  return { chosen: [...chosen], notifications };
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

/** What each of a group builds on directly, where that is not for developers and tests as well. */
function basesOf(group: readonly Kustomization[], all: ReadonlyMap<string, Kustomization>): Kustomization[] {
  const shared = new Set(group.flatMap(({ bases }) => bases));
  return [...shared].flatMap((folder) => all.get(folder) ?? []).filter((one) => stageOf(one) !== ASIDE);
}
