import { folderOf } from '../../repository-path.js';
import { audienceOfPath } from '../audience.js';
import type { Chart } from './charts.js';

export interface ChosenValues {
  /** Files that lie over the chart's own values, the one that wins last. */
  readonly over: readonly string[];
  /** What would have been as good. */
  readonly aside: readonly string[];
}

/** `values-prod.yaml`, `prod-values.yaml`, `values/prod.yaml`, `environments/prod/values.yaml` beside a chart's own. */
export function chosenValues({ folder, files }: Chart): ChosenValues {
  const start = folder === '' ? 0 : folder.length + 1;
  const production = files.filter((path) => {
    const inside = path.slice(start);
    const isValues = /(?:^|[/._-])values[^/]*\.ya?ml$/i.test(inside) || /(?:^|\/)values\/[^/]+\.ya?ml$/i.test(inside);
    return isValues && !isOwn(inside) && audienceOfPath(inside) === 'production';
  });
  const [best, ...aside] = production.sort((a, b) => a.length - b.length || (a < b ? -1 : 1));
  return { over: best === undefined ? [] : [best], aside };
}

/** Paths of files that hold values of a chart. */
export function valuesFiles({ files }: Chart): string[] {
  return files.filter((path) => /values[^/]*\.ya?ml$/i.test(path) || /(?:^|\/)values\/[^/]+\.ya?ml$/i.test(path));
}

function isOwn(inside: string): boolean {
  return folderOf(inside) === '' && /^values\.ya?ml$/.test(inside);
}
