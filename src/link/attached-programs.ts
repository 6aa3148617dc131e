import { locate, type Documents } from '../parse/document.js';
import { attachedDaemons, ATTACHING_PROGRAM } from '../parse/ini/attached-daemons.js';
import type { Settings } from '../parse/ini/settings.js';
import { program } from '../parse/shell/program.js';
import { words as split } from '../parse/shell/words.js';
import { joinPath } from '../repository-path.js';
import { repositoryPath, type Mount } from './mount.js';
import type { SupervisedProgram } from './supervised-programs.js';

interface Sources {
  readonly documents: Documents;
  readonly mounts: readonly Mount[];
  readonly directory: string;
}

/** What a server keeps running beside its own processes, because its file says so. */
export function attachedPrograms(words: readonly string[], sources: Sources): SupervisedProgram[] {
  const { name, args } = program(words);
  if (name !== ATTACHING_PROGRAM) return [];
  const file =
    args.find((word) => /^[^-].*\.ini(?::\w+)?$/.test(word)) ??
    args.map((word) => /^--ini=(.+)$/.exec(word)?.[1]).find((one) => one !== undefined);
  if (file === undefined) return [];
  const [path = '', section = ATTACHING_PROGRAM] = file.split(/:(?=\w+$)/);
  const document = [repositoryPath(sources.mounts, path), joinPath(sources.directory, path)]
    .map((one) => (one === undefined ? undefined : sources.documents.get<Settings>(one, 'ini')))
    .find((one) => one !== undefined);
  return (document === undefined ? [] : attachedDaemons(document.tree, section)).flatMap(({ setting, command }) => {
    const words = split(command);
    return words.length === 0 || document === undefined
      ? []
      : [{ words, location: locate(document, setting.valueRange) }];
  });
}
