import { boolean, isKind, text, type Fact } from '../../facts/fact.js';
import { shutdown } from '../../facts/shutdown.js';
import { isUnknown, unknown, type Evidence, type Maybe } from '../../location.js';
import type { Part } from '../component.js';
import { known } from '../deployment.js';
import { derived, type FactDerivation } from '../derivation.js';

/** To whom the signal is no call to end in order. */
const UNAWARE: ReadonlySet<string> = new Set(['unheeded', 'unprepared']);

export const cutShort: FactDerivation = {
  name: 'cutShort',
  kinds: ['shutdown'],
  property: boolean('Whether the platform ends a process before the time is over that it gives the work it has begun.'),
  derive(fact, part) {
    if (isKind(shutdown, fact) && UNAWARE.has(known(fact.properties.told) ?? '')) {
      // A hook before the signal may tell it in words that it knows.
      const grace = part.workload?.properties.grace;
      return isUnknown(grace) ? derived<boolean>(unknown(grace.unknown)) : derived<boolean>(true);
    }
    const times = timesOf(fact, part);
    if (times === undefined) return undefined;
    const { takes, grace, evidence } = times;
    if (isUnknown(grace)) return derived<boolean>(unknown(grace.unknown));
    return derived<boolean>(isUnknown(takes) ? unknown(takes.unknown) : takes > grace, evidence);
  },
};

export const stopping: FactDerivation = {
  name: 'stopping',
  kinds: ['shutdown'],
  property: text('Why work is cut off when an instance stops, for people; empty where it is not.'),
  derive(fact, part) {
    if (!isKind(shutdown, fact)) return undefined;
    const setting = known(fact.properties.setting) ?? '';
    if (known(fact.properties.told) === 'shell')
      return derived(`the shell that runs ${setting} gets the signal, waits on, and hands nothing on`);
    if (known(fact.properties.told) === 'unheeded')
      return derived(`${setting}: it gets the signal, goes on, and is killed when the time is up`);
    if (known(fact.properties.told) === 'unprepared')
      return derived(`${setting}: it ends at once, with the requests that are under way`);
    const times = timesOf(fact, part);
    if (times === undefined || isUnknown(times.takes) || isUnknown(times.grace)) return derived('');
    return derived(`it may take ${times.takes} s (${setting}), and is ended ${times.grace} s after the signal`);
  },
};

function timesOf(
  fact: Fact,
  part: Part,
): { takes: Maybe<number>; grace: Maybe<number>; evidence: Evidence[] } | undefined {
  if (!isKind(shutdown, fact) || fact.properties.takes === undefined || part.workload === null) return undefined;
  const { grace } = part.workload.properties;
  if (grace === undefined) return undefined;
  const location = [part.workload.places?.grace ?? part.workload.location].flat()[0] ?? part.workload.location;
  const message = 'here the platform is told how long it waits, or is left to its default';
  return { takes: fact.properties.takes, grace, evidence: [{ message, location }] };
}
