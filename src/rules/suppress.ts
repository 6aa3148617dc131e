import { compareLocations, type Notification } from '../location.js';
import { didYouMean } from '../nearest.js';
import { directives, type Directive } from './directives.js';
import type { Result } from './result.js';
import type { RuleSet } from './rule.js';

export interface Suppressed {
  readonly results: readonly Result[];
  readonly suppressed: readonly Result[];
  readonly notifications: readonly Notification[];
}

export interface SuppressOptions {
  readonly rules: RuleSet['rules'];
  /** Further files to look through for suppressions that nothing needs; files of results are looked at anyway. */
  readonly files?: Iterable<string>;
}

/**
 * Takes out the results that a comment in the repository silences, with the reason it gives. A directive without a
 * reason silences nothing, and one that silences nothing is reported, so that none outlives what it was written for.
 */
export function suppress(
  results: readonly Result[],
  read: (path: string) => string | undefined,
  options: SuppressOptions,
): Suppressed {
  const present = new Map<string, string>();
  for (const rule of options.rules) for (const id of [rule.id, ...rule.aliases]) present.set(id, rule.id);
  const notifications: Notification[] = [];
  const files = new Map<string, Live[]>();
  for (const path of new Set([...results.map(({ location }) => location.uri), ...(options.files ?? [])])) {
    const text = read(path);
    if (text === undefined) continue;
    const live = directives(text, path).map((directive) => examine(directive, present, notifications));
    if (live.length > 0) files.set(path, live);
  }

  const kept: Result[] = [];
  const suppressed: Result[] = [];
  for (const result of results) {
    const silencer = files.get(result.location.uri)?.find((live) => speaksOf(live, result));
    if (silencer === undefined) kept.push(result);
    else {
      silencer.used.add(result.ruleId);
      const { location, reason } = silencer.directive;
      suppressed.push({ ...result, suppression: { location, justification: reason } });
    }
  }
  for (const live of [...files.values()].flat()) notifications.push(...unused(live));
  return { results: kept, suppressed, notifications: notifications.sort(byPlace) };
}

interface Live {
  readonly directive: Directive;
  /** Ids as the rules bear them today, by the id that is written. */
  readonly rules: ReadonlyMap<string, string>;
  readonly used: Set<string>;
}

function examine(directive: Directive, present: ReadonlyMap<string, string>, notifications: Notification[]): Live {
  const { location, ids, reason } = directive;
  const rules = new Map<string, string>();
  for (const written of ids) {
    const id = written.replace(/^scalecard\//, '');
    const rule = present.get(id);
    if (rule === undefined) {
      const message = `suppression of an unknown rule "${id}"${didYouMean(id, present.keys())}`;
      notifications.push({ level: 'warning', message, location });
    } else if (reason !== '') rules.set(written, rule);
  }
  if (reason === '') {
    const form = ids[0]?.startsWith('scalecard/') === true ? '-- reason' : ': reason';
    const message = `suppression without a reason has no effect; write "${ids.join(', ')}${form.startsWith(':') ? '' : ' '}${form}"`;
    notifications.push({ level: 'warning', message, location });
  }
  return { directive, rules, used: new Set() };
}

function speaksOf({ directive, rules }: Live, { ruleId, location }: Result): boolean {
  const { scope, lines, ends } = directive;
  const ids = [...rules].filter(([, rule]) => rule === ruleId).map(([id]) => id);
  if (scope === 'region') {
    if (compareLocations(location, directive.location) < 0) return false;
    return ids.some((id) => {
      const end = ends.get(id);
      return end === undefined || compareLocations(location, end) < 0;
    });
  }
  return ids.length > 0 && (scope === 'file' || lines.includes(location.region.startLine));
}

function unused({ directive, rules, used }: Live): Notification[] {
  return [...rules]
    .filter(([, rule]) => !used.has(rule))
    .map(([id]) => ({
      level: 'note',
      message: `unused suppression: no result of ${id.replace(/^scalecard\//, '')} here`,
      location: directive.location,
    }));
}

function byPlace(a: Notification, b: Notification): number {
  if (a.location === undefined || b.location === undefined) return 0;
  return compareLocations(a.location, b.location) || (a.message < b.message ? -1 : a.message > b.message ? 1 : 0);
}
