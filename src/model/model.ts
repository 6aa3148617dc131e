import type { Fact, FactOf, Property, Scope } from '../facts/fact.js';
import type { workload } from '../facts/workload.js';
import type { Evidence, Location, Maybe, Notification } from '../location.js';

/** A value that follows from facts, with the facts it follows from. */
export interface Derived<T> {
  readonly value: Maybe<T>;
  readonly evidence: readonly Evidence[];
}

export type ComponentRole =
  'web' | 'worker' | 'scheduler' | 'job' | 'proxy' | 'pooler' | 'database' | 'store' | 'unknown';

/** What is derived of a component; each is filled by the file of that name in `derivations/`. */
export interface ComponentProperties {
  /** Whether anything in the repository deploys it. */
  deployed: Derived<boolean>;
  /** Instances at most: the autoscaler's maximum, else the replicas. */
  instances: Derived<number>;
  /** Instances at least: the autoscaler's minimum, else the replicas. */
  instancesAtLeast: Derived<number>;
  /** Whether it declares itself to be one and no more. */
  single: Derived<boolean>;
  /** Whether the configuration says that one instance is enough. */
  singleByDesign: Derived<boolean>;
  /** Whether its instances can run on several machines; unknown where nothing deploys it. */
  placement: Derived<'one-host' | 'many-hosts'>;
  /** Whether its platform could run a second instance with no more than a changed number. */
  canMultiply: Derived<boolean>;
  /** Worker processes of one instance. */
  processes: Derived<number>;
  /** The widest set of places it runs in today; unknown where nothing tells. */
  reach: Derived<Scope>;
  /** What it is meant to reach: `target` of the configuration. */
  target: Derived<Scope>;
  /** The narrowest scope of the state it cannot do without; its evidence names that piece first. */
  ceiling: Derived<Scope>;
  /** Connections that one instance opens to its database at most. */
  connectionsPerInstance: Derived<number>;
  /** Whether requests reach it: through ports, a service, a proxy. */
  serves: Derived<boolean>;
  /** Whether only other components ask it, as far as proxies and published ports tell. */
  internal: Derived<boolean>;
  /** Whether anything measures how it does. */
  measured: Derived<boolean>;
}

/** A fact of a component together with what is derived of it there: the same fact can stand differently in two components. */
export interface Subject {
  readonly fact: Fact;
  /** By the name of the derivation. */
  readonly derived: Readonly<Record<string, Derived<unknown>>>;
}

export interface Component {
  /** Unique in the model. */
  readonly name: string;
  readonly role: ComponentRole;
  /** Folder of its code relative to the root; null where it runs no code of the repository. */
  readonly directory: string | null;
  /** What the deployment that holds it is for; unknown where nothing deploys it. */
  readonly audience: Maybe<'production' | 'development' | 'test' | 'example'>;
  /** The manifest's word for it, or the code's where nothing deploys it. */
  readonly location: Location;
  /** Ids of the technologies it is known to run. */
  readonly technologies: readonly string[];
  readonly workload: FactOf<typeof workload> | null;
  /** Why nothing of its code was read: what only code tells is open then. Absent where some was, and where it has none. */
  readonly unread?: string;
  readonly properties: ComponentProperties;
  readonly subjects: readonly Subject[];
}

/** The size at which a limit is met. */
export interface Headroom {
  /** What runs out: "connections of db". */
  readonly limit: string;
  /** The component that grows. */
  readonly component: string;
  /** The largest number of its instances at which everything still fits; 0 where it does not fit even today's smallest. */
  readonly instances: number;
  /** What the component takes of it today, where that is known. */
  readonly taken?: number;
  /** The sum, for people: "3 web x 4 processes x 2 threads + 8 worker = 32 of 100". */
  readonly arithmetic: string;
  readonly locations: readonly Evidence[];
}

/** What a request passes, from outside to inside; `background` is what works beside the request. */
export const LAYERS = [
  'clients',
  'entrance',
  'proxy',
  'application',
  'background',
  'state',
  'pooler',
  'database',
] as const;
export type LayerId = (typeof LAYERS)[number];

/** Something that a request meets on its way. */
export interface Station {
  /** Unique in the journey. */
  readonly id: string;
  readonly layer: LayerId;
  readonly kind: 'clients' | 'balancer' | 'component' | 'state';
  /** Its own name, or what keeps it: "web", "local memory". */
  readonly title: string;
  /** What it is: "proxy", "session store". */
  readonly what: string;
  /** The component that it is; of state, those that keep something there. */
  readonly components: readonly string[];
  /** Of state, who sees the same copy. */
  readonly scope: Maybe<Scope> | null;
  /** How it bears the size of those that use it, the worst of several; null where that is no question. */
  readonly standing: Maybe<'fits' | 'tolerated' | 'blocking' | 'broken'> | null;
  /** What is known of it, and where that is configured. */
  readonly details: readonly Evidence[];
}

/** Who hands on to whom, and who says so. */
export interface Step {
  readonly from: string;
  readonly to: string;
  readonly evidence: readonly Evidence[];
}

/** The way of a request through the system, as far as facts tell it. */
export interface Journey {
  /** By layer, then by name. */
  readonly stations: readonly Station[];
  readonly steps: readonly Step[];
  /** Components that no request meets, or of which nothing tells how one would. */
  readonly aside: readonly { readonly component: string; readonly reason: string }[];
}

/** The output of `model`. */
export interface Model {
  /** Sorted by name. */
  readonly components: readonly Component[];
  /** Nearest limit first. */
  readonly headroom: readonly Headroom[];
  readonly journey: Journey;
  readonly notifications: readonly Notification[];
}

/** What a derivation or a fact kind lets rules read, for validation and for the vocabulary page. */
export type PropertyVocabulary = Readonly<Record<string, Property>>;
