import { compression } from '../../facts/compression.js';
import { state, type Stated } from '../../facts/fact.js';
import { locate, type Document } from '../../parse/document.js';
import type { Statement } from '../../parse/vcl/statements.js';
import { deploys } from '../deploys.js';
import { declared, written, type VclDocument } from './program.js';

/** `set beresp.do_gzip = true;`. Without it an answer leaves as the backend sent it, so only that is stated. */
export function* fromDocument(document: Document): Generator<Stated> {
  if (!deploys(document.path)) return;
  const subs = declared(document as VclDocument, 'sub');
  for (const name of ['vcl_backend_response', 'vcl_fetch']) {
    const found = settingIn(subs.get(name)?.block ?? []);
    if (found === undefined) continue;
    yield state(compression, locate(document, { start: found.start, end: found.headEnd }), {
      ...{ layer: 'proxy', enabled: true, types: 'text', where: name, remedy: '' },
    });
  }
}

function settingIn(statements: readonly Statement[]): Statement | undefined {
  for (const one of statements) {
    if (/^set beresp\.do_gzip = true$/.test(written(one))) return one;
    const inner = settingIn(one.block ?? []);
    if (inner !== undefined) return inner;
  }
  return undefined;
}
