import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { stringify } from 'yaml';
import { gather } from '../src/audit.js';
import { inventoryOf } from '../src/discover/virtual-inventory.js';
import type { Fact } from '../src/facts/fact.js';
import { isUnknown } from '../src/location.js';
import { loadTechnology, technologies } from '../src/technologies/load.js';
import { annotations } from './annotations.js';

const TECHNOLOGIES = join(import.meta.dirname, '..', 'src', 'technologies');
/** Pages by technology: its `spec.md`, and those of the folders in its folder. */
const specified = readdirSync(TECHNOLOGIES, { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map(({ name }) => [name, pagesBelow(name)] as const)
  .filter(([, pages]) => pages.length > 0);

function pagesBelow(id: string): string[] {
  return readdirSync(join(TECHNOLOGIES, id), { recursive: true, encoding: 'utf8' })
    .filter((path) => /(?:^|[\\/])spec\.md$/.test(path))
    .sort()
    .map((path) => join(TECHNOLOGIES, id, path));
}

interface System {
  readonly title: string;
  readonly files: Record<string, string>;
}

interface Expected {
  readonly place: string;
  readonly text: string;
  readonly kind: string;
  readonly properties: ReadonlyMap<string, string>;
}

/** Each second heading starts a system; its files stand in fences with `file=path`. */
function systemsOf(page: string): System[] {
  const systems: System[] = [{ title: 'before the first heading', files: {} }];
  let open: { path: string; lines: string[] } | undefined;
  for (const line of page.split('\n')) {
    const files = systems.at(-1)?.files ?? {};
    if (open !== undefined) {
      if (line !== '```') open.lines.push(line);
      else {
        files[open.path] = `${open.lines.join('\n')}\n`;
        open = undefined;
      }
      continue;
    }
    const fence = /^```\S*(?: file=(\S+))?/.exec(line);
    if (fence !== null) {
      const path = fence[1] ?? '';
      if (path in files) throw new Error(`${path} stands twice under one heading`);
      open = { path, lines: [] };
    } else if (line.startsWith('## ')) systems.push({ title: line.slice(3), files: {} });
  }
  return systems.map(({ title, files }) => {
    // Fences without a path only show something.
    delete files[''];
    return { title, files };
  });
}

/** `kind name=value other="a value with blanks"`; `~` stands for unknown, nothing for an absent property. */
function expectedOf(path: string, line: number, text: string): Expected {
  const [kind = ''] = text.split(' ', 1);
  const properties = new Map(
    [...text.slice(kind.length).matchAll(/\s([A-Za-z]+)=("[^"]*"|\S*)/g)].map((match) => {
      const [, name = '', value = ''] = match;
      return [name, value.startsWith('"') ? value.slice(1, -1) : value];
    }),
  );
  return { place: `${path}:${line}`, text: `${path}:${line} ${text}`, kind, properties };
}

function placeOf(fact: Fact): string {
  return `${fact.location.uri}:${fact.location.region.startLine}`;
}

/** Lists are written as their words in a row, maps as `key=value` in a row. */
function written(value: unknown): string {
  if (value === undefined) return '';
  if (isUnknown(value)) return '~';
  if (Array.isArray(value)) return value.join(' ');
  if (typeof value === 'string') return value;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  return Object.entries(value)
    .map(([key, one]) => `${key}=${String(one)}`)
    .join(' ');
}

function matches(expected: Expected, fact: Fact): boolean {
  const properties = fact.properties as Record<string, unknown>;
  return (
    expected.kind === fact.kind &&
    expected.place === placeOf(fact) &&
    [...expected.properties].every(([name, value]) => written(properties[name]) === value)
  );
}

/** Gives each comment a fact of its own where that is possible at all; what stays alone on either side is wrong. */
function compare(expected: readonly Expected[], facts: readonly Fact[]): { missing: string[]; surplus: string[] } {
  const owners = new Map<Fact, Expected>();
  const claim = (one: Expected, tried: Set<Fact>): boolean => {
    for (const fact of facts) {
      if (tried.has(fact) || !matches(one, fact)) continue;
      tried.add(fact);
      const owner = owners.get(fact);
      if (owner === undefined || claim(owner, tried)) {
        owners.set(fact, one);
        return true;
      }
    }
    return false;
  };
  const missing = expected.filter((one) => !claim(one, new Set())).map((one) => one.text);
  const surplus = facts
    .filter((fact) => !owners.has(fact))
    .map((fact) => {
      const properties = Object.entries(fact.properties).map(([name, value]) => `${name}=${written(value)}`);
      return `${placeOf(fact)} ${fact.kind} ${properties.join(' ')}`;
    });
  return { missing, surplus };
}

describe.each(specified)('technologies/%s', (id, pages) => {
  const systems = pages
    .flatMap((page) => systemsOf(readFileSync(page, 'utf8')))
    .filter(({ files }) => Object.keys(files).length > 0);

  it('shows what it states', async () => {
    const technology = (await technologies()).find((one) => one.id === id);
    const extractors = technology === undefined ? [] : [...(await loadTechnology(technology)).extractors.keys()];
    const text = systems.flatMap(({ files }) => Object.values(files)).join('\n');
    expect(extractors.filter((kind) => !text.includes(`fact: ${kind}`))).toEqual([]);
  });

  it.each(systems)('$title', async ({ files }) => {
    const { facts } = await gather({ root: '/' }, inventoryOf(files));
    const expected = Object.entries(files).flatMap(([path, text]) =>
      annotations(text, 'fact').map(({ line, text: one }) => expectedOf(path, line, one)),
    );
    const technology = (await technologies()).find((one) => one.id === id);
    // What puts files of others together is shown by what these others say of it.
    const own = technology?.assembles === true ? facts : facts.filter((fact) => fact.technology === id);
    expect(compare(expected, own)).toEqual({ missing: [], surplus: [] });
  });
});

it('repeats nothing that a Secret holds', async () => {
  const text = (field: string, value: string) =>
    `apiVersion: v1\nkind: Secret\nmetadata: { name: keys }\n${field}: { URL: '${value}', TOKEN: '${value}' }\n`;
  const held = 'postgres://shop:pa55@db/shop';
  const files = { 'a.yaml': text('stringData', held), 'b.yaml': text('data', Buffer.from(held).toString('base64')) };
  const { facts } = await gather({ root: '/' }, inventoryOf(files));
  expect(facts).toHaveLength(4);
  expect(facts.map((fact) => (fact.properties as { value: unknown }).value)).toContainEqual(
    expect.objectContaining({ candidates: ['postgres://'] }),
  );
  expect(JSON.stringify(facts)).not.toMatch(/pa55|shop@|db\/shop/);
});

it('survives manifests of any shape', async () => {
  const scalar = fc.constantFrom('x', '${X}', '${X:-1}', '80:80', '.:/app', '25%', '', null, true, 3, -1, 1e9);
  const key = fc.constantFrom(
    ...'image build context command entrypoint environment env_file volumes ports deploy replicas mode update_config order resources limits cpus healthcheck test extends service file profiles networks driver driver_opts type source target tmpfs secrets depends_on condition include formation env'.split(
      ' ',
    ),
    ...'metadata name namespace spec template containers initContainers restartPolicy args envFrom configMapRef secretRef valueFrom configMapKeyRef key volumeMounts mountPath persistentVolumeClaim claimName hostPath csi nfs emptyDir volumeClaimTemplates accessModes strategy rollingUpdate maxSurge scaleTargetRef minReplicas maxReplicas selector matchLabels matchExpressions data stringData annotations rules http paths backend'.split(
      ' ',
    ),
  );
  const { value } = fc.letrec((tie) => ({
    value: fc.oneof({ depthSize: 'medium', withCrossShrink: true }, scalar, tie('list'), tie('map')),
    list: fc.array(tie('value'), { maxLength: 3 }),
    map: fc.dictionary(key, tie('value'), { maxKeys: 5 }),
  }));
  const kinds = fc.constantFrom(
    ...'apps/v1 Deployment,apps/v1 StatefulSet,apps/v1 DaemonSet,batch/v1 CronJob,v1 Pod,v1 Service,v1 ConfigMap,v1 Secret,v1 List,v1 PersistentVolumeClaim,autoscaling/v2 HorizontalPodAutoscaler,policy/v1 PodDisruptionBudget,networking.k8s.io/v1 Ingress,argoproj.io/v1 Rollout,serving.knative.dev/v1 Service'.split(
      ',',
    ),
  );
  let stated = 0;
  await fc.assert(
    fc.asyncProperty(value, value, value, kinds, async (one, two, three, kind) => {
      const [apiVersion, name] = kind.split(' ');
      const spec = { template: { metadata: two, spec: { containers: [one], volumes: [three], volumeMounts: two } } };
      const object = { apiVersion, kind: name, metadata: { name: 'x' }, spec, data: two, items: [three] };
      const { crashed, facts } = await gather(
        { root: '/' },
        inventoryOf({
          'compose.yaml': stringify({
            services: { web: one, second: two, image: three },
            volumes: three,
            include: two,
          }),
          'docker-compose.prod.yml': stringify({ services: one, networks: two }),
          'k8s/any.yaml': `${stringify(object)}\n---\n${stringify({ ...object, spec: three })}`,
          'app.json': JSON.stringify({ env: one, formation: two }),
        }),
      );
      expect([...crashed]).toEqual([]);
      stated += facts.length;
    }),
    { numRuns: 300 },
  );
  expect(stated).toBeGreaterThan(300);
});
