export const TEMPLATE = 'a template that is not rendered here, so nothing is read from it';

/** Where a file without a syntax for it shows that something renders it first: a line of `{% %}` or `{{ }}`, a `%%NAME%%`. */
export function templateMark(text: string, path: string): number | undefined {
  // What renders the names of folders renders what is in them.
  const inTemplate = path.includes('{{') ? text.indexOf('{{') : -1;
  if (inTemplate >= 0) return inTemplate;
  return /^[ \t]{0,40}(?:\{%|\{\{|\{#)|%%[A-Z_]{1,40}%%/m.exec(text)?.index;
}
