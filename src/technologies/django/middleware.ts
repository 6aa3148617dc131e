import { unknown } from '../../location.js';
import { state, type Stated } from '../../facts/fact.js';
import { middleware } from '../../facts/middleware.js';
import type { Program } from '../../link/program.js';
import { items, text, type Value } from '../../link/value.js';
import { alternatives } from '../alternatives.js';
import { chosenBy, doubted } from './doubt.js';
import { lineageOf } from './lineage.js';
import { middlewarePurpose, type Purpose } from './middleware-purposes.js';
import { useOf, type Use } from './middleware-use.js';
import { misplacementOf } from './middleware-order.js';
import { commonTexts } from './setting-texts.js';
import { settingsOf, type DjangoSettings } from './settings.js';

/** One fact per entry of MIDDLEWARE, in the order of the list. */
export function* fromProgram(program: Program): Iterable<Stated> {
  const settings = settingsOf(program);
  if (settings !== undefined) yield* doubted(settings, chain(program, settings));
}

function* chain(program: Program, settings: DjangoSettings): Iterable<Stated> {
  const value = settings.get('MIDDLEWARE') ?? settings.get('MIDDLEWARE_CLASSES');
  const complete = items(value);
  const list = complete ?? common(value);
  // What a list was extended by may be any number of entries: behind them, places are not known.
  const open = list.findIndex((item) => item.kind === 'unknown' && item.rest === true);
  const seen = new Map<string, number>();
  const order = list.map((item) => text(item));
  for (const [index, item] of list.entries()) {
    const location = item.origin.locations[0] ?? settings.placeOf('MIDDLEWARE');
    const position =
      complete === undefined
        ? unknown<number>('a branch decides what else is in the list')
        : open >= 0 && index > open
          ? unknown<number>('what the list was extended by is not known')
          : index + 1;
    const name = text(item);
    if (name === undefined) {
      const reason = 'which middleware stands here is not known';
      const written = namesIn(item);
      if (written === undefined) continue;
      yield state(
        middleware,
        location,
        {
          ...{ name: unknown(reason, written), position, purpose: unknown(reason), used: unknown(reason), reason },
          ...{ misplaced: unknown(reason), misplacement: '' },
        },
        chosenBy(settings),
      );
      continue;
    }
    const first = complete === undefined ? undefined : seen.get(name);
    const use: Use =
      first === undefined
        ? useOf(program, settings, name)
        : { used: false, reason: `it stands in the list already, at position ${first}` };
    if (first === undefined) seen.set(name, index + 1);
    yield state(
      middleware,
      location,
      {
        name: name.slice(name.lastIndexOf('.') + 1),
        position,
        purpose: purposeOf(program, name),
        used: use.used,
        reason: use.reason,
        remedy: use.used === true ? '' : (use.remedy ?? remedyFor(name, first === undefined ? use.app : undefined)),
        ...(use.used === true || use.cost === undefined ? {} : { cost: use.cost }),
        ...misplacementOf(program, order, index),
      },
      chosenBy(settings),
    );
  }
}

function remedyFor(name: string, app: string | undefined): string {
  const more = app === undefined ? '' : `, and "${app}" from INSTALLED_APPS where nothing else of it is used`;
  return `delete "${name}" from MIDDLEWARE${more}`;
}

/** Of a list that a branch decides: the entries that it has in any case. */
function common(value: Value | undefined): readonly Value[] {
  const names = new Set(commonTexts(value));
  const first = value?.kind === 'unknown' ? value.candidates?.find((one) => items(one) !== undefined) : undefined;
  return (items(first) ?? []).filter((item) => names.has(text(item) ?? ''));
}

function namesIn(item: Value): readonly string[] | undefined {
  return alternatives(item)?.flatMap((value) => text(value) ?? []);
}

/** That of the class, or of the nearest known class that it extends. */
function purposeOf(program: Program, name: string): Purpose {
  return lineageOf(program, name, middlewarePurpose)?.known ?? 'other';
}
