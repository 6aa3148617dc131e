import { connectionLimit } from '../../facts/connection-limit.js';
import { state, type Stated } from '../../facts/fact.js';
import type { Program } from '../../link/program.js';
import type { Document } from '../../parse/document.js';
import type { Settings } from '../../parse/ini/settings.js';
import { deploys } from '../deploys.js';
import { runningOf } from '../running.js';
import { environmentLimits } from './environment.js';
import { fileLimits } from './file.js';
import { technology } from './index.js';
import { upstreamsOf, type Limits } from './limits.js';

export function* fromDocument(document: Document): Iterable<Stated> {
  if (deploys(document.path)) yield* stated(fileLimits(document as Document<Settings>));
}

export function* fromProgram(program: Program): Iterable<Stated> {
  if (runningOf([technology], program.launch).length > 0) yield* stated(environmentLimits(program));
}

/** One fact for each server behind it: the limit on clients is of the whole pooler, the connections are that server's. */
function* stated(limits: Limits | undefined): Iterable<Stated> {
  if (limits === undefined) return;
  const { clients, explicit, setting, location, prepares } = limits;
  for (const { host, connections, mode } of upstreamsOf(limits.databases, limits.defaults)) {
    yield state(connectionLimit, location, {
      ...{ side: 'pooler', clients, reserved: 0, explicit, setting },
      ...{ poolMode: mode, poolSize: connections, prepares, upstream: host },
    });
  }
}
