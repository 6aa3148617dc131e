import type { Program } from '../../link/program.js';

const SCRIPT =
  /(?:^|\/)(?:docker-)?(?:entrypoint|entry|start|run|init|boot|launch|web|server)[\w.-]{0,40}(?:\.(?:ba)?sh)?$/i;
const ASIDE = /(?:^|[/._-])(?:dev|develop|development|local|tests?|ci|node_modules|docs?)(?:[/._-]|$)/i;
const MOST_FILES = 60;
const LONGEST = 60_000;

/**
 * Variables without which the script that starts the container gives up, with the reason: `${NAME:?}`, or
 * `if [ -z "$NAME" ]; then ... exit 1`. Whoever starts it sets them, so what the code takes without them never counts.
 */
export function requiredByScripts(program: Program): ReadonlyMap<string, string> {
  return program.memo('django:required-variables', () => {
    const required = new Map<string, string>();
    const scripts = program.inventory.files.filter(({ path }) => SCRIPT.test(path) && !ASIDE.test(path));
    for (const { path } of scripts.slice(0, MOST_FILES)) {
      const text = program.inventory.read(path)?.slice(0, LONGEST) ?? '';
      if (!text.startsWith('#!')) continue;
      for (const name of namesIn(text)) required.set(name, `${path} does not start without it`);
    }
    return required;
  });
}

function* namesIn(text: string): Generator<string> {
  for (const [, name = ''] of text.matchAll(/^[ \t]{0,40}:[ \t]{1,40}"?\$\{([A-Z][A-Z0-9_]{1,60}):?\?/gm)) yield name;
  const lines = text.split('\n');
  for (const [i, line] of lines.entries()) {
    const name =
      /^if (?:\[{1,2}|test) -z "?\$\{?([A-Z][A-Z0-9_]{1,60})(?::?-)?\}?"? ?(?:\]{1,2})? ?;? ?(?:then)?$/.exec(
        line.slice(0, 200).trim().replace(/\s+/g, ' '),
      )?.[1];
    if (name === undefined) continue;
    const end = lines.slice(i + 1, i + 12).findIndex((one) => /^\s*(?:fi|else|elif\b.*)\s*$/.test(one));
    const body = lines.slice(i + 1, i + 1 + (end < 0 ? 0 : end));
    if (body.some((one) => /^\s*exit\s+[1-9]/.test(one))) yield name;
  }
}
