import { audienceOfPath, type Audience } from './audience.js';

const PRODUCTION = /^(?:prod|production|prd|live)$/i;
/** Words for what is not production, beside those that all deployments share. */
const STAGES =
  /^(?:stag(?:e|ing)?|stg|qa|uat|sit|preprod|nonprod|sandbox|preview|review|beta|int|integration|acc|acceptance|training)$/i;

function wordsOf(path: string): string[] {
  return path.toLowerCase().split(/[^a-z0-9]+/);
}

/** Whether a path says that what stands there is for production. */
export function saysProduction(path: string): boolean {
  return wordsOf(path).some((word) => PRODUCTION.test(word));
}

/** What a deployment is for, among those beside it: where one is for production, those for other stages say nothing of it. */
export function audienceAmong(path: string, all: readonly string[]): Audience {
  const told = audienceOfPath(path);
  if (told !== undefined) return told;
  const isStage = wordsOf(path).some((word) => STAGES.test(word));
  return isStage && all.some(saysProduction) ? 'test' : 'production';
}
