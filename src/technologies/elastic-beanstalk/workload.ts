import type { Stated } from '../../facts/fact.js';
import { unknown } from '../../location.js';
import { locate, type Document } from '../../parse/document.js';
import type { YamlTree } from '../../parse/yaml/node.js';
import { place } from '../../parse/yaml/read.js';
import { platformWorkload } from '../platform-process.js';
import { find, nameOf, optionsOf, rootOf, textOf, unitOf, variablesOf } from './options.js';

const SCALING = 'aws:autoscaling:asg';

/** Files of one folder speak of the same environment; what none of them says is chosen where it is made. */
export function* fromDocument(document: Document<YamlTree>): Generator<Stated> {
  const options = optionsOf(document);
  const [first] = options;
  if (first === undefined) return;
  const type = find(options, 'aws:elasticbeanstalk:environment', 'EnvironmentType');
  const isSingle = textOf(type?.value) === 'SingleInstance';
  const size = find(options, SCALING, 'MaxSize') ?? find(options, SCALING, 'MinSize');
  const at = isSingle ? type : (size ?? first.pair);
  const policy = textOf(find(options, 'aws:elasticbeanstalk:command', 'DeploymentPolicy')?.value);
  yield platformWorkload(locate(document, place(at ?? first.pair)), {
    unit: unitOf(document),
    name: nameOf(document),
    replicas: isSingle ? 1 : unknown('how many machines there are is chosen where the environment is made', [1, 4]),
    explicit: isSingle,
    // Alone these options say nothing of what runs: they are often all that is left of an environment.
    offered: !isSingle && size === undefined,
    rollout: {
      strategy: 'rolling',
      surge: /^(?:Immutable|TrafficSplitting)$/.test(policy ?? '') ? unknown('as many as run already') : 0,
    },
    buildContext: rootOf(document),
    environmentSources: [variablesOf(document)],
    ports: ['80'],
    published: true,
  });
}
