import type { ReportOptions } from './report.js';

/** The path as whoever reads the report knows it: from the top of the repository on GitHub, else from the audited folder. */
export function inRepository(uri: string, { github }: ReportOptions): string {
  return github === undefined || github.folder === '' ? uri : `${github.folder}/${uri}`;
}
