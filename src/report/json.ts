import { harmlessJson } from '../harmless.js';
import {
  compareLocations,
  isUnknown,
  type Evidence,
  type Location,
  type Maybe,
  type Notification,
} from '../location.js';
import type { Component, Derived, Headroom, Journey } from '../model/model.js';
import type { Result } from '../rules/result.js';
import type { Scorecard } from '../score/scorecard.js';
import type { Report } from './report.js';

/** The audit for programs; `scalecard.schema.json` beside this file says what may stand where. The same input gives the same bytes. */
export const report: Report = ({ tool, model, evaluation, scorecard, notifications }) => {
  const content = {
    tool: { name: tool.name, version: tool.version },
    score: scoreOf(scorecard),
    components: [...model.components].sort(byName).map(componentOf),
    headroom: model.headroom.map(headroomOf),
    journey: journeyOf(model.journey),
    results: [...evaluation.results].sort(byPlace).map(resultOf),
    suppressed: [...evaluation.suppressed].sort(byPlace).map(resultOf),
    notifications: notifications.map(notificationOf),
  };
  return `${harmlessJson(JSON.stringify(content, null, 2))}\n`;
};

function scoreOf({ value, grade, coverage, categories }: Scorecard) {
  return {
    value,
    grade,
    coverage,
    categories: categories.map((category) => ({
      id: category.id,
      title: category.title,
      value: category.value,
      grade: category.grade,
      coverage: category.coverage,
      lost: category.lost.map(({ ruleId, component, points }) => ({ ruleId, component, points })),
    })),
  };
}

function componentOf({ name, role, directory, audience, location, technologies, properties }: Component) {
  const derived = Object.entries(properties) as [string, Derived<unknown>][];
  return {
    name,
    role,
    directory,
    audience: plain(audience),
    location: locationOf(location),
    technologies,
    ...Object.fromEntries(derived.map(([property, { value }]) => [property, plain(value)])),
    evidence: derived.flatMap(([property, { evidence }]) => evidence.map((one) => ({ property, ...relatedOf(one) }))),
  };
}

function headroomOf({ limit, component, instances, arithmetic, locations }: Headroom) {
  return { limit, component, instances, arithmetic, locations: locations.map(relatedOf) };
}

function journeyOf({ stations, steps, aside }: Journey) {
  return {
    stations: stations.map(({ id, layer, kind, title, what, components, scope, standing, details }) => ({
      id,
      layer,
      kind,
      title,
      what,
      components,
      scope: plain(scope),
      standing: plain(standing),
      details: details.map(relatedOf),
    })),
    steps: steps.map(({ from, to, evidence }) => ({ from, to, evidence: evidence.map(relatedOf) })),
    aside: aside.map(({ component, reason }) => ({ component, reason })),
  };
}

function resultOf(result: Result) {
  const { suppression } = result;
  return {
    ruleId: result.ruleId,
    kind: result.kind,
    level: result.level,
    message: result.message,
    location: locationOf(result.location),
    relatedLocations: result.relatedLocations.map(relatedOf),
    component: result.component,
    alsoIn: result.alsoIn,
    fingerprint: result.fingerprint,
    effort: result.effort,
    help: result.help,
    ...(suppression && {
      suppression: { location: locationOf(suppression.location), justification: suppression.justification },
    }),
  };
}

function notificationOf({ level, message, location }: Notification) {
  return { level, message, ...(location && { location: locationOf(location) }) };
}

function relatedOf({ location, message }: Evidence) {
  return { location: locationOf(location), message };
}

function locationOf({ uri, region: { startLine, startColumn, endLine, endColumn } }: Location) {
  return { uri, region: { startLine, startColumn, endLine, endColumn } };
}

function plain<T>(value: Maybe<T>) {
  return isUnknown(value) ? { unknown: value.unknown } : value;
}

function byName(a: Component, b: Component): number {
  return a.name < b.name ? -1 : a.name > b.name ? 1 : 0;
}

function byPlace(a: Result, b: Result): number {
  return (
    compareLocations(a.location, b.location) ||
    (a.ruleId < b.ruleId ? -1 : a.ruleId > b.ruleId ? 1 : 0) ||
    (a.component < b.component ? -1 : a.component > b.component ? 1 : 0)
  );
}
