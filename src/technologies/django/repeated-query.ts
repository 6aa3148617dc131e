import { state, type Stated } from '../../facts/fact.js';
import { repeatedQuery } from '../../facts/repeated-query.js';

import type { Program } from '../../link/program.js';
import type { Evidence } from '../../location.js';
import type { Comprehension, For } from '../../parse/python/ast.js';
import { walkPython } from '../../parse/python/walk.js';
import { pythonRequestPath } from '../python-request-path.js';
import { modelsOf } from './models.js';
import { repeatedIn, type Repeated } from './repeated-in-loop.js';
import { settingsOf } from './settings.js';

/** Loops over rows or entries of a request that send a query each time round. */
export function* fromProgram(program: Program): Iterable<Stated> {
  if (settingsOf(program) === undefined || modelsOf(program).size === 0) return;
  const { pythonCode } = program;
  for (const module of pythonCode.modulesWith(/\bfor\s+\w[\w\s,()]*\sin\s/)) {
    if (/(?:^|\/)(?:management|commands|scripts?|seeds?)\//.test(module.path)) continue;
    const loops: (For | Comprehension)[] = [];
    walkPython(module.document.tree, (node) => {
      if (node.type === 'For' || node.type === 'Comprehension') loops.push(node);
    });
    const told = new Set<string>();
    for (const node of loops) {
      const loop = { module, node };
      if (pythonCode.functionsAround(loop).length === 0) continue;
      const all = repeatedIn(program, loop).filter((one) => !told.has(spot(one)));
      if (all.length === 0) continue;
      const path = pythonRequestPath(program, loop);
      if (path === undefined || path.kind === 'task') continue;
      const [fn] = pythonCode.functionsAround(loop);
      const because: Evidence = {
        message: `a request comes to it: ${path.reason}`,
        location: first(
          pythonCode.locate({
            module,
            node: path.handler.node.type === 'FunctionDef' && path.handler.module === module ? path.handler.node : node,
          }),
        ),
      };
      for (const one of all) {
        told.add(spot(one));
        yield state(
          repeatedQuery,
          pythonCode.locate(one.place),
          {
            kind: one.kind,
            entries: one.entries,
            query: one.query,
            over: one.over,
            handler: fn?.type === 'FunctionDef' ? fn.name : 'a function',
            remedy: one.remedy,
          },
          [...one.evidence, ...path.evidence, because],
        );
      }
    }
  }
}

function spot({ place, kind }: Repeated): string {
  return `${kind} ${String(place.node.start)}`;
}

function first(location: Evidence['location']): Evidence['location'] {
  const { startLine, startColumn } = location.region;
  return { ...location, region: { startLine, startColumn, endLine: startLine, endColumn: startColumn + 1 } };
}
