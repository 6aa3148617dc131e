import { listValue, bytesValue, noneValue, strValue, derived, unknownValue } from './values.js';
import { instanceOfIterator } from './iterator.js';
import { nativeClass } from './models.js';
import type { InstanceValue, Origin, Value } from '../value.js';

const textOf = (self: Value | undefined): { text: string; binary: boolean } | undefined => {
  const text = self?.kind === 'instance' ? self.attributes.get('#text') : undefined;
  return text?.kind === 'str' || text?.kind === 'bytes'
    ? { text: text.value, binary: text.kind === 'bytes' }
    : undefined;
};

const lines = (text: string): string[] => text.match(/[^\n]*\n|[^\n]+/g) ?? [];

/** A file of the repository, opened for reading. */
const FILE = nativeClass('io.TextIOWrapper', {
  read: (_, args) => {
    const known = textOf(args.positional[0]);
    if (known === undefined) return unknownValue('the file is not known', derived(args.at));
    const origin = derived(args.at, ...args.positional);
    return known.binary ? bytesValue(known.text, origin) : strValue(known.text, origin);
  },
  readlines: (_, args) => {
    const known = textOf(args.positional[0]);
    const origin = derived(args.at, ...args.positional);
    return known === undefined
      ? unknownValue('the file is not known', origin)
      : listValue(
          lines(known.text).map((line) => strValue(line, origin)),
          origin,
        );
  },
  readline: (_, args) => {
    const known = textOf(args.positional[0]);
    const origin = derived(args.at, ...args.positional);
    return known === undefined
      ? unknownValue('the file is not known', origin)
      : strValue(lines(known.text)[0] ?? '', origin);
  },
  __iter__: (_, args) => {
    const known = textOf(args.positional[0]);
    const origin = derived(args.at, ...args.positional);
    return known === undefined
      ? unknownValue('the file is not known', origin)
      : instanceOfIterator(
          lines(known.text).map((line) => strValue(line, origin)),
          origin,
        );
  },
  __enter__: (_, args) => args.positional[0] ?? noneValue(),
  close: () => noneValue(),
});

export function fileOf(text: string, binary: boolean, origin: Origin): InstanceValue {
  const content = binary ? bytesValue(Buffer.from(text, 'utf8').toString('latin1'), origin) : strValue(text, origin);
  return { kind: 'instance', class: FILE, attributes: new Map<string, Value>([['#text', content]]), origin };
}
