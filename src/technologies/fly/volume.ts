import { state, type Stated } from '../../facts/fact.js';
import { volume } from '../../facts/volume.js';
import { locate, type Document } from '../../parse/document.js';
import type { TomlTree } from '../../parse/toml/index.js';
import { get, pair, place, string } from '../../parse/yaml/read.js';
import { appOf, isFor, tables, unitOf } from './app.js';

/** Each machine has a volume of its own: https://fly.io/docs/volumes/overview/ */
export function* fromDocument(document: Document<TomlTree>): Generator<Stated> {
  const app = appOf(document);
  for (const group of app?.groups ?? []) {
    if (app === undefined) return;
    for (const mount of [...tables(app.root, 'mounts'), ...tables(app.root, 'mount')]) {
      const target = pair(mount, 'destination');
      const path = string(target?.value);
      if (target === undefined || path === undefined || !isFor(mount, group, app)) continue;
      yield state(volume, locate(document, place(target)), {
        unit: unitOf(document, app, group.name),
        container: group.name,
        source: string(get(mount, 'source')) ?? 'volume',
        origin: 'claim-per-instance',
        path,
        readOnly: false,
      });
    }
  }
}
