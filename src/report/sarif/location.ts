import type { PhysicalLocation } from 'sarif';
import type { Location } from '../../location.js';
import { inRepository } from '../in-repository.js';
import type { ReportOptions } from '../report.js';

/** The name that GitHub, Azure and editors know for the top of the sources. */
export const SOURCE_ROOT = '%SRCROOT%';

export function physicalLocation({ uri, region }: Location, options: ReportOptions): PhysicalLocation {
  const { startLine, startColumn, endLine, endColumn } = region;
  return {
    artifactLocation: { uri: uriReference(inRepository(uri, options)), uriBaseId: SOURCE_ROOT },
    region: { startLine, startColumn, endLine, endColumn },
  };
}

/** A path as a relative reference of RFC 3986. Names are bytes on some systems: what is no text at all becomes U+FFFD. */
export function uriReference(path: string): string {
  return path
    .replace(/\p{Surrogate}/gu, '\ufffd')
    .split('/')
    .map(encodeURIComponent)
    .join('/');
}
