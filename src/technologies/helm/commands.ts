import { words } from '../../parse/shell/words.js';
import { folderOf, joinPath } from '../../repository-path.js';
import { isForProduction, type Reading, type Release, valueOnPath, writtenValue } from './release.js';
import type { Dict } from './value.js';
import { valuesIn } from './values.js';

/** Files in which people write what rolls a chart out. */
const SCRIPT =
  /(?:^|\/)(?:\.github\/workflows\/[^/]+\.ya?ml|\.gitlab-ci[^/]*\.ya?ml|\.gitlab\/.+\.ya?ml|\.circleci\/config\.ya?ml|bitbucket-pipelines\.ya?ml|azure-pipelines[^/]*\.ya?ml|cloudbuild[^/]*\.ya?ml|\.drone\.ya?ml|\.travis\.ya?ml|buildspec[^/]*\.ya?ml|Jenkinsfile[^/]*|GNUmakefile|Makefile|makefile|[^/]+\.mk|[Jj]ustfile|Taskfile\.ya?ml|Rakefile|[^/]+\.sh)$/;
const MOST_SCRIPTS = 300;
const LONGEST_COMMAND = 6_000;
const MOST_COMMANDS = 200;

/** `helm upgrade --install web ./chart -f values/prod.yaml --set replicas=3`, wherever a pipeline or a script writes it. */
export function commandReleases(reading: Reading): Release[] {
  const { inventory, charts } = reading;
  if (charts.size === 0) return [];
  const paths = inventory.files.map(({ path }) => path).filter((path) => SCRIPT.test(path));
  return paths.slice(0, MOST_SCRIPTS).flatMap((path) => {
    const text = inventory.read(path) ?? '';
    return text.includes('helm') ? commandsIn(text).flatMap((command) => releaseOf(command, path, reading) ?? []) : [];
  });
}

/** The lines that call helm, continued ones as one; what a pipeline fills in is a variable like any other. */
function commandsIn(text: string): string[] {
  const found: string[] = [];
  for (const match of text.matchAll(/(?:^|[\s"'&;|(@])helm[ \t]{1,10}(?:secrets[ \t]{1,10})?(?:upgrade|install)\b/gm)) {
    if (found.length >= MOST_COMMANDS) break;
    const rest = text.slice(match.index, match.index + LONGEST_COMMAND);
    const lines = rest.trimStart().split('\n');
    let line = '';
    for (const one of lines) {
      line += one.replace(/\\[ \t]{0,20}\r?$/, ' ');
      if (!/\\[ \t]{0,20}\r?$/.test(one)) break;
    }
    found.push(line.replace(/\$\{\{[^}]{0,200}\}\}/g, '$X').replace(/^["'&;|(@]/, ''));
  }
  return found;
}

/** Options that take a word, as far as they stand between the words that count. */
const WITH_WORD =
  /^(?:-n|-f|--(?:namespace|values|set|set-string|set-json|set-file|version|timeout|kube-context|kubeconfig|repo|username|password|history-max|description|post-renderer|wait-for-jobs-timeout|labels))$/;

function releaseOf(command: string, path: string, reading: Reading): Release | undefined {
  const { charts, documents } = reading;
  const all = words(command);
  const from = all.findIndex((word) => word === 'upgrade' || word === 'install');
  const plain: string[] = [];
  const options: [string, string][] = [];
  for (let i = from + 1; i < all.length; i++) {
    const word = all[i] ?? '';
    if (/^(?:&&?|\|\|?|;|>>?|[<)])/.test(word)) break;
    const [, name, value] = /^(--[\w-]+)=(.*)$/s.exec(word) ?? [];
    if (name !== undefined && value !== undefined) options.push([name, value]);
    else if (WITH_WORD.test(word)) options.push([word, all[++i] ?? '']);
    else if (/^-[fn]./.test(word) && !word.startsWith('--')) options.push([word.slice(0, 2), word.slice(2)]);
    else if (!word.startsWith('-')) plain.push(word);
  }
  const [first, second] = plain;
  const chart = chartAt(second ?? first, path, reading);
  if (chart === undefined) return undefined;
  const given = (...names: string[]): string[] =>
    options.filter(([name]) => names.includes(name)).map(([, one]) => one);
  const layers: Dict[] = [];
  const files: string[] = [];
  let lost = false;
  for (const written of given('-f', '--values').flatMap((one) => one.split(','))) {
    // What is made or fetched when it is rolled out holds what nobody may read, as a rule: tags and secrets.
    const file = fileAt(written, path, chart, reading);
    if (file === undefined) lost = true;
    else {
      layers.push(valuesIn(file, documents));
      files.push(file);
    }
  }
  for (const written of given('--set', '--set-string').flatMap((one) => one.split(/(?<!\\),/))) {
    const at = written.indexOf('=');
    const set = at < 1 ? undefined : valueOnPath(written.slice(0, at), writtenValue(written.slice(at + 1)));
    if (set !== undefined) layers.push(set);
  }
  const [namespace] = given('-n', '--namespace');
  const name = second === undefined || /[$`{]/.test(first ?? '$') ? charts.get(chart)?.name : first;
  const said = [
    path.replace(/^\.github\/workflows\//, ''),
    first ?? '',
    namespace ?? '',
    ...given('--kube-context'),
    ...files,
  ].join(' ');
  const production = isForProduction(said);
  // A command without files of values says less than a file for production that lies beside the chart.
  if (name === undefined || (files.length === 0 && (lost || production !== true))) return undefined;
  return {
    name,
    chart,
    namespace: namespace === undefined || /[$`{]/.test(namespace) ? undefined : namespace,
    layers,
    files,
    path,
    production,
    installed: true,
  };
}

/** A chart as a command names it: from the root, from the folder of the script, or by the end of its path where only one ends so. */
function chartAt(word: string | undefined, path: string, { charts }: Reading): string | undefined {
  if (word === undefined || /[$`{]/.test(word) || /^(?:oci|https?):/.test(word)) return undefined;
  const found = [joinPath('', word), joinPath(folderOf(path), word)].find((folder) => charts.has(folder));
  if (found !== undefined) return found;
  // `bitnami/redis` is somebody else's.
  if (!word.startsWith('.')) return undefined;
  const end = word.replace(/^(?:\.{1,2}\/)+/, '').replace(/\/+$/, '');
  const all = end === '' || end === '.' ? [] : [...charts.keys()].filter((folder) => folder.endsWith(`/${end}`));
  return all.length === 1 ? all[0] : undefined;
}

function fileAt(word: string, path: string, chart: string, { inventory }: Reading): string | undefined {
  const end = word.replace(/^(?:\.{1,2}\/)+/, '').replace(/^\$\w+\//, '');
  if (/[$`{*]/.test(end)) {
    // `values-$ENVIRONMENT.yaml`: the one for production, where there is one such.
    const parts = end.split(/\$\{\w+\}|\$\w+/).slice(0, 4);
    if (parts.some((part) => /[$`{*]/.test(part))) return undefined;
    const fits = inventory.files
      .map((one) => one.path)
      .filter((one) => runsThrough(one, parts) && isForProduction(one.slice(chart.length)) === true);
    return fits.length === 1 ? fits[0] : undefined;
  }
  const near = [
    joinPath('', word),
    joinPath(folderOf(path), word),
    joinPath(chart, end),
    joinPath(folderOf(chart), end),
  ];
  const found = near.find((one) => inventory.has(one));
  if (found !== undefined) return found;
  const all = end === '' ? [] : inventory.files.map((one) => one.path).filter((one) => one.endsWith(`/${end}`));
  return all.length === 1 ? all[0] : undefined;
}

/** Whether a path ends with these parts, with any one word between each two of them. */
function runsThrough(path: string, parts: readonly string[]): boolean {
  const last = parts.at(-1) ?? '';
  if (!/\.ya?ml$/.test(path) || !path.endsWith(last)) return false;
  let until = path.length - last.length;
  for (const part of parts.slice(0, -1).reverse()) {
    const at = path.lastIndexOf(part, until - part.length - 1);
    if (at < 0 || path.slice(at + part.length, until).includes('/')) return false;
    if (part !== '' && part === parts[0] && at > 0 && path[at - 1] !== '/') return false;
    until = at;
  }
  return true;
}
