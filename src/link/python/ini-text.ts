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

/**
 * A text as Python's own reader of INI files takes it: values go on in lines that are indented further, and a
 * comment has a line of its own. Undefined where that reader would refuse it.
 */
export function readIni(text: string): IniText | undefined {
  const sections: string[] = [];
  const options: { section: string; key: string; lines: string[] | undefined; line: number; indent: number }[] = [];
  let section: string | undefined;
  let open = false;
  for (const [i, line] of text.split(/\r?\n/).entries()) {
    const written = line.trim();
    const last = open ? options.at(-1) : undefined;
    if (written.startsWith('#') || written.startsWith(';')) continue;
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
    const cut = written.search(/[=:]/);
    const key = (cut < 0 ? written : written.slice(0, cut)).trimEnd();
    if (key === '') return undefined;
    options.push({ section, key, lines: cut < 0 ? undefined : [written.slice(cut + 1).trim()], line: i + 1, indent });
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
