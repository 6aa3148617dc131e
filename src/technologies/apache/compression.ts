import { compression } from '../../facts/compression.js';
import { state, type Stated } from '../../facts/fact.js';
import { locate, type Document } from '../../parse/document.js';
import { deploys } from '../deploys.js';
import { everything, words, type ApacheDocument } from './sections.js';

const FILTER = /^(?:DEFLATE|BROTLI_COMPRESS)(?:;|$)/i;

/**
 * `AddOutputFilterByType DEFLATE text/html text/css` and `SetOutputFilter DEFLATE`. Packages of distributions turn it on in a
 * file of their own, so that silence says nothing.
 */
export function* fromDocument(document: Document): Generator<Stated> {
  if (!deploys(document.path)) return;
  const found = [...everything((document as ApacheDocument).tree.directives)]
    .map(({ directive }) => directive)
    .filter(
      ({ name, args }) => /^(?:addoutputfilterbytype|setoutputfilter)$/.test(name) && FILTER.test(args[0]?.text ?? ''),
    );
  const [first] = found;
  if (first === undefined) return;
  // One line for each type is usual: all of them say it together.
  const whole = found.some((one) => one.name === 'setoutputfilter');
  const types = found.flatMap((one) => words(one).slice(1));
  const text = whole || types.some((type) => /css|javascript|json|text\/plain|svg|xml|^text\/\*/.test(type));
  yield state(compression, locate(document, { start: first.start, end: first.headEnd }), {
    ...{ layer: 'proxy', enabled: true, types: text ? 'text' : 'html-only', where: first.args[0]?.text ?? '' },
    remedy: text ? '' : 'AddOutputFilterByType DEFLATE text/css application/javascript application/json image/svg+xml',
  });
}
