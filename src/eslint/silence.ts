import type { Rule, SourceCode } from 'eslint';
import { lineStartsOf } from './place.js';
import type { Told } from './question.js';
import { markerOf } from './source-code.js';

/** What has a meaning only as the first lines of a file. */
const HEAD = /^(?:#!|#[ \t]*-?\*?-?[ \t]*(?:vim:|coding|encoding)|#[ \t]*(?:syntax|escape|check)[ \t]*=|%YAML|---)/;

/**
 * Offers a comment that silences a result, with a place for the reason: without one it has no effect. It is our own
 * comment and not ESLint's, because it holds in every file, inside of files too, and for the command line.
 */
export function silence(
  { sourceCode, filename }: Rule.RuleContext,
  { ruleId, region }: Told,
): Rule.SuggestionReportDescriptor[] | undefined {
  const marker = markerOf(sourceCode, filename);
  if (marker === undefined) return undefined;
  const { text } = sourceCode;
  const starts = lineStartsOf(sourceCode);
  const lineOf = (line: number): string => text.slice(starts[line - 1], starts[line] ?? text.length);
  const end = text.includes('\r\n') ? '\r\n' : '\n';
  let line = region.startLine;
  // An absence stands at the start of the file, where it is silenced for the whole file.
  const isAbsence = line === 1 && region.endLine === 1 && region.startColumn === region.endColumn;
  if (isAbsence || (line === 1 && HEAD.test(lineOf(1)))) while (line < starts.length && HEAD.test(lineOf(line))) line++;
  else if (!isFree(sourceCode, starts[line - 1] ?? 0) || /\\\s*$/.test(lineOf(line - 1))) return undefined;
  const word = isAbsence ? 'scalecard-ignore-file' : 'scalecard-ignore';
  const indent = isAbsence ? '' : (/^[ \t]*/.exec(lineOf(line))?.[0] ?? '');
  const at = starts[line - 1] ?? text.length;
  const before = at === text.length && text !== '' && !/[\r\n]$/.test(text) ? end : '';
  return [
    {
      messageId: 'silence',
      fix: (fixer) =>
        fixer.insertTextBeforeRange([at, at], `${before}${indent}${marker} ${word} ${ruleId}: reason${end}`),
    },
  ];
}

/** Whether a line of JavaScript begins where a comment may stand: not inside a template or the text of JSX. */
function isFree(sourceCode: SourceCode, offset: number): boolean {
  const type = sourceCode.getNodeByRangeIndex?.(offset)?.type as string | undefined;
  return type !== 'TemplateElement' && type !== 'TemplateLiteral' && type?.startsWith('JSX') !== true;
}
