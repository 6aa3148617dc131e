import type { Fact, Scope } from '../src/facts/fact.js';
import type { Evidence, Location, Maybe, Notification } from '../src/location.js';
import type { Component, ComponentRole, Derived } from '../src/model/model.js';
import type { Audit } from '../src/report/report.js';
import type { Result } from '../src/rules/result.js';
import type { Rule } from '../src/rules/rule.js';

/** An audit written by hand, so that reports are tested without the stages before them. */
export const FILES: Readonly<Record<string, string>> = {
  'shop/settings.py': [
    'import os',
    '',
    'CACHES = {',
    "\t'default': {'BACKEND': 'locmem'},",
    '}',
    "SESSION_ENGINE = 'file'",
    "MEDIA_ROOT = os.environ['MEDIA_ROOT']",
    '',
  ].join('\n'),
  'deploy/web.yaml': ['kind: Deployment', 'spec:', '  replicas: 4', ''].join('\n'),
  'deploy/db.yaml': ['kind: StatefulSet', 'max_connections: 100', ''].join('\n'),
};

export function at(uri: string, line: number, from = 1, to = from, endLine = line): Location {
  return { uri, region: { startLine: line, startColumn: from, endLine, endColumn: to } };
}

export function because(message: string, location: Location): Evidence {
  return { message, location };
}

function derived<T>(value: Maybe<T>, ...evidence: Evidence[]): Derived<T> {
  return { value, evidence };
}

const replicas = because('it asks for 4 instances', at('deploy/web.yaml', 3, 3, 14));
const session = at('shop/settings.py', 6, 18, 24);

export const SESSION: Fact = {
  kind: 'session-store',
  technology: 'sample',
  location: session,
  evidence: [],
  properties: { store: 'files', scope: 'host', remedy: "SESSION_ENGINE = 'cached_db'" },
};

export function component(name: string, role: ComponentRole, changes: Partial<Component> = {}): Component {
  return {
    name,
    role,
    directory: null,
    audience: 'production',
    location: at('deploy/web.yaml', 1),
    technologies: [],
    workload: null,
    properties: {
      deployed: derived(true),
      instances: derived(1),
      instancesAtLeast: derived(1),
      single: derived(false),
      singleByDesign: derived(false),
      placement: derived<'one-host' | 'many-hosts'>('many-hosts'),
      canMultiply: derived(true),
      processes: derived<number>({ unknown: 'how many processes it starts is not told', candidates: [1, 2] }),
      target: derived<Scope>('cluster'),
      reach: derived<Scope>({ unknown: 'nothing tells', candidates: ['process', 'host'] }),
      serves: derived(false),
      internal: derived(false),
      measured: derived(true),
      connectionsPerInstance: derived<number>({ unknown: 'it opens no database connection that is known' }),
      ceiling: derived<Scope>('cluster'),
    },
    subjects: [],
    ...changes,
  };
}

export function web(): Component {
  const plain = component('web', 'web', { directory: 'shop' });
  return {
    ...plain,
    properties: {
      ...plain.properties,
      instances: derived(4, replicas),
      instancesAtLeast: derived(2, replicas),
      processes: derived(3, because('it runs 3 processes in each instance', at('deploy/web.yaml', 2))),
      reach: derived<Scope>('cluster', replicas),
      ceiling: derived<Scope>('host', because('session store kept by one host: files', session)),
    },
    subjects: [{ fact: SESSION, derived: {} }],
  };
}

export const RULE: Rule = {
  id: 'session-on-one-instance',
  category: 'statelessness',
  aliases: ['sessions-on-one-instance'],
  level: 'warning',
  weight: 'critical',
  description: 'Every instance sees the same sessions.',
  message: 'Sessions are kept in {{store}}.',
  why: 'The next request of a user may reach another instance, which does not know the session: people are logged out at random.',
  help: ['Keep sessions where every instance sees them: {{remedy}}', 'Until then run one instance.'],
  effort: 'minutes',
  references: ['https://12factor.net/processes'],
  subject: 'session-store',
  fails: {},
  worsens: {},
  examples: {
    fail: [{ title: 'files', subject: { store: 'files', component: { reach: 'cluster' } }, level: 'error' }],
    pass: [{ title: 'a database', subject: { store: 'database' } }],
    open: [{ title: 'a variable decides', subject: { store: { unknown: 'variable X' }, names: ['a', 'b'] } }],
  },
  file: '/nowhere/session-on-one-instance.yaml',
};

export function result(changes: Partial<Result> = {}): Result {
  return {
    ruleId: RULE.id,
    kind: 'fail',
    level: 'error',
    message: 'Sessions are kept in files, which only one host sees.',
    location: session,
    relatedLocations: [replicas],
    component: 'web',
    alsoIn: ['worker'],
    fingerprint: '0123456789abcdef',
    effort: 'minutes',
    help: ['Keep sessions where every instance sees them: SESSION_ENGINE = "x"', 'Until then run one instance.'],
    ...changes,
  };
}

export interface SampleChanges {
  readonly files?: Readonly<Record<string, string>>;
  readonly results?: readonly Result[];
  readonly suppressed?: readonly Result[];
  readonly components?: readonly Component[];
  readonly notifications?: readonly Notification[];
  readonly scorecard?: Audit['scorecard'];
  readonly headroom?: Audit['model']['headroom'];
  readonly journey?: Audit['model']['journey'];
}

export function sampleAudit(changes: SampleChanges = {}): Audit {
  const files = changes.files ?? FILES;
  const open = result({
    kind: 'open',
    level: 'none',
    ruleId: 'file-on-one-host',
    message: 'cannot be decided: read from the variable MEDIA_ROOT, which nothing sets',
    location: at('shop/settings.py', 7, 14, 38),
    relatedLocations: [],
  });
  return {
    tool: { name: 'scalecard', version: '1.2.3' },
    inventory: {
      root: '/somewhere/sample',
      files: Object.keys(files)
        .sort()
        .map((path) => ({ path })),
      has: (path) => path in files,
      read: (path) => files[path],
      notifications: [],
    },
    model: {
      components: changes.components ?? [
        component('db', 'database'),
        web(),
        component('worker', 'worker', { directory: 'shop' }),
      ],
      headroom: changes.headroom ?? [
        {
          limit: 'connections of db',
          component: 'web',
          instances: 3,
          arithmetic: '100 connections - 8 of worker / 24 for each instance of web (3 processes x 8 threads): 3 fit',
          locations: [because('db accepts 100 connections', at('deploy/db.yaml', 2, 1, 21))],
        },
      ],
      journey: changes.journey ?? { stations: [], steps: [], aside: [] },
      notifications: [],
    },
    evaluation: { results: changes.results ?? [result(), open], suppressed: changes.suppressed ?? [], verdicts: [] },
    scorecard: changes.scorecard ?? {
      value: 58,
      grade: 'D',
      coverage: 0.813,
      categories: [
        {
          id: 'statelessness',
          title: 'Statelessness',
          value: 40,
          grade: 'E',
          coverage: 0.6,
          lost: [{ ruleId: RULE.id, component: 'web', points: 60 }],
        },
        { id: 'data', title: 'Data', value: 90, grade: 'A', coverage: 1, lost: [] },
        { id: 'delivery', title: 'Delivery', value: null, grade: null, coverage: 0, lost: [] },
        { id: 'operations', title: 'Operations', value: null, grade: null, coverage: null, lost: [] },
      ],
    },
    ruleSet: {
      rules: [RULE],
      categories: [
        { id: 'statelessness', title: 'Statelessness', weight: 3 },
        { id: 'data', title: 'Data', weight: 1 },
      ],
    },
    notifications: changes.notifications ?? [
      { level: 'warning', message: 'file is left out: larger than 2 MiB', location: at('shop/data.py', 1) },
    ],
  };
}
