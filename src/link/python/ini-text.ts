export interface IniOption {
  readonly section: string;
  readonly key: string;
  /** Undefined where the key stands alone. */
  readonly value: string | undefined;
  /** Counted from 1. */
  readonly line: number;
}

export interface IniText {
  readonly sections: readonly string[];
  readonly options: readonly IniOption[];
}

export interface IniDialect {
  readonly delimiters?: readonly string[];
  /** What begins a line that is a comment. */
  readonly comments?: readonly string[];
  /** What begins a comment behind a value. */
  readonly inline?: readonly string[];
}

/**
 * A text as Python's own reader of INI files takes it: values go on in lines that are indented further, and a
 * comment has a line of its own. Undefined where that reader would refuse it.
 */
export function readIni(text: string, dialect: IniDialect = {}): IniText | undefined {
  const { delimiters = ['=', ':'], comments = ['#', ';'], inline = [] } = dialect;
  const sections: string[] = [];
  const options: { section: string; key: string; lines: string[] | undefined; line: number; indent: number }[] = [];
  let section: string | undefined;
  let open = false;
  for (const [i, line] of text.split(/\r?\n/).entries()) {
    const comment = commentIn(line, inline);
    const written = line.slice(0, comment).trim();
    const last = open ? options.at(-1) : undefined;
    if (comments.some((mark) => line.trimStart().startsWith(mark)) || (written === '' && comment < line.length))
      continue;
    if (written === '') {
      last?.lines?.push('');
      continue;
    }
    const indent = line.length - line.trimStart().length;
    if (last?.lines !== undefined && indent > last.indent) {
      last.lines.push(written);
      continue;
    }
    const header = /^\[(.+)\]/.exec(written)?.[1];
    if (header !== undefined) {
      section = header;
      open = false;
      if (!sections.includes(header)) sections.push(header);
      continue;
    }
    if (section === undefined) return undefined;
    const cut = firstOf(written, delimiters);
    const key = (cut === undefined ? written : written.slice(0, cut.at)).trimEnd();
    if (key === '') return undefined;
    const value = cut === undefined ? undefined : [written.slice(cut.at + cut.length).trim()];
    options.push({ section, key, lines: value, line: i + 1, indent });
    open = true;
  }
  return {
    sections,
    options: options.map(({ section: name, key, lines, line }) => ({
      section: name,
      key,
      value: lines?.join('\n').trimEnd(),
      line,
    })),
  };
}

/** Where a comment behind a value begins: at the start of the line or after a blank. */
function commentIn(line: string, marks: readonly string[]): number {
  let first = line.length;
  for (const mark of marks)
    for (let at = line.indexOf(mark); at >= 0 && at < first; at = line.indexOf(mark, at + 1))
      if (at === 0 || /\s/.test(line[at - 1] ?? '')) first = at;
  return first;
}

function firstOf(line: string, marks: readonly string[]): { at: number; length: number } | undefined {
  const found = marks.map((mark) => ({ at: line.indexOf(mark), length: mark.length })).filter(({ at }) => at >= 0);
  return found.sort((a, b) => a.at - b.at)[0];
}
