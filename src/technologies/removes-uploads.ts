import type { Use } from '../link/javascript/javascript-program.js';
import type { Program } from '../link/program.js';
import { nodesAbove } from '../parse/javascript/parents.js';

const FILES = ['node:fs', 'node:fs/promises', 'fs-extra', 'graceful-fs'];
const REMOVERS = /^(?:unlink|unlinkSync|rm|rmSync|remove|removeSync)$/;
/** `req.file.path`, `file.path`, `req.files[0].path`, `files.photo.filepath`. */
const UPLOAD = /\bfiles?\b[^,;]*\.(?:path|filepath|tempFilePath)\b/;

/** Removals of files, wherever they stand. */
export function removals(program: Program): readonly Use[] {
  return program.memo('files/removals', () =>
    FILES.flatMap((name) =>
      program.javascript.imports(name)
        ? program.javascript.uses(name).filter(({ steps }) => REMOVERS.test(steps.at(-1) ?? ''))
        : [],
    ),
  );
}

/**
 * Whether the project removes uploads again when it has done what it wants with them: those are temporary. Removing them
 * after something failed says nothing of the others.
 */
export function removesUploads(program: Program): boolean {
  return removals(program).some((use) => {
    const [file] = use.node.arguments;
    if (file === undefined) return false;
    const { text, tree } = use.module.document;
    return UPLOAD.test(text.slice(...file.range)) && !nodesAbove(tree, use.node).some(isAfterFailure(text));
  });
}

function isAfterFailure(text: string): (node: ReturnType<typeof nodesAbove>[number]) => boolean {
  return (node) =>
    node.type === 'CatchClause' ||
    (node.type === 'IfStatement' &&
      /^!|\b(?:e|err|error|errors|invalid|failed)\b|isEmpty\(/i.test(text.slice(...node.test.range)));
}
