import type { Stated } from '../../facts/fact.js';
import { unknown, type Maybe } from '../../location.js';
import { locate, type Document } from '../../parse/document.js';
import type { YamlNode, YamlPair } from '../../parse/yaml/node.js';
import { get, items, number, pair, pairs, place, string } from '../../parse/yaml/read.js';
import { folderOf, joinPath } from '../../repository-path.js';
import { platformWorkload } from '../platform-process.js';
import { nameOf, rootOf, unitOf } from './service.js';

export function* fromDocument(document: Document): Generator<Stated> {
  const root = rootOf(document);
  const at = root === undefined ? undefined : (pairs(root)[0] ?? undefined);
  if (root === undefined || at === undefined) return;
  const deploy = get(root, 'deploy');
  const begin = pair(deploy, 'preDeployCommand');
  const first =
    string(begin?.value) ??
    items(begin?.value)
      .flatMap((one) => string(one) ?? [])
      .join(' && ');
  const build = builtFrom(document, get(root, 'build'));
  if (begin !== undefined && first !== '')
    yield platformWorkload(locate(document, place(begin)), {
      ...build,
      unit: `${unitOf(document.path)}/pre-deploy`,
      name: `${nameOf(document.path)}-pre-deploy`,
      controller: 'job',
      replicas: 1,
      command: ['sh', '-c', first],
      environmentSources: [],
      ports: [],
    });
  const start = pair(deploy, 'startCommand');
  const line = string(start?.value);
  const count = replicasOf(deploy);
  const isClock = get(deploy, 'cronSchedule') !== undefined;
  yield platformWorkload(
    locate(document, place(count.pair ?? start ?? at)),
    {
      ...build,
      unit: unitOf(document.path),
      name: nameOf(document.path),
      controller: isClock ? 'scheduled-job' : 'replicated',
      replicas: count.value,
      explicit: count.pair !== undefined,
      // Behind a button stands the same file, and all else is said on the platform.
      offered: count.pair === undefined && start === undefined,
      rollout: { strategy: 'rolling', surge: count.value, surgePercent: 100 },
      ...(line === undefined ? {} : { command: ['sh', '-c', line] }),
      environmentSources: [],
      ports: isClock || isWorker(line, document.path) ? [] : ['$PORT'],
    },
    start === undefined ? {} : { command: locate(document, place(start)) },
  );
}

/** Which services get a name on the network is said on the platform; workers are known by what they are called and start. */
function isWorker(line: string | undefined, path: string): boolean {
  return /\b(?:worker|beat|qcluster|scheduler|consumer)\b/.test(`${line ?? ''} ${nameOf(path)}`);
}

/** `numReplicas`, or the sum over regions. */
function replicasOf(deploy: YamlNode | undefined): { value: Maybe<number>; pair: YamlPair | undefined } {
  const regions = pair(deploy, 'multiRegionConfig');
  const counts = pairs(regions?.value).map((one) => number(get(one.value, 'numReplicas')) ?? 1);
  if (regions !== undefined && counts.length > 0)
    return { value: counts.reduce((sum, one) => sum + one, 0), pair: regions };
  const written = pair(deploy, 'numReplicas');
  if (written === undefined) return { value: 1, pair: undefined };
  return { value: number(written.value) ?? unknown('it is no number'), pair: written };
}

function builtFrom(
  document: Document,
  build: YamlNode | undefined,
): { buildContext: string; dockerfile?: Maybe<string> } {
  const folder = folderOf(document.path);
  const file = string(get(build, 'dockerfilePath'));
  const builder = string(get(build, 'builder')) ?? '';
  if (file !== undefined) return { buildContext: folder, dockerfile: joinPath(folder, file) };
  // Build packs look at the folder; where nobody chooses, a Dockerfile comes first.
  if (/nixpacks|railpack|heroku|paketo/i.test(builder)) return { buildContext: folder };
  return {
    buildContext: folder,
    dockerfile: unknown('a Dockerfile in its folder, where there is one', [joinPath(folder, 'Dockerfile')]),
  };
}
