import type { Document } from '../../parse/document.js';
import type { HclAttribute, HclBlock, HclBody } from '../../parse/hcl/tree.js';
import { folderOf } from '../../repository-path.js';

/** A block, with the file it stands in. */
export interface Placed<T> {
  readonly document: Document<HclBody>;
  readonly node: T;
}

/** All configuration of one folder, which is one module whatever its files are called. */
export interface Folder {
  readonly path: string;
  readonly variables: ReadonlyMap<string, Placed<HclBlock>>;
  readonly locals: ReadonlyMap<string, Placed<HclAttribute>>;
  readonly outputs: ReadonlyMap<string, Placed<HclBlock>>;
  readonly calls: ReadonlyMap<string, Placed<HclBlock>>;
  /** By `type.name`, in order of the files. */
  readonly resources: ReadonlyMap<string, Placed<HclBlock>>;
  readonly data: ReadonlyMap<string, Placed<HclBlock>>;
  readonly documents: readonly Document<HclBody>[];
  /** Whether it says where it runs: a provider, a place for its state. */
  readonly isConfigured: boolean;
}

type Parts = { -readonly [K in keyof Folder]: Folder[K] extends ReadonlyMap<string, infer V> ? Map<string, V> : never };

/** The folders that hold configuration, by their paths. */
export function foldersOf(documents: readonly Document<HclBody>[]): Map<string, Folder> {
  const folders = new Map<string, Document<HclBody>[]>();
  for (const document of documents) {
    if (!/\.(?:tf|tofu)$/.test(document.path)) continue;
    const path = folderOf(document.path);
    folders.set(path, [...(folders.get(path) ?? []), document]);
  }
  return new Map([...folders].map(([path, files]) => [path, folder(path, files)]));
}

function folder(path: string, documents: readonly Document<HclBody>[]): Folder {
  const parts = {
    variables: new Map(),
    locals: new Map(),
    outputs: new Map(),
    calls: new Map(),
    resources: new Map(),
    data: new Map(),
  } as Pick<Parts, 'variables' | 'locals' | 'outputs' | 'calls' | 'resources' | 'data'>;
  let isConfigured = false;
  for (const document of documents) {
    for (const node of document.tree.blocks) {
      const [first = '', second = ''] = node.labels;
      const placed = { document, node };
      if (node.type === 'variable') parts.variables.set(first, placed);
      if (node.type === 'output') parts.outputs.set(first, placed);
      if (node.type === 'module') parts.calls.set(first, placed);
      if (node.type === 'resource') parts.resources.set(`${first}.${second}`, placed);
      if (node.type === 'data') parts.data.set(`${first}.${second}`, placed);
      if (node.type === 'locals')
        for (const attribute of node.body.attributes) parts.locals.set(attribute.name, { document, node: attribute });
      isConfigured ||= node.type === 'provider';
      isConfigured ||=
        node.type === 'terraform' && node.body.blocks.some(({ type }) => /^(?:backend|cloud)$/.test(type));
    }
  }
  return { path, ...parts, documents, isConfigured };
}

/** The text of an attribute that is written out, such as where a module is from. */
export function literal(body: HclBody, name: string): string | undefined {
  const value = body.attributes.find((one) => one.name === name)?.value;
  return value?.kind === 'literal' && typeof value.value === 'string' ? value.value : undefined;
}
