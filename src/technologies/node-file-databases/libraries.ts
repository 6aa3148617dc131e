/** A database that a program opens as a file or folder of its machine. */
export interface Library {
  readonly package: string;
  readonly engine: string;
  /** What opens one: members from the package on, joined by dots. */
  readonly opens: RegExp;
  /** Where its path stands: an argument, or an option of the first one that is an object. */
  readonly path: readonly (number | string)[];
  /** What it keeps where nobody gives a path: the memory of the process, or a file of this name. */
  readonly otherwise: 'memory' | { readonly file: string };
}

const file = (name: string): Library['otherwise'] => ({ file: name });

export const LIBRARIES: readonly Library[] = [
  // https://github.com/seald/nedb#creatingloading-a-database
  ...['nedb', '@seald-io/nedb', 'nedb-core', '@yetzt/nedb'].map((name): Library => ({
    package: name,
    engine: 'NeDB',
    opens: /^(?:default|Datastore|)$/,
    path: ['filename', 0],
    otherwise: 'memory',
  })),
  {
    package: 'nedb-promises',
    engine: 'NeDB',
    opens: /^(?:default\.)?(?:create|Datastore\.create|default|)$/,
    path: ['filename', 0],
    otherwise: 'memory',
  },
  // https://github.com/typicode/lowdb: adapters in version 2 and later, `low(new FileSync('db.json'))` before.
  {
    package: 'lowdb',
    engine: 'lowdb',
    opens: /^(?:JSONFile|JSONFileSync|TextFile|DataFile|JSONFilePreset|JSONFileSyncPreset|default)$/,
    path: [0],
    otherwise: file('db.json'),
  },
  // https://github.com/techfort/LokiJS: in Node a database is saved to a file where it is told to.
  { package: 'lokijs', engine: 'LokiJS', opens: /^(?:default|Loki|)$/, path: [0], otherwise: 'memory' },
  { package: 'node-json-db', engine: 'node-json-db', opens: /^Config$/, path: [0], otherwise: file('db.json') },
  {
    package: 'simple-json-db',
    engine: 'simple-json-db',
    opens: /^(?:default|)$/,
    path: [0],
    otherwise: file('db.json'),
  },
  {
    package: 'stormdb',
    engine: 'StormDB',
    opens: /^(?:default\.)?localFileEngine$/,
    path: [0],
    otherwise: file('db.stormdb'),
  },
  {
    package: 'node-localstorage',
    engine: 'node-localstorage',
    opens: /^LocalStorage$/,
    path: [0],
    otherwise: file('scratch'),
  },
  // https://github.com/Level
  ...['level', 'classic-level', 'leveldown'].map((name): Library => ({
    package: name,
    engine: 'LevelDB',
    opens: /^(?:default|Level|ClassicLevel|)$/,
    path: [0, 'location'],
    otherwise: file('db'),
  })),
  { package: 'lmdb', engine: 'LMDB', opens: /^(?:default\.)?open$/, path: ['path', 0], otherwise: 'memory' },
  { package: 'dirty', engine: 'dirty', opens: /^(?:default|Dirty|)$/, path: [0], otherwise: 'memory' },
  { package: 'tingodb', engine: 'TingoDB', opens: /^\(\)\.Db$/, path: [0], otherwise: 'memory' },
  // https://pouchdb.com/api.html#create_database: a name is a folder, an address a server.
  { package: 'pouchdb', engine: 'PouchDB', opens: /^(?:default|)$/, path: [0, 'name'], otherwise: 'memory' },
];
