import { compareLocations, type Evidence, type Location } from '../../location.js';
import type { Program } from '../../link/program.js';
import type { Value } from '../../link/value.js';

/** What a reader wants to see of it: one value can come from many lines. */
const MOST = 3;

/** The lines outside of the code that make values what they are: of a manifest, a build file, a file of variables. */
export function setHere(program: Program, ...values: readonly (Value | undefined)[]): readonly Evidence[] {
  const found = new Map<string, Evidence>();
  for (const value of values) {
    if (value === undefined) continue;
    const candidates = value.kind === 'unknown' ? (value.candidates ?? []) : [];
    for (const { origin } of [value, ...candidates]) {
      // Where the value itself stands is the place of the fact.
      for (const location of origin.locations.slice(1)) {
        if (location.uri.endsWith('.py')) continue;
        const name = nameOf(program, origin.variables, location);
        const message = name === undefined ? 'a part of it is set here' : `${name} is set here`;
        found.set(`${message}\0${location.uri}\0${location.region.startLine}`, { message, location });
      }
    }
  }
  return [...found.values()].slice(0, MOST);
}

function nameOf(program: Program, variables: readonly string[], place: Location): string | undefined {
  const given = variables.find((name) => {
    const location = program.launch.environment.get(name)?.location;
    return location !== undefined && compareLocations(location, place) === 0;
  });
  return given ?? (variables.length === 1 ? variables[0] : undefined);
}
