import { autoscaler } from '../../facts/autoscaler.js';
import { state, type Stated } from '../../facts/fact.js';
import { unknown } from '../../location.js';
import { locate, type Document } from '../../parse/document.js';
import type { TomlTree } from '../../parse/toml/index.js';
import { get, number, pair, place, string } from '../../parse/yaml/read.js';
import { appOf, servicesOf, unitOf } from './app.js';

/**
 * The proxy stops and starts machines that exist; how many exist stands in no file. Only a minimum above one tells
 * something: that there are as many.
 */
export function* fromDocument(document: Document<TomlTree>): Generator<Stated> {
  const app = appOf(document);
  for (const group of app?.groups ?? []) {
    if (app === undefined) return;
    for (const service of servicesOf(app, group)) {
      const least = pair(service, 'min_machines_running');
      const minimum = number(least?.value);
      const stops = string(get(service, 'auto_stop_machines')) ?? 'false';
      if (least === undefined || minimum === undefined || minimum < 2 || stops === 'false' || stops === 'off') continue;
      yield state(autoscaler, locate(document, place(least)), {
        unit: unitOf(document, app, group.name),
        minimum,
        maximum: unknown('as many machines as `fly scale count` made'),
      });
      break;
    }
  }
}
