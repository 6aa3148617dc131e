import { state, type FactOf, type StatedOf } from '../facts/fact.js';
import { workload } from '../facts/workload.js';
import { unknown, type Location, type Maybe } from '../location.js';
import { audienceOfPath, type Audience } from './audience.js';

type Properties = FactOf<typeof workload>['properties'];
type Places = NonNullable<FactOf<typeof workload>['places']>;

/** A process as the manifest of a platform describes it; what is left out is as such platforms have it. */
export interface PlatformProcess {
  readonly unit: string;
  readonly name: string;
  readonly container?: string;
  readonly audience?: Maybe<Audience>;
  readonly controller?: 'replicated' | 'stateful' | 'job' | 'scheduled-job';
  readonly replicas: Maybe<number>;
  readonly explicit?: boolean;
  readonly rollout?: Pick<Properties, 'strategy' | 'surge' | 'surgePercent'>;
  readonly single?: boolean;
  readonly offered?: boolean;
  readonly image?: Maybe<string>;
  readonly buildContext?: Maybe<string>;
  readonly dockerfile?: Maybe<string>;
  readonly buildTarget?: string;
  readonly entrypoint?: readonly string[];
  readonly command?: readonly string[];
  readonly environmentSources: readonly string[];
  /** Ports that requests reach it by; the platform looks at those before it sends requests. */
  readonly ports: readonly string[];
  readonly published?: boolean;
  /** Megabytes beyond which it is ended. */
  readonly memoryLimit?: Maybe<number> | undefined;
}

const CHOSEN = 'whoever starts a copy chooses how many instances run';

/** The default of a platform is no decision of those who only offer a copy. */
function isLeftOpen({ offered, explicit, controller }: PlatformProcess): boolean {
  return offered === true && explicit !== true && controller !== 'stateful';
}

/**
 * What such platforms have in common: machines of a size that is always chosen, so that processor and memory count
 * as asked for, on as many hosts as there are instances, and requests that are sent once a port answers.
 */
export function platformWorkload(
  location: Location,
  process: PlatformProcess,
  places?: Places,
): StatedOf<typeof workload> {
  const { controller = 'replicated', image, buildContext, dockerfile, buildTarget, entrypoint, command } = process;
  const isJob = controller === 'job' || controller === 'scheduled-job';
  return state(
    workload,
    location,
    {
      unit: process.unit,
      name: process.name,
      container: process.container ?? process.name,
      controller,
      placement: 'many-hosts',
      audience: process.audience ?? audienceOfPath(location.uri) ?? 'production',
      ...(process.offered === undefined ? {} : { offered: process.offered }),
      replicas: isJob ? 1 : isLeftOpen(process) ? unknown(CHOSEN) : process.replicas,
      replicasExplicit: process.explicit ?? false,
      ...(isJob ? { strategy: 'recreate', surge: 0 } : (process.rollout ?? { strategy: 'rolling', surge: 0 })),
      singleName: process.single ?? false,
      ...(image === undefined ? {} : { image }),
      ...(buildContext === undefined ? {} : { buildContext }),
      ...(dockerfile === undefined ? {} : { dockerfile }),
      ...(buildTarget === undefined ? {} : { buildTarget }),
      ...(entrypoint === undefined ? {} : { entrypoint }),
      ...(command === undefined ? {} : { command }),
      environmentSources: [...process.environmentSources],
      readinessProbe: process.ports.length > 0 ? 'present' : 'absent',
      cpuRequest: 'present',
      memoryRequest: 'present',
      ports: [...process.ports],
      ...(process.memoryLimit === undefined ? {} : { memoryLimit: process.memoryLimit }),
      ...(process.published === undefined ? {} : { published: process.published }),
    },
    [],
    places,
  );
}
