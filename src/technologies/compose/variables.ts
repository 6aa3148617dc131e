import { unknown, type Maybe } from '../../location.js';
import type { Document, Range } from '../../parse/document.js';
import { isNull, isScalar, items, pairs, place, string } from '../../parse/yaml/read.js';
import { interpolated, onlyVariable } from './interpolated.js';
import { fieldInAll, type Service } from './services.js';

export interface Variable {
  readonly name: string;
  readonly value: Maybe<string>;
  /** The variable of Compose itself that gives the value. */
  readonly from: string | undefined;
  readonly place: Range;
  /** The file that the place is in. */
  readonly document: Document;
}

/** What `environment` sets, as a map or a list, that of extended services first. */
export function variables(service: Service): readonly Variable[] {
  const found = new Map<string, Variable>();
  for (const { node, document } of fieldInAll(service, 'environment')) {
    for (const pair of pairs(node)) {
      const written = isScalar(pair.value) ? pair.value.text : undefined;
      if (written !== undefined || isNull(pair.value))
        found.set(pair.key, variable(pair.key, written, place(pair), document));
    }
    for (const item of items(node)) {
      const text = string(item) ?? '';
      const equals = text.indexOf('=');
      const name = (equals < 0 ? text : text.slice(0, equals)).trim();
      if (name !== '') found.set(name, variable(name, equals < 0 ? undefined : text.slice(equals + 1), item, document));
    }
  }
  return [...found.values()];
}

function variable(name: string, written: string | undefined, range: Range, document: Document): Variable {
  const place = { start: range.start, end: range.end };
  if (written === undefined) {
    return {
      name,
      value: unknown(`taken over from where Compose is started, which sets ${name} or not`),
      from: name,
      place,
      document,
    };
  }
  return { name, value: interpolated(written), from: onlyVariable(written), place, document };
}
