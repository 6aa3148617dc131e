import type { Parsed } from '../document.js';
import type { Configuration, Directive, Word } from './configuration.js';
import { nextToken, rawBlock, readerOf } from './tokens.js';

/** Deeper blocks are read but hang on the last level: those who walk the tree may recurse. Real files stay below ten. */
const MAXIMUM_DEPTH = 50;
/** Blocks that hold Lua instead of directives (OpenResty). */
const RAW = '_by_lua_block';

interface Open {
  readonly directives: Directive[];
  readonly name: string;
  readonly args: readonly Word[];
  readonly start: number;
  readonly headEnd: number;
}

export function parse(text: string): Parsed<Configuration> {
  const reader = readerOf(text);
  const directives: Directive[] = [];
  const open: Open[] = [];
  let words: Word[] = [];
  let surplus = 0;

  const target = () => open.at(-1)?.directives ?? directives;
  const trouble = (message: string, offset: number) => {
    reader.trouble.push({ message, offset });
  };
  const close = (end: number) => {
    const block = open.pop();
    if (block === undefined) return;
    const { directives: inner, ...head } = block;
    target().push({ ...head, block: inner, end });
  };
  const head = (): Omit<Open, 'directives'> | undefined => {
    const [first, ...args] = words;
    words = [];
    if (first === undefined) return undefined;
    return { name: first.text, args, start: first.start, headEnd: (args.at(-1) ?? first).end };
  };
  const unfinished = () => {
    const simple = head();
    if (simple === undefined) return;
    trouble(`"${simple.name}" is not ended by ";"`, simple.start);
    target().push({ ...simple, end: simple.headEnd });
  };

  for (let token = nextToken(reader); token !== undefined; token = nextToken(reader)) {
    switch (token.kind) {
      case 'word':
        words.push({ text: token.text, start: token.start, end: token.end });
        break;
      case ';': {
        const simple = head();
        if (simple === undefined) trouble('nothing stands before ";"', token.start);
        else target().push({ ...simple, end: token.end });
        break;
      }
      case '{': {
        const block = head() ?? { name: '', args: [], start: token.start, headEnd: token.start };
        if (block.name === '') trouble('a block without a name', token.start);
        if (block.name.endsWith(RAW)) target().push({ ...block, raw: rawBlock(reader), end: reader.offset });
        else if (open.length < MAXIMUM_DEPTH) open.push({ ...block, directives: [] });
        else {
          if (surplus++ === 0) trouble('blocks are nested too deeply', token.start);
          target().push({ ...block, end: token.end });
        }
        break;
      }
      case '}':
        unfinished();
        if (surplus > 0) surplus--;
        else if (open.length === 0) trouble('"}" closes nothing', token.start);
        else close(token.end);
        break;
    }
  }
  unfinished();
  while (open.length > 0) {
    trouble('the block is never closed', open.at(-1)?.start ?? 0);
    close(text.length);
  }
  if (reader.templated) trouble('the file is a template: its branches were read as if each applied', 0);
  return { tree: { directives, templated: reader.templated }, trouble: reader.trouble, comments: reader.comments };
}
