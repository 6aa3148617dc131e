import { posix } from 'node:path';
import type { TSESTree } from '@typescript-eslint/types';
import type { Placed } from '../link/javascript/javascript-program.js';
import type { Program } from '../link/program.js';
import { text } from '../link/value.js';
import { launchedPath } from './launched-path.js';

/** Where a path leads, as far as it is known: its folder, and whether that is one for temporary files. */
export interface WrittenPath {
  readonly folder: string | undefined;
  readonly temporary: boolean;
}

const TEMPORARY = /^(?:\/var)?\/(?:tmp|temp)(?:\/|$)|(?:^|\/)\.?(?:tmp|temp)(?:\/|$)/i;
const MAKERS = /^(?:tmp|tmp-promise|tempy|temp|tempfile|temp-dir|temp-write)$/;

/** The folder of a file that is written: names of files are rarely known, what stands before them mostly is. */
export function writtenPath(program: Program, path: Placed): WrittenPath {
  const whole = text(program.javascript.value(path));
  if (whole !== undefined) return told(program, posix.dirname(whole));
  if (isTemporary(program, path)) return { folder: undefined, temporary: true };
  const start = startOf(program, path, 4);
  // What stands before the first part that is not known, up to the last separator.
  return start === undefined ? { folder: undefined, temporary: false } : told(program, start);
}

/** The folder itself: `dest` of an upload. */
export function writtenFolder(program: Program, path: Placed): WrittenPath {
  const whole = text(program.javascript.value(path));
  if (whole !== undefined) return told(program, whole);
  if (isTemporary(program, path)) return { folder: undefined, temporary: true };
  const start = startOf(program, path, 4);
  return start === undefined ? { folder: undefined, temporary: false } : told(program, start);
}

function told(program: Program, folder: string): WrittenPath {
  const seen = launchedPath(program, folder === '' ? '.' : folder);
  return { folder: seen, temporary: TEMPORARY.test(seen) };
}

function startOf(program: Program, { module, node }: Placed, depth: number): string | undefined {
  if (depth === 0) return undefined;
  const known = text(program.javascript.value({ module, node }));
  if (known !== undefined) return known;
  if (node.type === 'TemplateLiteral') {
    let written = '';
    for (const [index, quasi] of node.quasis.entries()) {
      written += quasi.value.cooked ?? '';
      const hole = node.expressions[index];
      const filled = hole === undefined ? undefined : text(program.javascript.value({ module, node: hole }));
      if (filled === undefined) break;
      written += filled;
    }
    return upToSeparator(written);
  }
  if (node.type === 'BinaryExpression' && node.operator === '+') {
    const left = startOf(program, { module, node: node.left }, depth - 1);
    return left === undefined ? undefined : upToSeparator(left);
  }
  for (const traced of program.javascript.trace({ module, node })) {
    if (traced.kind === 'repository' && traced.steps.length === 0 && traced.at.node !== node)
      return startOf(program, traced.at, depth - 1);
    if (traced.kind !== 'package' || traced.package !== 'node:path' || traced.call === undefined) continue;
    const [joining] = traced.steps.filter((step) => step !== 'posix' && step !== 'default');
    if (joining !== 'join' && joining !== 'resolve') continue;
    const [first] = traced.call.node.arguments;
    if (first === undefined || first.type === 'SpreadElement') return undefined;
    const { module: there } = traced.call;
    let start = startOf(program, { module: there, node: first }, depth - 1);
    for (const part of traced.call.node.arguments.slice(1)) {
      const next =
        part.type === 'SpreadElement' ? undefined : text(program.javascript.value({ module: there, node: part }));
      if (start === undefined || next === undefined) break;
      start = posix.join(start, next);
    }
    return start;
  }
  return undefined;
}

function upToSeparator(start: string): string | undefined {
  const end = start.lastIndexOf('/');
  return end < 0 ? undefined : start.slice(0, end) || '/';
}

/** Made of the folder that the system keeps for temporary files, or by a package for such. */
function isTemporary(program: Program, { module, node }: Placed): boolean {
  const parts: TSESTree.Node[] = [node];
  for (const traced of program.javascript.trace({ module, node })) {
    if (traced.kind !== 'package') continue;
    if (MAKERS.test(traced.package) || (traced.package === 'node:os' && traced.steps[0] === 'tmpdir')) return true;
    if (traced.package === 'node:path' && traced.call !== undefined) {
      const { module: there, node: call } = traced.call;
      return call.arguments.some((part) =>
        program.javascript
          .trace({ module: there, node: part })
          .some((one) => one.kind === 'package' && one.package === 'node:os' && one.steps[0] === 'tmpdir'),
      );
    }
  }
  for (const part of parts) {
    if (part.type !== 'TemplateLiteral' && part.type !== 'BinaryExpression') continue;
    const inner = part.type === 'TemplateLiteral' ? part.expressions : [part.left, part.right];
    for (const one of inner) {
      const found = program.javascript.trace({ module, node: one });
      if (
        found.some(
          (traced) => traced.kind === 'package' && (traced.package === 'node:os' || MAKERS.test(traced.package)),
        )
      )
        return true;
    }
  }
  return false;
}
