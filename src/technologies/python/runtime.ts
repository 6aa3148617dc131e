import type { Stated } from '../../facts/fact.js';
import { newestAllowed } from '../../link/constraint.js';
import type { Program } from '../../link/program.js';
import { lineStarts, regionAt } from '../../location.js';
import { folderOf, joinPath } from '../../repository-path.js';
import { imageTagOf } from '../image-tag.js';
import { installedByBuild } from '../installed-by-build.js';
import { PYTHON } from '../python-releases.js';
import { runtimeOf } from '../release-lines.js';

/** Of the files by which Heroku and its like choose, the first that is there counts. */
const CHOSEN_BY = ['runtime.txt', '.python-version'];

/** Images of distributions, which hold no Python that their tag would tell of. */
const PLAIN = /(?:^|\/)(?:ubuntu|debian|buildpack-deps|cuda|gdal|baseimage)(?:[-/]|$)/;
/** `python3.8`, `python3.8-dev` as names of packages. */
const PACKAGE = /[\s"']python(3\.\d{1,2})(?:-(?:dev|venv|distutils|minimal|full))?(?=[\s"';\\]|$)/g;

/**
 * The image tells, by its tag or by what is installed in it; where there is none, the file by which Heroku and its like choose
 * (`runtime.txt`, `.python-version`). `requires-python` only says what is possible.
 */
export function* fromProgram(program: Program): Iterable<Stated> {
  const { directory, location } = program.launch;
  const procfile = /(?:^|\/)Procfile$/.test(location?.uri ?? '') ? location?.uri : undefined;
  const base = imageTagOf(program);
  if (base === undefined || procfile !== undefined) {
    // The platform looks beside the Procfile, wherever that leads to, and at an image only where it is told to.
    const folders = procfile === undefined ? [directory] : [directory, folderOf(procfile)];
    const chosen = [...chosenByFile(program, folders, CHOSEN_BY)];
    yield* chosen;
    if (chosen.length > 0) return;
    if (base === undefined) {
      yield* mostThatIsPossible(program, folders);
      return;
    }
  }
  const version = /(?:^|\/)(?:python|pypy)$/.test(base.name)
    ? /^(\d+\.\d+(?:\.\d+)*)/.exec(base.tag)?.[1]
    : // `tiangolo/uvicorn-gunicorn:python3.9`; an image of two languages does not tell which one it is for.
      !base.name.includes('node') && /(?:^|[-_])python-?(\d+\.\d+(?:\.\d+)*)/.exec(base.tag)?.[1];
  if (typeof version === 'string') yield* runtimeOf(PYTHON, version, base.location);
  const installed = PLAIN.test(base.name) ? installedByBuild(program, PACKAGE) : undefined;
  if (installed !== undefined) yield* runtimeOf(PYTHON, installed.version, installed.location);
  // Whoever keeps a Procfile beside the image deploys by it as well.
  if (program.inventory.has(joinPath(directory, 'Procfile')))
    yield* chosenByFile(program, [directory], ['runtime.txt']);
}

function* chosenByFile(program: Program, folders: readonly string[], names: readonly string[]): Iterable<Stated> {
  for (const path of pathsOf(folders, names)) {
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

/** What `Pipfile` asks for is installed; a range in `pyproject.toml` counts where the newest that it allows is not the newest of all. */
function* mostThatIsPossible(program: Program, folders: readonly string[]): Iterable<Stated> {
  const lines = PYTHON.lines.map(({ line }) => line);
  for (const path of pathsOf(folders, ['Pipfile', 'pyproject.toml'])) {
    const text = read(program, path);
    const pattern = path.endsWith('Pipfile')
      ? /^[ \t]{0,8}python_(?:full_)?version[ \t]{0,8}=[ \t]{0,8}["'](\d+\.\d+(?:\.\d+)?)["']/m
      : /^(?:requires-python|python)[ \t]{0,8}=[ \t]{0,8}["']([^"'\n]{1,60})["']/m;
    const found = pattern.exec(text);
    const written = found?.[1];
    if (found === null || written === undefined) continue;
    const line = newestAllowed(/^\d/.test(written) ? `==${written}.*`.replace(/\.\*\.\*$/, '.*') : written, lines);
    if (line === undefined || line === lines[0]) continue;
    yield* runtimeOf(PYTHON, line, {
      uri: path,
      region: regionAt(lineStarts(text), found.index, found.index + found[0].length),
    });
    return;
  }
}

function pathsOf(folders: readonly string[], names: readonly string[]): Set<string> {
  return new Set(folders.flatMap((folder) => names.map((name) => joinPath(folder, name))));
}

function read({ inventory }: Program, path: string): string {
  return inventory.has(path) ? (inventory.read(path) ?? '') : '';
}
