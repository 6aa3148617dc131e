import { Composer, CST, Lexer, Parser, type Document } from 'yaml';
import type { Comment, Language, Parsed, SyntaxTrouble } from '../document.js';
import { convert } from './convert.js';
import type { YamlTree } from './node.js';

/** Deeper nesting is refused before it is composed: composing recurses, and a full stack can end the whole process. */
const DEEPEST = 200;
/** Of one file; a file that is no YAML at all would otherwise complain about each line. */
const MOST_TROUBLE = 20;

export const language: Language<YamlTree> = { id: 'yaml', title: 'YAML', parse };

function parse(text: string, path: string): Parsed<YamlTree> {
  const trouble: SyntaxTrouble[] = [];
  const { tokens, comments, template } = read(text, path, trouble);
  if (template !== undefined) {
    const message =
      'a template that is not rendered here ({{ }}), so nothing is read from it; for a chart, render it with `helm template` and audit the output';
    return { tree: { documents: [], template: true }, trouble: [{ message, offset: template }], comments };
  }
  // Repeated keys are an error of style only: every consumer of these files takes the last one.
  const composer = new Composer({ uniqueKeys: false, logLevel: 'silent', prettyErrors: false, stringKeys: false });
  const documents: Document.Parsed[] = [];
  for (const document of composer.compose(tokens, false, text.length)) {
    for (const error of document.errors.slice(0, MOST_TROUBLE)) {
      trouble.push({ message: firstLine(error.message), offset: error.pos[0] });
    }
    documents.push(document);
  }
  const nodes = convert(documents, text, trouble);
  return { tree: { documents: nodes, template: false }, trouble: trouble.slice(0, MOST_TROUBLE), comments };
}

interface Tokens {
  readonly tokens: CST.Token[];
  readonly comments: Comment[];
  /** Where the file shows itself to be a template. */
  readonly template: number | undefined;
}

/** Reads lexeme by lexeme, which neither the depth nor the length of the text can hurt. */
function read(text: string, path: string, trouble: SyntaxTrouble[]): Tokens {
  const parser = new Parser();
  const tokens: CST.Token[] = [];
  const comments: Comment[] = [];
  const mayBeTemplate = text.includes('{{') || text.includes('{%');
  const inTemplates = /(?:^|\/)templates\/|\.(?:j2|jinja2?|tpl|tmpl|gotmpl)$/.test(path);
  // What renders the names of folders renders what is in them.
  if (path.includes('{{') && text.includes('{{')) return { tokens, comments, template: text.indexOf('{{') };
  let previous = '';
  let inBlockScalar = false;
  for (const lexeme of new Lexer().lex(text)) {
    const { offset } = parser;
    const type = CST.tokenType(lexeme);
    if (type === 'comment') comments.push({ start: offset, end: offset + lexeme.length });
    if (type === 'block-scalar-header') inBlockScalar = true;
    else if (previous === CST.SCALAR) {
      const opensTemplate = previous === CST.SCALAR && !inBlockScalar && inTemplates && /(?:^|[^$])\{\{/.test(lexeme);
      if (opensTemplate) return { tokens, comments, template: offset };
      inBlockScalar = false;
    }
    if (
      mayBeTemplate &&
      text.startsWith('{', offset) &&
      type === 'flow-map-start' &&
      /[{%]/.test(text.charAt(offset + 1))
    ) {
      return { tokens, comments, template: offset };
    }
    for (const token of parser.next(lexeme)) tokens.push(token);
    if (parser.stack.length > DEEPEST) {
      trouble.push({ message: `nested more than ${DEEPEST} levels deep; the rest of the file is left out`, offset });
      return { tokens, comments, template: undefined };
    }
    previous = lexeme;
  }
  for (const token of parser.end()) tokens.push(token);
  return { tokens, comments, template: undefined };
}

function firstLine(message: string): string {
  const end = message.indexOf('\n');
  return end < 0 ? message : message.slice(0, end);
}
