import type { Document, Range } from '../../parse/document.js';
import type { Settings } from '../../parse/ini/settings.js';
import { program } from '../../parse/shell/program.js';
import { words } from '../../parse/shell/words.js';
import { folderOf, joinPath } from '../../repository-path.js';

/** https://www.freedesktop.org/software/systemd/man/latest/systemd.service.html */
export interface Unit {
  readonly name: string;
  /** `name@.service` is started once for each name that somebody gives. */
  readonly isTemplate: boolean;
  readonly words: readonly string[];
  readonly place: Range;
  /** All values of a key of `[Service]`, in order. */
  values(key: string): readonly { readonly text: string; readonly place: Range }[];
}

/** What runs code of somebody; servers of other makers bring units of their own. */
const RUNS_CODE =
  /^(?:gunicorn3?|uwsgi|uvicorn|daphne|hypercorn|granian|waitress-serve|celery|python[\d.]*|pypy3?|manage\.py|django-admin|flask|poetry|pipenv|uv|node|nodejs|npm|npx|yarn|pnpm|bun|pm2(?:-runtime)?)$/;

/** Longer lines are no commands. */
const LONGEST = 8_000;

export function unitIn(document: Document<Settings>): Unit | undefined {
  const settings = document.tree.sections.filter(({ name }) => name === 'Service').flatMap((one) => one.settings);
  const values = (key: string): { text: string; place: Range }[] =>
    settings
      .filter((one) => one.key === key)
      .map((one) => ({ text: whole(document, one.valueRange), place: one.valueRange }));
  const start = values('ExecStart').findLast(({ text }) => text !== '');
  if (start === undefined) return undefined;
  // `-` forgives a failure, the others change rights.
  const command = words(start.text.replace(/^[-@:+!|]+/, ''));
  if (!RUNS_CODE.test(program(command).name)) return undefined;
  const file = document.path.slice(document.path.lastIndexOf('/') + 1).replace(/\.service.*$/, '');
  return {
    name: file.replace(/@.*$/, ''),
    isTemplate: file.endsWith('@'),
    words: command,
    place: start.place,
    values,
  };
}

/** A value goes on in the next line after a backslash. */
function whole({ text }: Document, { start, end }: Range): string {
  let value = text.slice(start, end);
  let at = end;
  while (value.endsWith('\\') && value.length < LONGEST) {
    const next = text.indexOf('\n', at);
    if (next < 0) break;
    const stop = text.indexOf('\n', next + 1);
    const line = text.slice(next + 1, stop < 0 ? text.length : stop).trim();
    at = stop < 0 ? text.length : stop;
    // Comments between the parts are left out.
    if (/^[#;]/.test(line)) value = `${value.slice(0, -1)}\\`;
    else value = `${value.slice(0, -1)} ${line}`;
    if (stop < 0) break;
  }
  return value.replace(/\\$/, '').trim();
}

export function unitOf(document: Document, { name }: Unit): string {
  return joinPath('systemd', `${folderOf(document.path)}/${name}`);
}

export function variablesOf(document: Document, unit: Unit): string {
  return `unit:${unitOf(document, unit)}/${unit.name}`;
}
