import type { Program } from '../../../link/program.js';
import { entry, text, type Value } from '../../../link/value.js';
import { unknown, type Maybe } from '../../../location.js';
import { classAttribute } from '../class-attribute.js';
import { settingOfFramework } from './framework-settings.js';
import { lineageOf } from '../lineage.js';
import type { DjangoSettings } from '../settings.js';
import { aliasOf } from './counted-in.js';

/** https://www.django-rest-framework.org/api-guide/throttling/: what a class of it looks up its rate by. */
const FRAMEWORK: Readonly<Record<string, 'anon' | 'user' | 'view' | 'own' | 'none'>> = {
  'rest_framework.throttling.AnonRateThrottle': 'anon',
  'rest_framework.throttling.UserRateThrottle': 'user',
  'rest_framework.throttling.ScopedRateThrottle': 'view',
  'rest_framework.throttling.SimpleRateThrottle': 'own',
  'rest_framework.throttling.BaseThrottle': 'none',
};

export interface ThrottleClass {
  readonly name: string;
  /** The alias of the cache that it counts in. */
  readonly cache: Maybe<string>;
  /** What it looks up its rate by; empty where the class holds its rate, or a view says it. */
  readonly scope: string;
}

/** What a throttle counts in; undefined where it is none of REST framework, or surely bounds nothing. */
export function throttleClass(program: Program, settings: DjangoSettings, dotted: string): ThrottleClass | undefined {
  const lineage = lineageOf(program, dotted, (name) => (Object.hasOwn(FRAMEWORK, name) ? FRAMEWORK[name] : undefined));
  const kept = classAttribute(program, dotted, 'cache');
  if (lineage === undefined && kept === undefined) return undefined;
  const name = dotted.slice(dotted.lastIndexOf('.') + 1);
  if (lineage?.known === 'none' && kept === undefined)
    return { name, cache: unknown(`${name} counts in its own way`), scope: '' };
  const own = classAttribute(program, dotted, 'scope')?.value;
  const rate = classAttribute(program, dotted, 'rate')?.value;
  const scope =
    own?.type === 'Constant' && own.kind === 'str'
      ? own.value
      : lineage?.known === 'anon' || lineage?.known === 'user'
        ? lineage.known
        : '';
  const hasRate = rate !== undefined && !(rate.type === 'Constant' && rate.kind === 'none');
  if (!hasRate && scope !== '' && isUnlimited(settings, scope)) return undefined;
  const cache = kept === undefined ? 'default' : aliasOf(kept.value, kept.imports, settings);
  return { name, cache, scope: hasRate ? '' : scope };
}

/** A rate of None bounds nothing, which is what REST framework has for "anon" and "user" where the project says nothing. */
function isUnlimited(settings: DjangoSettings, scope: string): boolean {
  const rates = settingOfFramework(settings, 'DEFAULT_THROTTLE_RATES');
  if (rates === undefined) return scope === 'anon' || scope === 'user';
  return entry(rates, scope)?.kind === 'none';
}

/** A dotted name, however the settings hold a class: as text, or the class itself. */
export function nameOfClass(value: Value): string | undefined {
  return (
    text(value) ?? (value.kind === 'class' ? value.qualifiedName : value.kind === 'external' ? value.name : undefined)
  );
}
