import { state, type Stated } from '../../facts/fact.js';
import { probe } from '../../facts/probe.js';
import { isUnknown, unknown } from '../../location.js';
import { locate, type Document } from '../../parse/document.js';
import type { YamlNode, YamlTree } from '../../parse/yaml/node.js';
import { get, items, pair, place, string } from '../../parse/yaml/read.js';
import { rendered } from './objects.js';
import { podOwnersOf } from './pods.js';

const PURPOSES = { readinessProbe: 'readiness', livenessProbe: 'liveness', startupProbe: 'startup' } as const;

/** Probes of ports; what a command finds out is not read. The location is the port, of a liveness probe by HTTP its path. */
export function* fromDocument(document: Document<YamlTree>): Generator<Stated> {
  for (const owner of podOwnersOf(document)) {
    for (const { name, node } of owner.containers) {
      for (const [key, purpose] of Object.entries(PURPOSES)) {
        const http = get(node, key, 'httpGet');
        const port = pair(http ?? get(node, key, 'tcpSocket') ?? get(node, key, 'grpc'), 'port');
        const written = string(port?.value);
        if (port === undefined || written === undefined) continue;
        const path = pair(http, 'path');
        const text = rendered(written);
        const properties = {
          unit: owner.unit,
          container: name,
          purpose,
          port: text,
          named: isUnknown(text) ? unknown<'number'>(text.unknown) : namedIn(node, text),
          ...(http === undefined ? {} : { path: rendered(string(path?.value) ?? '/') }),
        };
        yield state(probe, locate(document, place(port)), properties, [], {
          path: locate(document, place(path ?? port)),
        });
      }
    }
  }
}

/** A name is looked up among the ports of the same container: https://kubernetes.io/docs/tasks/configure-pod-container/configure-liveness-readiness-startup-probes/#use-a-named-port */
function namedIn(container: YamlNode, port: string): 'number' | 'known' | 'missing' {
  if (/^\d+$/.test(port)) return 'number';
  return items(get(container, 'ports')).some((one) => string(get(one, 'name')) === port) ? 'known' : 'missing';
}
