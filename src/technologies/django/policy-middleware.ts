import type { Location } from '../../location.js';
import type { PythonPlace } from '../../link/python-code/python-code.js';
import type { Program } from '../../link/program.js';
import type { Assign, Call, Node } from '../../parse/python/ast.js';
import { walkPython } from '../../parse/python/walk.js';
import { spelling } from '../python-request-handlers.js';
import { possibleTexts } from './setting-texts.js';
import type { DjangoSettings } from './settings.js';

/** A middleware of the project that lets every page be kept, by shared caches as well. */
export interface PolicyMiddleware {
  readonly name: string;
  readonly location: Location;
  /** As it is written: `max-age=600`. */
  readonly policy: string;
}

/** Where who asks decides on what is said, it is not said of every page. */
const FOR_SOME = /\b(?:user|session|COOKIES|cookies?|is_authenticated|is_anonymous|has_vary_header|Vary)\b/i;

export function policyMiddleware(program: Program, settings: DjangoSettings): PolicyMiddleware | undefined {
  for (const name of possibleTexts(settings.get('MIDDLEWARE')) ?? []) {
    const [target] = program.pythonCode.resolveText(name);
    if (target?.kind !== 'class' && target?.kind !== 'function') continue;
    const { module, node } = target.at;
    const written = module.document.text.slice(node.start, node.end);
    if (!/cache[-_]control/i.test(written) || /\bprivate\b/i.test(written)) continue;
    let found: { place: PythonPlace; policy: string } | undefined;
    walkPython(node, (one) => {
      const policy = one.type === 'Assign' ? ofHeader(one) : one.type === 'Call' ? ofCall(one) : undefined;
      const place = { module, node: one };
      if (policy !== undefined && !isForSome(program, place, node)) found ??= { place, policy };
      return true;
    });
    if (found !== undefined)
      return {
        name: name.slice(name.lastIndexOf('.') + 1),
        location: program.pythonCode.locate(found.place),
        policy: found.policy,
      };
  }
  return undefined;
}

/** `response["Cache-Control"] = "max-age=600"` */
function ofHeader({ targets, value }: Assign): string | undefined {
  const isHeader = targets.some(
    (target) =>
      target.type === 'Subscript' &&
      target.slice.type === 'Constant' &&
      target.slice.kind === 'str' &&
      target.slice.value.toLowerCase() === 'cache-control',
  );
  if (!isHeader || value.type !== 'Constant' || value.kind !== 'str' || /no-(?:store|cache)/i.test(value.value))
    return undefined;
  return /\b(?:s-maxage|max-age)\s*=\s*[1-9]\d*/i.exec(value.value)?.[0];
}

/** `patch_cache_control(response, public=True, max_age=600)` */
function ofCall({ func, keywords }: Call): string | undefined {
  if (spelling(func).split('.').at(-1) !== 'patch_cache_control') return undefined;
  const age = keywords.find(({ name }) => name === 's_maxage' || name === 'max_age');
  if (age?.value.type !== 'Constant' || age.value.kind !== 'int' || Number(age.value.value) === 0) return undefined;
  return `${(age.name ?? '').replace('s_maxage', 's-maxage').replace('_', '-')}=${String(age.value.value)}`;
}

function isForSome(program: Program, place: PythonPlace, whole: Node): boolean {
  for (const node of program.pythonCode.above(place)) {
    if (node === whole) return false;
    if (node.type !== 'If') continue;
    if (FOR_SOME.test(place.module.document.text.slice(node.test.start, node.test.end))) return true;
    // One path of the site is not the site: what stands in the `else` of such questions is the rest of it.
    if (/\bpath(?:_info)?\b/.test(place.module.document.text.slice(node.test.start, node.test.end))) {
      const inside = node.body.some((one) => one.start <= place.node.start && place.node.end <= one.end);
      if (inside) return true;
    }
  }
  return false;
}
