import type { Rule } from 'eslint';
import { wrongMarkers } from './marker.js';
import { placeOf } from './place.js';
import type { Told } from './question.js';
import { resultsOf } from './results-of.js';
import type { ShippedRule } from './shipped-rules.js';
import { silence } from './silence.js';
import { FILE_SEEN, isOurs } from './source-code.js';
import { SUPPRESSION } from './told.js';

type Reporter = (context: Rule.RuleContext) => readonly Rule.ReportDescriptor[];

/** Rules of ours visit no nodes: what they report was found before. `languages` is known to ESLint 10.2 and later. */
function define(meta: Rule.RuleMetaData, reports: Reporter): Rule.RuleModule {
  return {
    meta: { ...meta, languages: ['*'] } as Rule.RuleMetaData,
    create(context) {
      // Most files have no result, and nothing of them is visited.
      const found = reports(context);
      if (found.length === 0) return {};
      const listener = isOurs(context.sourceCode) ? FILE_SEEN : context.sourceCode.ast.type;
      return {
        [listener]() {
          for (const one of found) context.report(one);
        },
      };
    },
  };
}

const report = (context: Rule.RuleContext, one: Told, message: string): Rule.ReportDescriptor => ({
  loc: placeOf(context.sourceCode, one.region),
  messageId: 'result',
  data: { message },
  suggest: silence(context, one) ?? null,
});

const messages = {
  result: '{{message}}',
  silence: 'Silence this result with a comment that says why',
};

/** A rule that ships with Scalecard. */
export function ruleOf({ id, description }: ShippedRule): Rule.RuleModule {
  return define(
    { type: 'problem', docs: { description, recommended: true }, hasSuggestions: true, schema: [], messages },
    (context) => (resultsOf(context).results.get(id) ?? []).map((one) => report(context, one, one.message)),
  );
}

/** The old id of a rule: configurations that name it stay valid, and say nothing twice. */
export function aliasOf({ id, description }: ShippedRule, alias: string): Rule.RuleModule {
  const info = { message: `${alias} is called ${id} now.`, replacedBy: [{ rule: { name: id } }] };
  return define({ type: 'problem', deprecated: info, docs: { description }, schema: [], messages }, () => []);
}

/** Rules of the project itself: which there are is known when its configuration has been read, long after ESLint asks for rules. */
export function projectRules(shipped: ReadonlySet<string>): Rule.RuleModule {
  const description = "Rules of the project's own rule folders hold.";
  return define(
    { type: 'problem', docs: { description, recommended: true }, hasSuggestions: true, schema: [], messages },
    (context) =>
      [...resultsOf(context).results]
        .filter(([id]) => !shipped.has(id) && id !== SUPPRESSION)
        .flatMap(([id, results]) => results.map((one) => report(context, one, `${one.message} [${id}]`))),
  );
}

/** Comments that silence results, as the audit sees them: without a reason, of an unknown rule, for nothing. */
export const suppressionRule: Rule.RuleModule = define(
  {
    type: 'problem',
    docs: { description: 'Comments that silence results say why, are needed, and are comments.', recommended: true },
    fixable: 'code',
    schema: [],
    messages: { result: '{{message}}', marker: 'Comments begin with {{marker}} here.' },
  },
  (context) => [
    ...(resultsOf(context).results.get(SUPPRESSION) ?? []).map((one) => ({
      loc: placeOf(context.sourceCode, one.region),
      messageId: 'result',
      data: { message: one.message },
    })),
    ...wrongMarkers(context),
  ],
);

/** Says once why there are no results; see isFirst() in src/eslint/results-of.ts. */
export const engineRule: Rule.RuleModule = define(
  {
    type: 'problem',
    docs: { description: 'The project can be audited.', recommended: true },
    schema: [],
    messages: { trouble: 'Scalecard reports nothing for this project: {{message}}' },
  },
  (context) =>
    resultsOf(context).trouble.map((message) => ({
      loc: { line: 1, column: context.sourceCode.getLocFromIndex(0).column },
      messageId: 'trouble',
      data: { message },
    })),
);
