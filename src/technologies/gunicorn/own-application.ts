import type { PythonPlace } from '../../link/python-code/python-code.js';
import type { Program } from '../../link/program.js';
import type { Evidence, Location } from '../../location.js';
import type { Call, ClassDef } from '../../parse/python/ast.js';
import { walkPython } from '../../parse/python/walk.js';
import { startedFrom } from '../python-serving-calls.js';

/** Where a program makes an application of gunicorn of its own, and what it gives it. */
export interface OwnApplication {
  readonly place: PythonPlace<Call>;
  readonly location: Location;
  readonly evidence: readonly Evidence[];
}

const BASE = /^gunicorn\.app\.(?:base\.(?:Base)?Application|wsgiapp\.WSGIApplication)$/;

/**
 * `StandaloneApplication(app, {"workers": 4}).run()`, of a class of the repository:
 * https://docs.gunicorn.org/en/stable/custom.html
 */
export function ownApplication(program: Program): OwnApplication | undefined {
  const { pythonCode } = program;
  for (const module of pythonCode.modulesWith(/\bgunicorn\.app\b/)) {
    const classes: ClassDef[] = [];
    walkPython(module.document.tree, (node) => {
      if (node.type === 'ClassDef') classes.push(node);
    });
    for (const node of classes) {
      const own = { module, node };
      if (!pythonCode.ancestry(own).libraries.some((name) => BASE.test(name))) continue;
      for (const place of pythonCode.callsOf(own).slice(0, 8)) {
        const evidence = startedFrom(program, place);
        if (evidence === undefined) continue;
        const location = pythonCode.locate({ module: place.module, node: { ...place.node, end: place.node.func.end } });
        return { place, location, evidence };
      }
    }
  }
  return undefined;
}
