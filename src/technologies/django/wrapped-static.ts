import { state, type Stated } from '../../facts/fact.js';
import { httpCache } from '../../facts/http-cache.js';
import type { Program } from '../../link/program.js';
import { text } from '../../link/value.js';
import { unknown, type Maybe } from '../../location.js';
import type { Call } from '../../parse/python/ast.js';
import { walkPython } from '../../parse/python/walk.js';
import { runsWith } from './conditions.js';
import { chosenBy } from './doubt.js';
import type { DjangoSettings } from './settings.js';
import { hashedNames, staticStorage } from './static-files.js';

const AN_HOUR = 3_600;
/** https://whitenoise.readthedocs.io/en/stable/base.html#configuration-attributes */
const DEFAULT_AGE = 60;

const WRAPPERS =
  /^(?:(dj_static)\.(?:Cling|MediaCling)|whitenoise\.(?:base\.)?(WhiteNoise)|whitenoise\.django\.(DjangoWhiteNoise))$/;

/**
 * What stands around the application as a whole and sends its static files: `application = Cling(get_wsgi_application())`.
 * https://github.com/heroku-python/dj-static sends when a file was changed, and nothing of how long it may be kept.
 */
export function* wrappedStatic(program: Program, settings: DjangoSettings): Iterable<Stated> {
  for (const module of program.pythonCode.modulesWith(/\bdj_static\b|\bWhiteNoise\b|\bDjangoWhiteNoise\b/)) {
    const calls: Call[] = [];
    walkPython(module.document.tree, (node) => {
      if (node.type === 'Call') calls.push(node);
    });
    for (const node of calls) {
      const [target] = program.pythonCode.resolve({ module, node: node.func });
      const [, cling, plain, whole] = (target?.kind === 'library' ? WRAPPERS.exec(target.name) : null) ?? [];
      if (cling === undefined && plain === undefined && whole === undefined) continue;
      if (runsWith(program, settings, { module, node }) === false) continue;
      const storage = staticStorage(program, settings);
      // Nothing of the application's is on its disk then.
      if (plain === undefined && storage?.local === false) continue;
      const maximumAge: Maybe<number> =
        cling !== undefined
          ? 0
          : storage === undefined || storage.hashed
            ? unknown('names that hold a hash may be kept for ten years, others for a minute')
            : ageOf(node);
      const remedy = `${hashedNames(settings)}, and "whitenoise.middleware.WhiteNoiseMiddleware" right behind SecurityMiddleware`;
      const url = text(settings.get('STATIC_URL'));
      yield state(
        httpCache,
        program.pythonCode.locate({ module, node: { ...node, end: node.func.end } }),
        {
          ...{ content: 'static', layer: 'application', maximumAge, remedy },
          where: cling === undefined ? 'WhiteNoise' : (url ?? cling),
          cacheable: typeof maximumAge === 'number' ? maximumAge >= AN_HOUR : unknown(maximumAge.unknown),
        },
        chosenBy(settings),
      );
      return;
    }
  }
}

function ageOf({ keywords }: Call): Maybe<number> {
  const given = keywords.find(({ name }) => name === 'max_age')?.value;
  if (given === undefined)
    return keywords.some(({ name }) => name === null) ? unknown('what it is given is not known') : DEFAULT_AGE;
  return given.type === 'Constant' && given.kind === 'int' ? Number(given.value) : unknown('max_age is not known');
}
