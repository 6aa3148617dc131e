import { isHostOf } from '../balances.js';
import type { Part } from '../component.js';
import { known } from '../deployment.js';
import { LAYERS } from '../model.js';
import { idOf } from './id-of.js';
import { layerOf } from './layer-of.js';
import type { Steps } from './steps.js';

const LONGEST = 500;
/** Hosts that one variable names at most: a list of brokers. */
const MOST_HOSTS = 10;
const ADDRESS = /^([a-z][a-z0-9+.-]*:\/\/)?(?:[^@/?#\s]*@)?([a-z0-9_.-]+)(:\d{1,5})?(?:[/?#]\S*)?$/i;
const NAMES_A_PLACE = /(?:HOST|HOSTNAME|ADDR|ADDRESS|URL|URI|SERVER|SERVICE|ENDPOINT|BROKER|BACKEND|DSN)S?$/i;
/** Lists of who may ask are no places to go to. */
const NAMES_CALLERS = /ALLOW|TRUST|ORIGIN|CORS|CSRF/i;

/** From a component to others that a variable of its environment names by their host name; only inwards, where requests go. */
export function variableSteps(part: Part, parts: readonly Part[], steps: Steps): void {
  const own = layerOf(part);
  if (own === undefined || !part.launch.environment) return;
  const inner = parts.filter((target) => {
    const layer = layerOf(target);
    return target !== part && layer !== undefined && LAYERS.indexOf(layer) >= LAYERS.indexOf(own);
  });
  for (const [name, { value, location }] of part.launch.environment) {
    const text = known(value);
    if (typeof text !== 'string' || location === undefined || NAMES_CALLERS.test(name)) continue;
    for (const host of hostsIn(name, text)) {
      const target = inner.find((one) => isHostOf(host, one));
      if (target === undefined) continue;
      // How it connects to a database is told better by the connection itself.
      const isData = target.role === 'database' || target.role === 'pooler';
      if (isData && steps.has(idOf(part), idOf(target))) continue;
      steps.add(idOf(part), idOf(target), { message: `the variable ${name} names ${target.name}`, location });
    }
  }
}

/** A word alone is a host only in a variable that says so: `MODE=web` names no component. */
function hostsIn(name: string, value: string): string[] {
  if (value.length > LONGEST) return [];
  return value
    .split(',', MOST_HOSTS)
    .map((one) => ADDRESS.exec(one.trim()))
    .flatMap((match) => {
      const [, scheme, host, port] = match ?? [];
      if (host === undefined) return [];
      return scheme !== undefined || port !== undefined || NAMES_A_PLACE.test(name) ? [host] : [];
    });
}
