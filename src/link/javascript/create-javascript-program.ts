import { locate } from '../../parse/document.js';
import type { EvaluatorSources } from '../python/evaluator.js';
import type { JavaScriptProgram } from './javascript-program.js';

/** Links the JavaScript of one component. */
export function createJavaScriptProgram(sources: Omit<EvaluatorSources, 'models' | 'dependencies'>): JavaScriptProgram {
  void sources;
  return {
    entries: [],
    modules: [],
    imports: () => false,
    importsOf: () => [],
    uses: () => [],
    trace: () => [{ kind: 'unknown', reason: 'not linked' }],
    value: () => ({ kind: 'unknown', reason: 'not linked', origin: { locations: [], variables: [] } }),
    option: () => undefined,
    variables: () => [],
    functionOf: () => undefined,
    callsOf: () => [],
    dependency: () => undefined,
    locate: ({ module, node }) => locate(module.document, { start: node.range[0], end: node.range[1] }),
  };
}
