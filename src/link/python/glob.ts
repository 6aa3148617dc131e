import { listFolder } from './files.js';
import type { Interpreter } from './interpreter.js';
import { joinPath } from './path-text.js';

/** Paths of the repository below `folder` that match a shell pattern, sorted; `**` goes any number of folders deep. */
export function globPaths(py: Interpreter, folder: string, pattern: string): string[] {
  const parts = pattern.split('/').filter((part) => part !== '' && part !== '.');
  let found = [pattern.startsWith('/') ? '/' : folder];
  for (const part of parts.slice(0, 12)) {
    const next: string[] = [];
    for (const place of found) {
      if (part === '**') next.push(place, ...below(py, place, 0));
      else if (/[*?[]/.test(part)) {
        const test = shellPattern(part);
        for (const name of listFolder(py, place) ?? []) if (test(name)) next.push(joinPath(place, name));
      } else next.push(joinPath(place, part));
      if (next.length > 5_000) return [];
    }
    found = [...new Set(next)];
  }
  return found.filter((path) => parts.at(-1) !== '**' && path !== folder).sort();
}

function below(py: Interpreter, place: string, depth: number): string[] {
  if (depth > 20) return [];
  return (listFolder(py, place) ?? []).flatMap((name) => {
    const path = joinPath(place, name);
    return listFolder(py, path) === undefined ? [] : [path, ...below(py, path, depth + 1)];
  });
}

/** A test of names against a shell pattern, without a regular expression that hostile patterns could slow down. */
export function shellPattern(pattern: string): (name: string) => boolean {
  const tokens: { any?: boolean; test?: (char: string) => boolean }[] = [];
  for (let i = 0; i < pattern.length; i++) {
    const char = pattern.charAt(i);
    if (char === '*') tokens.push({ any: true });
    else if (char === '?') tokens.push({ test: () => true });
    else if (char === '[' && pattern.indexOf(']', i + 2) > 0) {
      const end = pattern.indexOf(']', i + 2);
      const body = pattern.slice(i + 1, end);
      const not = body.startsWith('!');
      const set = not ? body.slice(1) : body;
      tokens.push({ test: (one) => inSet(one, set) !== not });
      i = end;
    } else tokens.push({ test: (one) => one === char });
  }
  return (name) => {
    if (name.startsWith('.') && !pattern.startsWith('.')) return false;
    let states = new Set([0]);
    const close = (from: ReadonlySet<number>): Set<number> => {
      const all = new Set(from);
      for (const state of all) if (tokens[state]?.any === true) all.add(state + 1);
      return all;
    };
    states = close(states);
    for (const char of name) {
      const next = new Set<number>();
      for (const state of states) {
        const token = tokens[state];
        if (token?.any === true) next.add(state);
        else if (token?.test?.(char) === true) next.add(state + 1);
      }
      states = close(next);
    }
    return states.has(tokens.length);
  };
}

function inSet(char: string, set: string): boolean {
  for (let i = 0; i < set.length; i++) {
    if (set.charAt(i + 1) === '-' && i + 2 < set.length) {
      if (char >= set.charAt(i) && char <= set.charAt(i + 2)) return true;
      i += 2;
    } else if (set.charAt(i) === char) return true;
  }
  return false;
}
