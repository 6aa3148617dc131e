import { compression } from '../../facts/compression.js';
import { state, type Stated } from '../../facts/fact.js';
import { locate, type Document, type Range } from '../../parse/document.js';
import { get, pairs, string } from '../../parse/yaml/read.js';
import { deploys } from '../deploys.js';
import { labelledServices } from './labels.js';
import { at, isOn, pairOf, rootsOf, type TraefikDocument } from './read.js';
import { middlewaresUsed } from './uses.js';

/** The middleware `compress`, where a router, a chain or an entry point uses it. Off is the default, and states nothing. */
export function* fromDocuments(documents: readonly Document[]): Generator<Stated> {
  const deployed = documents.filter(({ path }) => deploys(path)) as TraefikDocument[];
  const used = new Set(deployed.flatMap(middlewaresUsed));
  for (const document of deployed) {
    for (const { name, names, place } of compressing(document)) {
      if (!names.some((one) => used.has(one.toLowerCase()))) continue;
      yield state(compression, locate(document, place), {
        ...{ layer: 'proxy', enabled: true, types: 'text', where: `middleware ${name}`, remedy: '' },
      });
    }
  }
}

interface Compress {
  readonly name: string;
  /** What it is called elsewhere: an object of Kubernetes with its namespace before its name. */
  readonly names: readonly string[];
  readonly place: Range;
}

function* compressing(document: TraefikDocument): Generator<Compress> {
  for (const root of rootsOf(document)) {
    for (const { labels } of labelledServices(root)) {
      for (const { key, value, place } of labels) {
        const name = /^traefik\.http\.middlewares\.([^.]+)\.compress(?:\.|$)/.exec(key)?.[1];
        if (name !== undefined && value !== 'false') yield { name, names: [name], place };
      }
    }
    for (const { key, value, keyRange } of pairs(at(root, 'http', 'middlewares')))
      if (isOn(pairOf(value, 'compress'))) yield { name: key, names: [key], place: keyRange };
    const compress = pairOf(get(root, 'spec'), 'compress');
    const name = string(get(root, 'metadata', 'name'));
    if (string(get(root, 'kind')) !== 'Middleware' || name === undefined || compress === undefined) continue;
    const namespace = string(get(root, 'metadata', 'namespace')) ?? 'default';
    if (isOn(compress)) yield { name, names: [name, `${namespace}-${name}`], place: compress.keyRange };
  }
}
