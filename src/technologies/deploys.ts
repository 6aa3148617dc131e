import { audienceOfPath } from './audience.js';

/** Folders of what others may copy, and of the page that people get while everything else is switched off. */
const ASIDE = /(?:^|\/)(?:contrib|vendor|third[_-]?party|maintenance[_-]?(?:page|mode|site)?)\//i;

/** Whether the configuration of a product at this path may run somewhere, and is not there for developers, tests or readers. */
export function deploys(path: string): boolean {
  const audience = audienceOfPath(path);
  return (audience === undefined || audience === 'production') && !ASIDE.test(path);
}
