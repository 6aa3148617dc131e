import type { Invocation, Log, Notification as SarifNotification, Result as SarifResult } from 'sarif';
import { harmless, harmlessJson } from '../harmless.js';
import { compareLocations, type Notification } from '../location.js';
import type { Result } from '../rules/result.js';
import type { Audit, Report, ReportOptions } from './report.js';
import { physicalLocation, SOURCE_ROOT } from './sarif/location.js';
import { sarifResult } from './sarif/result.js';
import { sarifRule } from './sarif/rule.js';

const SCHEMA = 'https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json';

/**
 * SARIF 2.1.0, for code scanning and editors. GitHub makes an alert of every result, whatever its `kind` and its
 * `suppressions` say (neither is among the properties that it reads:
 * https://docs.github.com/en/code-security/reference/code-scanning/sarif-files/sarif-support-for-code-scanning). So in a
 * run of GitHub Actions what is suppressed is left out, and what is open is a notification about the run.
 */
export const report: Report = (audit, options) => {
  const { tool, ruleSet, scorecard, model } = audit;
  const ruleIndex = new Map(ruleSet.rules.map(({ id }, index) => [id, index]));
  const told = resultsOf(audit, options);
  const results = told.map((result): SarifResult => sarifResult(result, ruleIndex.get(result.ruleId), options));
  const log: Log = {
    $schema: SCHEMA,
    version: '2.1.0',
    runs: [
      {
        tool: {
          driver: {
            name: tool.name,
            semanticVersion: tool.version,
            rules: ruleSet.rules.map((rule) =>
              sarifRule(
                rule,
                ruleSet.categories.find(({ id }) => id === rule.category),
              ),
            ),
          },
        },
        invocations: [invocationOf(audit, options, ruleIndex)],
        originalUriBaseIds: {
          [SOURCE_ROOT]: {
            description: { text: `The top of ${options.github ? 'the repository' : 'the folder that was audited'}.` },
          },
        },
        columnKind: 'utf16CodeUnits',
        // A bare carriage return ends a line as well, as in Python and in editors.
        newlineSequences: ['\r\n', '\n', '\r'],
        results,
        properties: {
          score: scorecard.value,
          grade: scorecard.grade,
          coverage: scorecard.coverage,
          categories: scorecard.categories.map(({ id, title, value, grade, coverage }) => {
            return { id, title, value, grade, coverage };
          }),
          headroom: model.headroom.map(({ limit, component, instances, arithmetic }) => {
            return { limit, component, instances, arithmetic };
          }),
        },
      },
    ],
  };
  return `${harmlessJson(JSON.stringify(log, null, 2))}\n`;
};

function resultsOf({ evaluation }: Audit, { github }: ReportOptions): Result[] {
  const all = github
    ? evaluation.results.filter(({ kind }) => kind === 'fail')
    : [...evaluation.results, ...evaluation.suppressed];
  return all.sort(byPlace);
}

function invocationOf(
  { evaluation, notifications }: Audit,
  options: ReportOptions,
  ruleIndex: ReadonlyMap<string, number>,
): Invocation {
  const open = options.github ? evaluation.results.filter(({ kind }) => kind === 'open').sort(byPlace) : [];
  return {
    executionSuccessful: !notifications.some(({ level }) => level === 'error'),
    toolExecutionNotifications: [
      ...notifications.map((one) => notificationOf(one, options)),
      ...open.map(({ ruleId, message, location }): SarifNotification => {
        const index = ruleIndex.get(ruleId);
        return {
          ...notificationOf({ level: 'note', message, location }, options),
          associatedRule: { id: ruleId, ...(index !== undefined && { index }) },
        };
      }),
    ],
  };
}

function notificationOf({ level, message, location }: Notification, options: ReportOptions): SarifNotification {
  return {
    level,
    message: { text: harmless(message) },
    ...(location && { locations: [{ physicalLocation: physicalLocation(location, options) }] }),
  };
}

function byPlace(a: Result, b: Result): number {
  return (
    compareLocations(a.location, b.location) ||
    (a.ruleId < b.ruleId ? -1 : a.ruleId > b.ruleId ? 1 : 0) ||
    (a.component < b.component ? -1 : a.component > b.component ? 1 : 0)
  );
}
