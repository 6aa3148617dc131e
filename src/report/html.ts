import type * as Page from './html/page.js';
import type { Prepare, Report } from './report.js';

let page: typeof Page | undefined;

/** The page, its highlighter and its layout are loaded where someone asks for them, and at no other start. */
export const prepare: Prepare = async () => {
  page ??= await import('./html/page.js');
};

/** The audit for reviews: one file that needs nothing else, neither network nor script. */
export const report: Report = (audit) => {
  if (page === undefined) throw new Error('the page is drawn after prepare()');
  return page.pageOf(audit);
};
