import { unknown } from '../../location.js';
import { debugMode } from '../../facts/debug-mode.js';
import { state, type Stated } from '../../facts/fact.js';
import type { Program } from '../../link/program.js';
import type { Value } from '../../link/value.js';
import { alternatives, combine, reasonFor } from '../alternatives.js';
import { settingOf } from './default-settings.js';
import { chosenBy, doubted } from './doubt.js';
import { replacedLocally } from './local-settings.js';
import { setHere } from './set-here.js';
import { argumentAt } from './switches.js';
import { settingsOf, type DjangoSettings } from './settings.js';

/** DEBUG, which is False where the project does not set it. */
export function* fromProgram(program: Program): Iterable<Stated> {
  const settings = settingsOf(program);
  if (settings !== undefined) yield* doubted(settings, [debugOf(program, settings)]);
}

function debugOf(program: Program, settings: DjangoSettings): Stated {
  const debug = settingOf(settings, 'DEBUG');
  const reason = reasonFor(debug, 'DEBUG');
  const possible = debug === undefined ? undefined : alternatives(debug);
  const place = settings.get('DEBUG')?.origin.locations[0];
  const elsewhere =
    place !== undefined && debug?.origin.variables.length === 0 ? replacedLocally(program, settings, place) : undefined;
  const said =
    possible === undefined || debug === undefined
      ? unknown<boolean>(reason, [true, false])
      : combine(
          possible.map((value) => {
            const truth = truthOf(value);
            return truth ?? unknown<boolean>(reason, [true, false]);
          }),
          reason,
        );
  const enabled = said === true && elsewhere !== undefined ? unknown<boolean>(elsewhere, [true, false]) : said;
  const variable = debug?.origin.variables[0] ?? (place === undefined ? undefined : argumentAt(program, place)) ?? '';
  return state(
    debugMode,
    (settings.names.has('DEBUG') ? debug?.origin.locations[0] : undefined) ?? settings.placeOf('DEBUG'),
    {
      enabled,
      setting: 'DEBUG',
      variable,
      shows: 'everything',
      remedy: 'DEBUG = False in the settings that production loads, with a variable that switches it on',
    },
    [...setHere(program, debug), ...chosenBy(settings)],
  );
}

/** Django asks only whether DEBUG is true in Python's sense: `DEBUG = "False"` is on. */
function truthOf(value: Value): boolean | undefined {
  switch (value.kind) {
    case 'none':
      return false;
    case 'bool':
      return value.value;
    case 'int':
    case 'float':
      return Number(value.value) !== 0;
    case 'str':
      return value.value !== '';
    default:
      return undefined;
  }
}
