import { boolean, isKind, text, type Fact } from '../../facts/fact.js';
import { memoryClaim } from '../../facts/memory-claim.js';
import { isUnknown, unknown, type Evidence, type Maybe } from '../../location.js';
import type { Part } from '../component.js';
import { derived, type FactDerivation } from '../derivation.js';
import { serverOf } from './processes.js';

interface Sum {
  /** Megabytes that one instance may take; the least, where the number of its processes is not known. */
  readonly total: number;
  readonly exact: boolean;
  readonly limit: number;
  readonly words: string;
  readonly evidence: readonly Evidence[];
}

/** What one instance was told that it may take, beside the memory beyond which it is ended; only where both are written. */
function sumOf(fact: Fact, part: Part): Maybe<Sum> | undefined {
  const { workload } = part;
  if (!isKind(memoryClaim, fact) || workload === null) return undefined;
  const { megabytes, each } = fact.properties;
  const { memoryLimit } = workload.properties;
  if (memoryLimit === undefined) return undefined;
  if (isUnknown(memoryLimit)) return unknown(memoryLimit.unknown);
  if (isUnknown(megabytes)) return unknown(megabytes.unknown);
  const server = serverOf(part);
  const many = each === 'process' && server !== undefined ? server.properties.processes : 1;
  const count = isUnknown(many) ? 1 : many;
  const total = count * megabytes;
  const at = [workload.places?.memoryLimit ?? workload.location].flat()[0] ?? workload.location;
  const processes: Evidence[] =
    each === 'process' && server !== undefined && !isUnknown(many)
      ? [
          {
            message: `it runs ${many} ${many === 1 ? 'process' : 'processes'} in each instance`,
            location: server.location,
          },
        ]
      : [];
  return {
    total,
    exact: !isUnknown(many),
    limit: memoryLimit,
    words: `${count === 1 ? '' : `${count} x ${megabytes} MB = `}${total} MB, and its limit is ${memoryLimit} MB`,
    evidence: [...processes, { message: `an instance that takes more than ${memoryLimit} MB is ended`, location: at }],
  };
}

export const overMemory: FactDerivation = {
  name: 'overMemory',
  kinds: ['memory-claim'],
  property: boolean('Whether one instance may take as much memory as its limit is, or more.'),
  derive(fact, part) {
    const sum = sumOf(fact, part);
    if (sum === undefined) return undefined;
    if (isUnknown(sum)) return derived<boolean>(unknown(sum.unknown));
    if (sum.total < sum.limit && !sum.exact)
      return derived<boolean>(unknown('how many processes it starts is not told'));
    return derived(sum.total >= sum.limit, sum.evidence);
  },
};

export const memorySum: FactDerivation = {
  name: 'memorySum',
  kinds: ['memory-claim'],
  property: text('The arithmetic of what one instance may take, and its limit.'),
  derive(fact, part) {
    const sum = sumOf(fact, part);
    if (sum === undefined) return undefined;
    return derived<string>(isUnknown(sum) ? unknown(sum.unknown) : sum.words);
  },
};
