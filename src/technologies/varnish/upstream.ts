import { state, type Stated } from '../../facts/fact.js';
import { upstream } from '../../facts/upstream.js';
import { isUnknown } from '../../location.js';
import { locate, type Document } from '../../parse/document.js';
import { deploys } from '../deploys.js';
import { groupsOf } from './backends.js';
import { targetsOf } from './load-balancer.js';
import type { VclDocument } from './program.js';

/** The names of backends are asked for when the VCL is loaded; only a module of its own asks again. */
export function* fromDocument(document: Document): Generator<Stated> {
  if (!deploys(document.path)) return;
  for (const group of groupsOf(document as VclDocument)) {
    const targets = targetsOf(group);
    if (isUnknown(targets) || targets.every((host) => /^[\d.]+$|:|^localhost$/.test(host))) continue;
    const { name, statement } = group;
    yield state(upstream, locate(document, { start: statement.start, end: statement.headEnd }), {
      ...{ name, targets, names: 'at-start' },
      namesRemedy: 'import dynamic; and new web = dynamic.director(port = "8000"); in vcl_init',
    });
  }
}
