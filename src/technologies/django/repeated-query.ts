import { state, type Stated } from '../../facts/fact.js';
import { repeatedQuery } from '../../facts/repeated-query.js';

import type { Program } from '../../link/program.js';
import type { Evidence } from '../../location.js';
import type { Comprehension, For, While } from '../../parse/python/ast.js';
import { walkPython } from '../../parse/python/walk.js';
import { pythonRequestPath } from '../python-request-path.js';
import { adminQueries } from './admin-queries.js';
import { askedByResolvers } from './asked-by-resolvers.js';
import { servesOf } from './loop-serves.js';
import { modelsOf } from './models.js';
import { repeatedIn, written, type Repeated } from './repeated-in-loop.js';
import { rowMemo } from './row-memo.js';
import { serializedQueries } from './serialized-queries.js';
import { settingsOf } from './settings.js';
import { templateQueries } from './template-queries.js';

/** Loops over rows or entries of a request that send a query each time round. */
export function* fromProgram(program: Program): Iterable<Stated> {
  if (settingsOf(program) === undefined || modelsOf(program).size === 0) return;
  yield* serializedQueries(program);
  yield* templateQueries(program);
  yield* adminQueries(program);
  yield* resolved(program);
  yield* rowMemo(program, 'django:repeated-in-loops', () => [...inLoops(program)]);
}

function* inLoops(program: Program): Iterable<Stated> {
  const { pythonCode } = program;
  for (const module of pythonCode.modulesWith(/\b(?:for|while)\s/)) {
    if (/(?:^|\/)(?:management|commands|cli|scripts?|seeds?)\//.test(module.path)) continue;
    const loops: (For | While | Comprehension)[] = [];
    walkPython(module.document.tree, (node) => {
      if (node.type === 'For' || node.type === 'While' || node.type === 'Comprehension') loops.push(node);
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
      const serves = servesOf(program, loop, path);
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
            serves,
          },
          [...one.evidence, ...path.evidence, because],
        );
      }
    }
  }
}

/** Types of an API whose resolvers ask for each row of a list. */
function* resolved(program: Program): Iterable<Stated> {
  const { pythonCode } = program;
  for (const { type, resolver, asks } of askedByResolvers(program)) {
    const [ask] = asks;
    if (ask === undefined) continue;
    const inside = ask.place.module === resolver.module && ask.place.node.start >= resolver.node.start;
    yield state(
      repeatedQuery,
      inside ? pythonCode.locate(ask.place) : first(pythonCode.locate(resolver)),
      {
        kind: 'query',
        entries: 'many',
        query: written(ask.place),
        over: `a list of ${type.node.name}`,
        handler: resolver.node.name,
        remedy: 'a DataLoader, or prefetch_related() with to_attr where the list is resolved',
      },
      [{ message: 'it asks the database here', location: pythonCode.locate(ask.place) }],
    );
  }
}

function spot({ place, kind }: Repeated): string {
  return `${kind} ${String(place.node.start)}`;
}

function first(location: Evidence['location']): Evidence['location'] {
  const { startLine, startColumn } = location.region;
  return { ...location, region: { startLine, startColumn, endLine: startLine, endColumn: startColumn + 1 } };
}
