import type { Document } from '../../parse/document.js';
import type { Directive, Directives } from '../../parse/apache/directives.js';

export type ApacheDocument = Document<Directives>;

/** A directive with the sections around it, outermost first. */
export interface Placed {
  readonly directive: Directive;
  readonly within: readonly Directive[];
}

/** Conditions on modules, versions and definitions hold in what production runs; they are looked through. */
const TRANSPARENT = /^(?:ifmodule|ifversion|ifdefine|ifdirective|ifsection|ifile|iffile)$/;

export function* everything(directives: readonly Directive[], within: readonly Directive[] = []): Generator<Placed> {
  for (const directive of directives) {
    yield { directive, within };
    if (directive.block === undefined) continue;
    yield* everything(directive.block, TRANSPARENT.test(directive.name) ? within : [...within, directive]);
  }
}

export function words({ args }: Directive): string[] {
  return args.map(({ text }) => text);
}

/** `key=value` of the words of a directive, the key in lower case. */
export function parametersOf(all: readonly string[]): Map<string, string> {
  return new Map(
    all.flatMap((word): [string, string][] => {
      const sign = word.indexOf('=');
      return sign < 1 ? [] : [[word.slice(0, sign).toLowerCase(), word.slice(sign + 1)]];
    }),
  );
}

/** Defined by `Define`, by the environment or by a template. */
export function isFilledIn(text: string): boolean {
  return /\$\{|\{\{|\{%|<%|@@|%\(/.test(text);
}
