import { audienceOfPath } from './audience.js';

/** Folders of what others may copy. */
const ASIDE = /(?:^|\/)(?:contrib|vendor|third[_-]?party)\//i;

/** Whether the configuration of a product at this path may run somewhere, and is not there for developers, tests or readers. */
export function deploys(path: string): boolean {
  const audience = audienceOfPath(path);
  return (audience === undefined || audience === 'production') && !ASIDE.test(path);
}
