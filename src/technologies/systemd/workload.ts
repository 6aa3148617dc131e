import { state, type Stated } from '../../facts/fact.js';
import { workload } from '../../facts/workload.js';
import { unknown } from '../../location.js';
import { locate, type Document } from '../../parse/document.js';
import type { Settings } from '../../parse/ini/settings.js';
import { audienceOfPath } from '../audience.js';
import { unitIn, unitOf, variablesOf } from './unit.js';

/** A service of one machine. Who has something else that deploys it keeps such files for others. */
export function* fromDocument(document: Document<Settings>): Generator<Stated> {
  const unit = unitIn(document);
  if (unit === undefined) return;
  const isJob = unit.values('Type').some(({ text }) => text === 'oneshot');
  const directory = unit.values('WorkingDirectory').at(-1)?.text.replace(/^-/, '');
  const files = unit.values('EnvironmentFile').map(({ text }) => `file:${text.replace(/^-/, '')}`);
  const limits = (keys: readonly string[]): 'present' | 'absent' =>
    keys.some((key) => unit.values(key).length > 0) ? 'present' : 'absent';
  const location = locate(document, unit.place);
  yield state(
    workload,
    location,
    {
      unit: unitOf(document, unit),
      name: unit.name,
      container: unit.name,
      controller: isJob ? 'job' : 'replicated',
      placement: 'one-host',
      audience: audienceOfPath(document.path) ?? 'production',
      offered: true,
      replicas: unit.isTemplate ? unknown('as many as are started by name') : 1,
      replicasExplicit: false,
      strategy: 'recreate',
      surge: 0,
      singleName: false,
      command: unit.words,
      ...(directory === undefined || directory === '' ? {} : { workingDirectory: directory }),
      environmentSources: [...files, variablesOf(document, unit)],
      readinessProbe: 'absent',
      cpuRequest: limits(['CPUQuota', 'CPUWeight']),
      memoryRequest: limits(['MemoryMax', 'MemoryHigh', 'MemoryLimit']),
      // A socket or a port: which it is, the server that it starts tells.
      ports: serves(unit.words) ? ['socket'] : [],
    },
    [],
    { command: location },
  );
}

function serves(words: readonly string[]): boolean {
  return /\b(?:gunicorn3?|uwsgi|uvicorn|daphne|hypercorn|granian|waitress-serve|runserver)\b/.test(words.join(' '));
}
