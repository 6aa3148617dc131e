import type { Program } from '../link/program.js';
import { text, type Value } from '../link/value.js';
import { unknown, type Location, type Maybe } from '../location.js';
import { alternatives, combine, reasonFor } from './alternatives.js';
import { optionAt, type ClientKind, type Given } from './client-options.js';

export function sizeOf(
  program: Program,
  kind: ClientKind,
  { options }: Given,
  address: Value | undefined,
): {
  value: Maybe<number>;
  explicit: Maybe<boolean>;
  setting: string;
  location: Location | undefined;
  assumed?: true;
} {
  const setting = kind.sizes[0] ?? '';
  const url = text(address);
  const inUrl = kind.parameter === undefined ? null : new RegExp(`[?&]${kind.parameter}=(\\d+)`).exec(url ?? '');
  if (inUrl !== null)
    return {
      value: Number(inUrl[1]),
      explicit: true,
      setting: kind.parameter ?? setting,
      location: address?.origin.locations[0],
    };
  for (const path of kind.sizes) {
    const found = optionAt(program, options, path);
    if (found === 'absent') continue;
    if (found === 'unknown')
      return { value: unknown(`${path} is not known`), explicit: true, setting: path, location: undefined };
    return {
      value: numberOf(found.value, path),
      explicit: true,
      setting: path,
      location: program.javascript.locate(found.place),
    };
  }
  // An address that the environment gives may hold it; hardly any does.
  if (kind.parameter !== undefined && url === undefined && address !== undefined) {
    const reason = `${kind.parameter} may stand in the address, which is not known`;
    const holder = address.origin.variables[0] ?? 'its address';
    return {
      value: unknown(reason),
      explicit: false,
      assumed: true,
      setting: `${setting}, which ${holder} could hold,`,
      location: undefined,
    };
  }
  return { value: kind.size(program), explicit: false, setting, location: undefined };
}

function numberOf(value: Value, what: string): Maybe<number> {
  const each = (alternatives(value) ?? [value]).map((one): Maybe<number> => {
    const number =
      one.kind === 'int' || one.kind === 'float'
        ? Number(one.value)
        : one.kind === 'str' && /^\d+$/.test(one.value)
          ? Number(one.value)
          : NaN;
    return Number.isInteger(number) && number >= 0 ? number : unknown(reasonFor(one, what));
  });
  return combine(each, reasonFor(value, what));
}
