/** A tag or a value of a template, in the order of the text. */
export interface TemplateTag {
  /** `{% ... %}`, or `{{ ... }}`. */
  readonly kind: 'tag' | 'value';
  /** What stands inside, without the texts in quotes and with single blanks, so that no pattern goes over runs of them. */
  readonly text: string;
  /** The same as it is written. */
  readonly whole: string;
  /** The first word of a tag. */
  readonly name: string;
  readonly start: number;
  readonly end: number;
}

const CLOSES: Readonly<Record<string, string>> = { '%': '%}', '{': '}}', '#': '#}' };
const LONGEST = 2000;

/** What a template runs; comments and what stands there verbatim are left out. */
export function templateTags(text: string): readonly TemplateTag[] {
  const found: TemplateTag[] = [];
  let aside: string | undefined;
  for (let start = text.indexOf('{'); start >= 0; start = text.indexOf('{', start)) {
    const close = CLOSES[text.charAt(start + 1)];
    if (close === undefined) {
      start += 1;
      continue;
    }
    // What is not closed soon is no tag, and is not searched for to the end of the file again and again.
    const within = text.slice(start + 2, start + 2 + LONGEST).indexOf(close);
    if (within < 0) {
      start += 2;
      continue;
    }
    const end = start + 2 + within + 2;
    const whole = text.slice(start + 2, end - 2).replace(/^-|-$/g, '');
    const name = close === '%}' ? (/^\s*(\w+)/.exec(whole)?.[1] ?? '') : '';
    if (aside !== undefined) {
      if (name === `end${aside}`) aside = undefined;
    } else if (name === 'comment' || name === 'verbatim' || name === 'raw') aside = name;
    else if (close !== '#}')
      found.push({
        kind: close === '%}' ? 'tag' : 'value',
        text: whole.replace(/"[^"]*"|'[^']*'/g, '""').replace(/\s+/g, ' '),
        whole,
        name,
        start,
        end,
      });
    start = end;
  }
  return found;
}
