import { developmentTool } from '../../facts/development-tool.js';
import { state, type Stated } from '../../facts/fact.js';
import type { Program } from '../../link/program.js';
import { items, text, type Value } from '../../link/value.js';
import { alternatives } from '../alternatives.js';
import { choiceOf, developmentToolOf } from './development-tools.js';
import { chosenBy, doubted } from './doubt.js';
import { settingOf } from './default-settings.js';
import { commonTexts } from './setting-texts.js';
import { settingsOf, type DjangoSettings } from './settings.js';
import { isConditional } from './switches.js';

/** Tools for developers among the entries that MIDDLEWARE has whatever is decided elsewhere. */
export function* fromProgram(program: Program): Iterable<Stated> {
  const settings = settingsOf(program);
  if (settings !== undefined) yield* doubted(settings, tools(program, settings));
}

function* tools(program: Program, settings: DjangoSettings): Iterable<Stated> {
  const list = settings.get('MIDDLEWARE') ?? settings.get('MIDDLEWARE_CLASSES');
  const sure = new Set(commonTexts(list));
  const told = new Set<string>();
  const off = isOff(settings);
  for (const item of possibleItems(list)) {
    const name = text(item) ?? '';
    const tool = developmentToolOf(name);
    if (tool === undefined || !sure.has(name) || told.has(name)) continue;
    const location = item.origin.locations[0] ?? settings.placeOf('MIDDLEWARE');
    // Below `if DEBUG:` it is there because debugging is on, or may be, which is to be said of that.
    if (!off && isConditional(program, location)) continue;
    told.add(name);
    const choice = choiceOf(settings, tool);
    yield state(
      developmentTool,
      location,
      {
        name: tool.name,
        effect: choice === undefined ? tool.effect : 'chosen',
        reason: choice === undefined ? tool.reason : `${choice} decides for which requests it works`,
        remedy: `if DEBUG: MIDDLEWARE += ["${name}"]`,
      },
      chosenBy(settings),
    );
  }
}

function possibleItems(list: Value | undefined): readonly Value[] {
  const known = items(list);
  if (known !== undefined) return known;
  return list?.kind === 'unknown' ? (list.candidates ?? []).flatMap((one) => items(one) ?? []) : [];
}

function isOff(settings: DjangoSettings): boolean {
  const debug = settingOf(settings, 'DEBUG');
  return debug !== undefined && (alternatives(debug)?.every((one) => one.kind === 'bool' && !one.value) ?? false);
}
