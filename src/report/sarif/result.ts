import type { Location as SarifLocation, Result as SarifResult, Suppression as SarifSuppression } from 'sarif';
import { harmless } from '../../harmless.js';
import type { RelatedLocation, Result } from '../../rules/result.js';
import type { ReportOptions } from '../report.js';
import { physicalLocation } from './location.js';

/** So many reasons are linked in the message; all of them are related locations. */
const MOST_LINKS = 3;

export function sarifResult(result: Result, ruleIndex: number | undefined, options: ReportOptions): SarifResult {
  const { ruleId, kind, level, location, relatedLocations, component, alsoIn, fingerprint, effort, help } = result;
  return {
    ruleId,
    ...(ruleIndex !== undefined && { ruleIndex }),
    kind,
    level,
    message: { text: messageOf(result) },
    locations: [
      {
        physicalLocation: physicalLocation(location, options),
        logicalLocations: [component, ...alsoIn].map((name) => ({ name: harmless(name), kind: 'component' })),
      },
    ],
    relatedLocations: relatedLocations.map((related, index) => relatedOf(related, index, options)),
    partialFingerprints: { 'scalecard/v1': fingerprint },
    // A log that holds one suppression must say of every result whether it has any (SARIF 3.27.23).
    suppressions: suppressionsOf(result, options),
    properties: { component, alsoIn, effort, help },
  };
}

/** What is wrong, the reasons as links to the related locations, and the smallest step: GitHub shows nothing else of a result. */
function messageOf({ kind, message, relatedLocations, help }: Result): string {
  const reasons = relatedLocations
    .slice(0, MOST_LINKS)
    .map((related, index) => `[${linkText(related.message)}](${index + 1})`);
  const more = relatedLocations.length - reasons.length;
  if (more > 0) reasons.push(`${more} more`);
  const [step] = help;
  return [
    sentence(plain(message)),
    ...(reasons.length > 0 ? [`Because ${reasons.join('; ')}.`] : []),
    ...(kind === 'fail' && step !== undefined ? [sentence(plain(step))] : []),
  ].join(' ');
}

/** No text of the repository may become a link of its own. */
function plain(text: string): string {
  return harmless(text).replaceAll('](', '] (');
}

/** As SARIF 3.11.6 wants the text of a link. */
function linkText(text: string): string {
  return plain(text).replace(/[[\]\\]/g, '\\$&');
}

function sentence(text: string): string {
  return /[.!?]$/.test(text) ? text : `${text}.`;
}

function relatedOf({ location, message }: RelatedLocation, index: number, options: ReportOptions): SarifLocation {
  return {
    id: index + 1,
    message: { text: plain(message) },
    physicalLocation: physicalLocation(location, options),
  };
}

function suppressionsOf({ suppression, location }: Result, options: ReportOptions): SarifSuppression[] {
  if (suppression === undefined) return [];
  return [
    {
      kind: suppression.location.uri === location.uri ? 'inSource' : 'external',
      status: 'accepted',
      justification: harmless(suppression.justification),
      location: { physicalLocation: physicalLocation(suppression.location, options) },
    },
  ];
}
