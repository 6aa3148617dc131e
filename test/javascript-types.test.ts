import { describe, expect, it } from 'vitest';
import { expression, lineOf, programOf, told } from './javascript-sources.js';

const STORE = `export interface Store {
  put(key: string): void;
}
export class Memory implements Store {
  private items = new Map<string, number>();
  put(key: string) { this.items.set(key, 1); }
  peek() { return this.items; }
}
export class Other { remove() {} }`;

/** What an expression of a module stands for. An import of which only types are used would load nothing. */
async function ask(main: string, text: string): Promise<string[]> {
  const program = await programOf({ 'store.ts': STORE, 'main.ts': `import './store.js';\n${main}` }, 'main.ts');
  return told(program, program.trace(expression(program, 'main.ts', text)));
}

describe('what only the types tell', () => {
  it('an item of a map', async () => {
    expect(
      await ask(
        `import { Memory } from './store.js';
        const stores = new Map<string, Memory>();
        export const f = (id: string) => stores.get(id)!.put('a');`,
        `stores.get(id)!.put`,
      ),
    ).toEqual(['store.ts:6']);
  });

  it('what a function of the repository hands to a callback', async () => {
    expect(
      await ask(
        `import { Memory } from './store.js';
        function each<T>(all: Set<T>, run: (one: T) => void) { for (const one of all) run(one); }
        const stores = new Set<Memory>();
        each(stores, (store) => store.put('a'));`,
        `store.put`,
      ),
    ).toEqual(['store.ts:6']);
  });

  it('an entry of a table whose key is computed', async () => {
    expect(
      await ask(
        `import { Memory } from './store.js';
        const table = { a: new Memory(), b: new Memory() };
        export const f = (kind: 'a' | 'b') => table[kind].put('a');`,
        `table[kind].put`,
      ),
    ).toEqual(['store.ts:6']);
  });

  it('the parameter of a generic class, as the class that extends it says', async () => {
    expect(
      await ask(
        `import { Memory, type Store } from './store.js';
        abstract class Base<T extends Store> { protected abstract open(): T; store = this.open(); }
        export abstract class Own extends Base<Memory> { f() { return this.store.peek(); } }`,
        `this.store.peek`,
      ),
    ).toEqual(['store.ts:7']);
  });

  it('what is destructured from a list that promises come to', async () => {
    expect(
      await ask(
        `import { Memory, Other } from './store.js';
        export async function f(makers: [Promise<Memory>, Promise<Other>]) {
          const [store, other] = await Promise.all(makers);
          store.put('a');
          other.remove();
        }`,
        `other.remove`,
      ),
    ).toEqual(['store.ts:9']);
  });

  it('what a generator yields', async () => {
    expect(
      await ask(
        `import { Memory } from './store.js';
        declare const made: Memory[];
        function* all() { for (const one of made) yield one; }
        for (const store of all()) store.put('a');`,
        `store.put`,
      ),
    ).toEqual(['store.ts:6']);
  });

  it('what a function returns that only its type declares', async () => {
    expect(
      await ask(
        `import type { Memory } from './store.js';
        type Make = (name: string) => Promise<{ readonly store: Memory }>;
        export async function f(make: Make) { const { store } = await make('a'); store.put('a'); }`,
        `store.put`,
      ),
    ).toEqual(['store.ts:6']);
  });

  it('the interface of something, and with it the classes that implement it', async () => {
    expect(
      await ask(
        `import { Memory, type Store } from './store.js';
        const stores: Record<string, Store> = { memory: new Memory() };
        export const f = (name: string) => Object.values(stores).forEach((store) => store.put(name));`,
        `store.put`,
      ),
    ).toEqual(['store.ts:6']);
  });

  it('an object of a class of a package', async () => {
    expect(
      await ask(
        `import { Redis } from 'ioredis';
        class Own { publish() {} }
        const clients = new Map<string, { client: Redis }>();
        export const f = (id: string) => clients.get(id)?.client.publish('a');`,
        `clients.get(id)?.client.publish`,
      ),
    ).toEqual(['ioredis Redis new publish']);
  });
});

describe('calls that only the types tell', () => {
  it('are calls of the method', async () => {
    const program = await programOf(
      {
        'store.ts': STORE,
        'main.ts': `import { Memory } from './store.js';
const stores = new Map<string, Memory>([['a', new Memory()]]);
export const f = (id: string) => stores.get(id)?.put(id);`,
      },
      'main.ts',
    );
    const method = program.functionOf(expression(program, 'main.ts', 'stores.get(id)?.put'));
    expect(method && lineOf(program, method)).toBe('store.ts:6');
    expect(method && program.callsOf(method).map((call) => lineOf(program, call))).toEqual(['main.ts:3']);
  });
});

describe('interfaces', () => {
  it('are what the classes are that say that they implement them, without asking the types', async () => {
    expect(
      await ask(
        `import { Memory, type Store } from './store.js';
        export class Service { constructor(private readonly store: Store) {} f() { this.store.put('a'); } }
        use(Memory);`,
        `this.store.put`,
      ),
    ).toEqual(['store.ts:6']);
  });

  it('abstract methods are those of the classes that extend them', async () => {
    expect(
      await ask(
        `abstract class Base { abstract keep(): void; f() { this.keep(); } }
        export class Own extends Base { keep() {} }`,
        `this.keep`,
      ),
    ).toEqual(['main.ts:3']);
  });
});

describe('what the types are not asked', () => {
  it('plain JavaScript', async () => {
    const program = await programOf(
      { 'main.js': `class A { put() {} }\nconst all = new Map();\nall.get('a').put();\nuse(A);` },
      'main.js',
    );
    expect(told(program, program.trace(expression(program, 'main.js', `all.get('a').put`)))).toEqual([
      'node:global Map new get () put',
    ]);
  });

  it('a component of too many modules, and it is said', async () => {
    const many = Array.from({ length: 401 }, (_, i) => [`m${i}.ts`, `export const a${i} = ${i};`]);
    const imports = many.map((_, i) => `import { a${i} } from './m${i}.js';`).join('\n');
    const uses = many.map((_, i) => `a${i}`).join(', ');
    const files = {
      ...(Object.fromEntries(many) as Record<string, string>),
      'store.ts': STORE,
      'main.ts': `${imports}\nimport { Memory } from './store.js';\nconst all = new Map<string, Memory>();\nall.get('a')!.put('a');\nuse(${uses});`,
    };
    const program = await programOf(files, 'main.ts');
    expect(told(program, program.trace(expression(program, 'main.ts', `all.get('a')!.put`)))).toEqual([
      'node:global Map new get () put',
    ]);
  });

  it('a file from outside of the repository, whatever an import says', async () => {
    expect(
      await ask(
        `import { Memory } from '/etc/passwd';
        import { Other } from '../../../../../../etc/hosts';
        const all = new Map<string, Memory | Other>();
        class Own { put() {} }
        all.get('a')!.put('a');`,
        `all.get('a')!.put`,
      ),
    ).toEqual(['node:global Map new get () put']);
  });
});
