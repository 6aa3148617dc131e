import { formatValue, toRepr, toText } from './format.js';
import { LIMITS, charge, fail, type Arguments, type Interpreter } from './interpreter.js';
import { getItem } from './subscript.js';
import { derived, intValue, strValue, unknownValue } from './values.js';
import type { Value } from '../value.js';

/** `template.format(...)` */
export function formatTemplate(py: Interpreter, template: string, args: Arguments, self: Value): Value {
  charge(py, template.length >> 4);
  const used: Value[] = [self];
  let next = 0;
  const field = (name: string): Value => {
    const head = /^[^.[]*/.exec(name)?.[0] ?? '';
    let value: Value | undefined;
    if (head === '') value = args.positional[next++];
    else if (/^\d+$/.test(head)) value = args.positional[Number(head)];
    else value = args.keywords.get(head);
    value ??= args.rest ?? fail(py, 'KeyError', `nothing is given for {${head}}`, args.at, self);
    for (const [, attr, item] of name.slice(head.length).matchAll(/\.([^.[]+)|\[([^\]]*)\]/g)) {
      if (attr !== undefined) value = py.attribute(value, attr, args.at);
      else if (item !== undefined)
        value = getItem(py, value, /^\d+$/.test(item) ? intValue(Number(item)) : strValue(item), args.at);
    }
    used.push(value);
    return value;
  };
  let text = '';
  let open: string | undefined;
  let i = 0;
  while (i < template.length) {
    const char = template.charAt(i);
    if ((char === '{' || char === '}') && template.charAt(i + 1) === char) {
      text += char;
      i += 2;
    } else if (char === '{') {
      const end = closing(template, i);
      if (end < 0) return fail(py, 'ValueError', 'a field of the text is not closed', args.at, self);
      const match = /^([^!:]*)(?:!([rsa]))?(?::(.*))?$/su.exec(template.slice(i + 1, end));
      const value = field(match?.[1] ?? '');
      const spec = (match?.[3] ?? '').replace(/\{([^{}]*)\}/g, (_, inner: string) => toText(field(inner)) ?? '');
      const part =
        match?.[2] === undefined
          ? formatValue(value, spec)
          : formatValue(strValue((match[2] === 's' ? toText(value) : toRepr(value)) ?? ''), spec);
      if (part === undefined) open ??= value.kind === 'unknown' ? value.reason : 'the text of a value is not known';
      text += part ?? '';
      i = end + 1;
    } else {
      text += char;
      i++;
    }
    if (text.length > LIMITS.characters) return unknownValue('the text is too long', derived(args.at, self));
  }
  const origin = derived(args.at, ...used);
  return open === undefined ? strValue(text, origin) : unknownValue(open, origin);
}

function closing(template: string, start: number): number {
  let depth = 0;
  for (let i = start; i < template.length; i++) {
    if (template.charAt(i) === '{') depth++;
    else if (template.charAt(i) === '}' && --depth === 0) return i;
  }
  return -1;
}
