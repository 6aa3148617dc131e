import type { YamlNode } from '../../parse/yaml/node.js';
import { get, isScalar, items, pairs, string } from '../../parse/yaml/read.js';
import { labelledServices } from './labels.js';
import { at, rootsOf, type TraefikDocument } from './read.js';

/** Names of the middlewares that a file uses, in lower case and without the provider behind the `@`. */
export function middlewaresUsed(document: TraefikDocument): string[] {
  return rootsOf(document)
    .flatMap((root) => [...inLabels(root), ...inFlags(root), ...inFile(root), ...inObject(root)])
    .flatMap((list) => list.split(','))
    .map((name) => name.trim().replace(/@.*$/, '').toLowerCase())
    .filter((name) => name !== '');
}

/** `traefik.http.routers.web.middlewares`, and `chain.middlewares` of a middleware. */
function inLabels(root: YamlNode): string[] {
  return labelledServices(root).flatMap(({ labels }) =>
    labels.filter(({ key }) => key.endsWith('.middlewares')).map(({ value }) => value),
  );
}

/** `--entrypoints.web.http.middlewares=gzip@file` of a command. */
function inFlags(root: YamlNode): string[] {
  return pairs(get(root, 'services')).flatMap(({ value }) =>
    items(get(value, 'command')).flatMap((word) =>
      isScalar(word) ? (/\.http\.middlewares=(.*)$/i.exec(word.text)?.[1] ?? []) : [],
    ),
  );
}

function inFile(root: YamlNode): string[] {
  const holders = [
    ...pairs(at(root, 'http', 'routers')).map(({ value }) => value),
    ...pairs(at(root, 'entrypoints')).flatMap(({ value }) => at(value, 'http') ?? []),
    ...pairs(at(root, 'http', 'middlewares')).flatMap(({ value }) => at(value, 'chain') ?? []),
  ];
  return holders.flatMap((holder) => items(at(holder, 'middlewares')).flatMap((one) => string(one) ?? []));
}

/** IngressRoutes and chains name objects; an Ingress has a list in an annotation. */
function inObject(root: YamlNode): string[] {
  const spec = get(root, 'spec');
  const lists = [
    ...items(get(spec, 'routes')).map((route) => get(route, 'middlewares')),
    get(spec, 'chain', 'middlewares'),
  ];
  const named = lists.flatMap((list) => items(list).flatMap((one) => string(get(one, 'name')) ?? []));
  const annotation = string(get(root, 'metadata', 'annotations', 'traefik.ingress.kubernetes.io/router.middlewares'));
  return annotation === undefined ? named : [...named, annotation];
}
