import type { Stated } from '../../facts/fact.js';
import type { Program } from '../../link/program.js';
import { lineStarts, regionAt } from '../../location.js';
import { folderOf, joinPath } from '../../repository-path.js';
import { imageTagOf } from '../image-tag.js';
import { runtimeOf } from '../release-lines.js';
import { PYTHON } from './releases.js';

/**
 * The image tells; where there is none, the file by which Heroku and its like choose (`runtime.txt`, `.python-version`). `requires-python`
 * only says what is possible.
 */
export function* fromProgram(program: Program): Iterable<Stated> {
  const { directory, location } = program.launch;
  const procfile = /(?:^|\/)Procfile$/.test(location?.uri ?? '') ? location?.uri : undefined;
  const base = imageTagOf(program);
  if (base === undefined || procfile !== undefined) {
    // The platform looks beside the Procfile, wherever that leads to, and at an image only where it is told to.
    const folders = procfile === undefined ? [directory] : [directory, folderOf(procfile)];
    const chosen = [...chosenByFile(program, folders, ['runtime.txt', '.python-version'])];
    yield* chosen;
    if (base === undefined || chosen.length > 0) return;
  }
  const version = /(?:^|\/)(?:python|pypy)$/.test(base.name)
    ? /^(\d+\.\d+(?:\.\d+)*)/.exec(base.tag)?.[1]
    : // `tiangolo/uvicorn-gunicorn:python3.9`; an image of two languages does not tell which one it is for.
      !base.name.includes('node') && /(?:^|[-_])python-?(\d+\.\d+(?:\.\d+)*)/.exec(base.tag)?.[1];
  if (typeof version === 'string') yield* runtimeOf(PYTHON, version, base.location);
  // Whoever keeps a Procfile beside the image deploys by it as well.
  if (program.inventory.has(joinPath(directory, 'Procfile')))
    yield* chosenByFile(program, [directory], ['runtime.txt']);
}

function* chosenByFile(program: Program, folders: readonly string[], names: readonly string[]): Iterable<Stated> {
  for (const path of new Set(folders.flatMap((folder) => names.map((name) => joinPath(folder, name))))) {
    const text = read(program, path);
    const [written, version] = /^(?:python-)?(\d+\.\d+(?:\.\d+)*)(?:\.[xX*])?[ \t\r]*$/m.exec(text) ?? [];
    if (written === undefined || version === undefined) continue;
    const at = text.indexOf(written);
    yield* runtimeOf(PYTHON, version, {
      uri: path,
      region: regionAt(lineStarts(text), at, at + written.trimEnd().length),
    });
    return;
  }
}

function read({ inventory }: Program, path: string): string {
  return inventory.has(path) ? (inventory.read(path) ?? '') : '';
}
