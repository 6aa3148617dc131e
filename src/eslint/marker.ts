import type { Rule } from 'eslint';
import { FileSourceCode } from './source-code.js';

/**
 * Editors write ESLint's comments as in JavaScript, into any file: "Disable for this line" puts `//` into Python. The
 * comment works, for us; for the language that the file is written in it is an error. The fix writes it as it should be.
 */
export function wrongMarkers({ sourceCode }: Rule.RuleContext): readonly Rule.ReportDescriptor[] {
  if (!(sourceCode instanceof FileSourceCode) || sourceCode.marker === undefined) return [];
  const { text, marker, trailing } = sourceCode;
  return sourceCode.eslintComments.flatMap(({ range: [start, end], loc }): Rule.ReportDescriptor[] => {
    if (text.startsWith(marker, start)) return [];
    const body = text
      .slice(start, end)
      .replace(/^(?:\/\/|\/\*)\s*/, '')
      .replace(/\s*\*\/$/, '');
    const lineStart = Math.max(text.lastIndexOf('\n', start - 1), text.lastIndexOf('\r', start - 1)) + 1;
    const before = text.slice(lineStart, start);
    const indent = /^[ \t]*/.exec(before)?.[0] ?? '';
    const fix = (fixer: Rule.RuleFixer): Rule.Fix => {
      if (trailing || before === indent) return fixer.replaceTextRange([start, end], `${marker} ${body}`);
      // Where a comment may not follow anything on its line, it moves above.
      const above = `${indent}${marker} ${body.replace('eslint-disable-line', 'eslint-disable-next-line')}`;
      return fixer.replaceTextRange(
        [lineStart, end],
        `${above}${text.includes('\r\n') ? '\r\n' : '\n'}${before.trimEnd()}`,
      );
    };
    return [{ loc, messageId: 'marker', data: { marker }, fix }];
  });
}
