import { isUnknown, unknown, type Maybe } from '../../location.js';
import type { YamlNode } from '../../parse/yaml/node.js';
import { string } from '../../parse/yaml/read.js';
import { interpolate, type Interpolated } from '../../parse/shell/parameter.js';

/**
 * Nothing in the repository sets variables for Compose itself, except where it is started: beside its file. What a
 * `.env` there says is told by `reference`.
 */
const lookup = (name: string): string | undefined => (name === 'PWD' ? '.' : undefined);

/** A text after Compose put in its variables: defaults count, what has none is not known. */
export function interpolated(text: string): Maybe<string> {
  if (!text.includes('$')) return text;
  const result = interpolate(text, lookup, '$$');
  return result.missing.length === 0 ? result.text : unset(result);
}

/** The interpolated text of a scalar; undefined for null and for collections. */
export function textOf(node: YamlNode | undefined): Maybe<string> | undefined {
  const text = string(node);
  return text === undefined ? undefined : interpolated(text);
}

/** An image of which only the version is left to a variable is known but for that. */
export function imageOf(node: YamlNode | undefined): Maybe<string> | undefined {
  const image = textOf(node);
  if (image === undefined || !isUnknown(image)) return image;
  return /^([\w.-]+(?::\d+)?(?:\/[\w.-]+)*)[:@]\$/.exec(string(node)?.trim() ?? '')?.[1] ?? image;
}

/** The same where only a value that is known is of any use. */
export function knownText(node: YamlNode | undefined): string | undefined {
  const text = textOf(node);
  return text === undefined || isUnknown(text) ? undefined : text;
}

export function countOf(node: YamlNode | undefined): Maybe<number> | undefined {
  const text = textOf(node);
  if (text === undefined) return undefined;
  if (isUnknown(text)) return unknown(text.unknown);
  return /^\d{1,9}$/.test(text.trim()) ? Number(text) : unknown(`not a number here: ${text.slice(0, 80)}`);
}

/** The one variable that a text consists of. */
export function onlyVariable(text: string): string | undefined {
  const match = /^\$(?:([A-Za-z_]\w*)|\{([A-Za-z_]\w*)(?::?[-?][^{}$]*)?\})$/.exec(text);
  return match?.[1] ?? match?.[2];
}

/** Variables whose default was taken. */
export function defaultsIn(text: string): readonly string[] {
  return text.includes('$') ? interpolate(text, lookup, '$$').defaulted : [];
}

function unset({ text, missing }: Interpolated): Maybe<string> {
  const names = [...new Set(missing)].join(', ');
  const reason = `read from ${names} where Compose is started, no default; unset, it is an empty text there`;
  // What kind of server a URL names is known even where its password is not.
  return /^[a-z][a-z0-9+.-]*:\/\//i.test(text) ? unknown(reason, [text]) : unknown(reason);
}
