import { appServer } from '../../../facts/app-server.js';
import { SCOPES, isKind } from '../../../facts/fact.js';
import { middleware } from '../../../facts/middleware.js';
import { compareLocations, isUnknown, type Maybe } from '../../../location.js';
import type { Component, Journey, LayerId, Station, Step } from '../../../model/model.js';
import type { Result } from '../../../rules/result.js';
import { count } from '../../count.js';
import { standingWords, type StandingWords } from '../standing-words.js';

/** State that each instance keeps for itself, drawn inside of the instance. */
export interface Inside {
  readonly station: Station;
  readonly text: string;
  readonly standing: StandingWords;
}

/** A station as it is drawn: a few short lines. */
export interface Box {
  readonly id: string;
  readonly layer: LayerId;
  readonly kind: Station['kind'] | 'more';
  readonly what: string;
  readonly title: string;
  /** "3 to 20 instances", "" for one. */
  readonly copies: string;
  readonly lines: readonly string[];
  readonly standing: StandingWords;
  readonly inside: readonly Inside[];
  readonly results: string;
}

export interface Drawing {
  readonly boxes: readonly Box[];
  readonly steps: readonly Step[];
  /** Titles of stations that are only told in words. */
  readonly leftOut: readonly string[];
}

/** Boxes of one layer at most; a picture of more is no longer looked at. */
const MOST_IN_LAYER = 12;
const MOST_INSIDE = 6;

export function drawingOf(
  journey: Journey,
  components: readonly Component[],
  resultsAt: ReadonlyMap<string, readonly Result[]>,
): Drawing {
  const isInside = (station: Station): boolean => station.kind === 'state' && isLocal(station);
  const local = journey.stations.filter(isInside);
  const weight = (station: Station): number =>
    ['none', 'fits', 'open', 'tolerated', 'blocking', 'broken'].indexOf(standingWords(station.standing).kind) * 1000 +
    Math.min(999, resultsAt.get(station.id)?.length ?? 0);
  const shown: Station[] = [];
  const folded = new Map<string, string>();
  const more: Box[] = [];
  for (const layer of new Set(journey.stations.map((station) => station.layer))) {
    const own = journey.stations.filter((station) => station.layer === layer && !isInside(station));
    if (own.length <= MOST_IN_LAYER) {
      shown.push(...own);
      continue;
    }
    const kept = new Set([...own].sort((a, b) => weight(b) - weight(a)).slice(0, MOST_IN_LAYER - 1));
    shown.push(...own.filter((station) => kept.has(station)));
    const rest = own.filter((station) => !kept.has(station));
    for (const { id } of rest) folded.set(id, `more ${layer}`);
    more.push(moreOf(layer, rest, resultsAt));
  }
  const boxes = shown.map((station) => {
    const component = station.kind === 'component' ? components.find(({ name }) => name === station.title) : undefined;
    const keeps = local.filter(({ id }) => journey.steps.some((step) => step.from === station.id && step.to === id));
    return boxOf(station, component, keeps, resultsAt.get(station.id) ?? []);
  });
  return {
    boxes: [...boxes, ...more],
    steps: stepsBetween(journey, [...boxes, ...more], folded),
    leftOut: journey.stations.filter(({ id }) => folded.has(id)).map(({ title }) => title),
  };
}

/** Narrower than a whole cluster: each instance or machine has a copy of its own. */
function isLocal({ scope }: Station): boolean {
  return scope !== null && !isUnknown(scope) && scope !== SCOPES.at(-1);
}

function boxOf(
  station: Station,
  component: Component | undefined,
  keeps: readonly Station[],
  results: readonly Result[],
): Box {
  const scope = station.scope;
  const seen = station.kind === 'state' ? [isUnknown(scope) ? 'who sees it is not known' : 'seen by all'] : [];
  return {
    id: station.id,
    layer: station.layer,
    kind: station.kind,
    what: station.what === 'unknown' ? 'component' : station.what,
    title: station.title,
    copies: component === undefined ? '' : copiesOf(component),
    lines: [...(component === undefined ? [] : linesOf(component)), ...seen],
    standing: standingWords(station.standing, station.kind),
    inside: [...keeps.slice(0, MOST_INSIDE).map((one) => insideOf(one, component)), ...furtherOf(keeps)],
    results: resultsInWords(results),
  };
}

/** The same state can be broken in one component and do no harm in the next. */
function insideOf(station: Station, component: Component | undefined): Inside {
  const own = (component?.subjects ?? []).filter(
    ({ fact }) =>
      fact.kind.replaceAll('-', ' ') === station.what &&
      station.details.some(({ location }) => compareLocations(location, fact.location) === 0),
  );
  const standings = own.map(({ derived }) => derived.standing?.value as Station['standing'] | undefined);
  const standing =
    (['broken', 'blocking'] as const).find((one) => standings.includes(one)) ??
    standings.find((one) => one !== undefined) ??
    station.standing;
  return {
    station,
    text: `${station.what}: ${shortly(station.title)}${own.length > 1 ? ` ×${own.length}` : ''}`,
    standing: standingWords(standing),
  };
}

/** The heading above says already that it is kept by each process, and the box is narrow. */
function shortly(title: string): string {
  return title.replace(/^the memory of the process\b.*/, 'its memory');
}

function furtherOf(keeps: readonly Station[]): Inside[] {
  const [first, ...rest] = keeps.slice(MOST_INSIDE);
  if (first === undefined) return [];
  return [{ station: first, text: `and ${rest.length + 1} more`, standing: standingWords(null) }];
}

function copiesOf({ properties: { instances, instancesAtLeast } }: Component): string {
  const most = known(instances.value);
  const least = known(instancesAtLeast.value);
  if (most === undefined)
    return isUnknown(instances.value) && least !== undefined && least > 1 ? `× ${least} or more` : '';
  if (most === 1) return '';
  return least !== undefined && least < most ? `× ${least} to ${most}` : `× ${most}`;
}

function linesOf({ subjects, properties }: Component): string[] {
  const facts = subjects.map(({ fact }) => fact);
  const server = facts.find((fact) => isKind(appServer, fact))?.properties;
  const name = server === undefined ? undefined : known(server.server);
  const processes = known(properties.processes.value);
  const steps = facts.filter((fact) => isKind(middleware, fact)).length;
  const runs = [
    ...(name === undefined ? [] : [name]),
    ...(processes === undefined ? [] : [processes === 1 ? '1 process' : `${processes} processes`]),
  ].join(', ');
  return [...(name === undefined ? [] : [runs]), ...(steps > 0 ? [`${count(steps, 'step')} of middleware`] : [])];
}

function moreOf(layer: LayerId, rest: readonly Station[], resultsAt: ReadonlyMap<string, readonly Result[]>): Box {
  return {
    id: `more ${layer}`,
    layer,
    kind: 'more',
    what: 'told below',
    title: `${rest.length} more`,
    copies: '',
    lines: [],
    standing: standingWords(null),
    inside: [],
    results: resultsInWords(rest.flatMap(({ id }) => resultsAt.get(id) ?? [])),
  };
}

export function resultsInWords(results: readonly Result[]): string {
  return (['error', 'warning', 'note'] as const)
    .flatMap((level) => {
      const number = results.filter((result) => result.level === level).length;
      return number === 0 ? [] : [count(number, level)];
    })
    .join(', ');
}

/** Steps between boxes that are drawn; those of folded stations begin and end at what stands for them. */
function stepsBetween({ steps }: Journey, boxes: readonly Box[], folded: ReadonlyMap<string, string>): Step[] {
  const drawn = new Set(boxes.map(({ id }) => id));
  const merged = new Map<string, Step>();
  for (const step of steps) {
    const from = folded.get(step.from) ?? step.from;
    const to = folded.get(step.to) ?? step.to;
    if (from === to || !drawn.has(from) || !drawn.has(to)) continue;
    const key = `${from}\0${to}`;
    merged.set(key, { from, to, evidence: [...(merged.get(key)?.evidence ?? []), ...step.evidence] });
  }
  return [...merged.values()];
}

function known<T>(value: Maybe<T>): T | undefined {
  return isUnknown(value) ? undefined : value;
}
