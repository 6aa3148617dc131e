/**
 * What of the language's own library inference needs: containers, promises, and the types that make types of others. TypeScript's
 * own has 100 times as many lines, which cost more than all questions together.
 */
export const MINIMAL_LIB = `
interface Object {} interface Function {} interface CallableFunction {} interface NewableFunction {} interface IArguments {}
interface String { split(by: any): string[] } interface Number {} interface Boolean {} interface RegExp {} interface Symbol {}
interface Error {} interface Date {}
interface SymbolConstructor { readonly iterator: unique symbol; readonly asyncIterator: unique symbol }
declare var Symbol: SymbolConstructor;
interface IteratorResult<T> { value: T; done?: boolean }
interface Iterator<T, R = any, N = any> { next(value?: any): IteratorResult<T> }
interface Iterable<T, R = any, N = any> { [Symbol.iterator](): Iterator<T> }
interface IterableIterator<T, R = any, N = any> extends Iterator<T> { [Symbol.iterator](): IterableIterator<T> }
interface IteratorObject<T, R = any, N = any> extends Iterator<T> { [Symbol.iterator](): IteratorObject<T> }
interface Generator<T = any, R = any, N = any> extends Iterator<T> { [Symbol.iterator](): Generator<T> }
interface AsyncIterator<T, R = any, N = any> { next(value?: any): Promise<IteratorResult<T>> }
interface AsyncIterable<T, R = any, N = any> { [Symbol.asyncIterator](): AsyncIterator<T> }
interface AsyncIterableIterator<T, R = any, N = any> extends AsyncIterator<T> { [Symbol.asyncIterator](): AsyncIterableIterator<T> }
interface AsyncGenerator<T = any, R = any, N = any> extends AsyncIterator<T> { [Symbol.asyncIterator](): AsyncGenerator<T> }
interface PromiseLike<T> { then<A = T, B = never>(done?: ((value: T) => A | PromiseLike<A>) | null, failed?: ((reason: any) => B | PromiseLike<B>) | null): PromiseLike<A | B> }
interface Promise<T> {
  then<A = T, B = never>(done?: ((value: T) => A | PromiseLike<A>) | null, failed?: ((reason: any) => B | PromiseLike<B>) | null): Promise<A | B>;
  catch<B = never>(failed?: ((reason: any) => B | PromiseLike<B>) | null): Promise<T | B>;
  finally(done?: (() => void) | null): Promise<T>;
}
interface PromiseConstructor {
  new <T>(run: (resolve: (value: T | PromiseLike<T>) => void, reject: (reason?: any) => void) => void): Promise<T>;
  all<T extends readonly unknown[] | []>(values: T): Promise<{ -readonly [P in keyof T]: Awaited<T[P]> }>;
  race<T>(values: readonly T[]): Promise<Awaited<T>>;
  resolve<T>(value: T): Promise<Awaited<T>>;
}
declare var Promise: PromiseConstructor;
interface ReadonlyArray<T> {
  readonly length: number; readonly [n: number]: T; [Symbol.iterator](): IterableIterator<T>; at(i: number): T | undefined;
  concat(...items: (T | readonly T[])[]): T[]; slice(from?: number, to?: number): T[]; filter(test: (value: T, i: number, all: T[]) => unknown): T[];
  find(test: (value: T, i: number, all: T[]) => unknown): T | undefined; findLast(test: (value: T, i: number, all: T[]) => unknown): T | undefined;
  forEach(run: (value: T, i: number, all: T[]) => void): void; map<U>(run: (value: T, i: number, all: T[]) => U): U[];
  flatMap<U>(run: (value: T, i: number, all: T[]) => U | readonly U[]): U[]; some(test: (value: T, i: number) => unknown): boolean;
  every(test: (value: T, i: number) => unknown): boolean; reduce<U>(run: (sum: U, value: T, i: number) => U, start: U): U;
  values(): IterableIterator<T>; entries(): IterableIterator<[number, T]>; toSorted(order?: (a: T, b: T) => number): T[]; toReversed(): T[];
}
interface Array<T> extends ReadonlyArray<T> {
  length: number; [n: number]: T; push(...items: T[]): number; unshift(...items: T[]): number; pop(): T | undefined; shift(): T | undefined;
  splice(from: number, count?: number, ...items: T[]): T[]; sort(order?: (a: T, b: T) => number): this; reverse(): T[];
}
interface ArrayConstructor { new <T>(...items: T[]): T[]; from<T>(all: Iterable<T> | ArrayLike<T>): T[]; from<T, U>(all: Iterable<T> | ArrayLike<T>, run: (value: T, i: number) => U): U[]; of<T>(...items: T[]): T[]; isArray(value: any): value is any[] }
declare var Array: ArrayConstructor;
interface ArrayLike<T> { readonly length: number; readonly [n: number]: T }
interface ReadonlyMap<K, V> { get(key: K): V | undefined; has(key: K): boolean; readonly size: number; forEach(run: (value: V, key: K) => void): void; keys(): IterableIterator<K>; values(): IterableIterator<V>; entries(): IterableIterator<[K, V]>; [Symbol.iterator](): IterableIterator<[K, V]> }
interface Map<K, V> extends ReadonlyMap<K, V> { set(key: K, value: V): this; delete(key: K): boolean; clear(): void }
declare var Map: { new <K = any, V = any>(from?: Iterable<readonly [K, V]> | null): Map<K, V> };
interface WeakMap<K, V> { get(key: K): V | undefined; has(key: K): boolean; set(key: K, value: V): this; delete(key: K): boolean }
declare var WeakMap: { new <K = any, V = any>(from?: Iterable<readonly [K, V]> | null): WeakMap<K, V> };
interface ReadonlySet<T> { has(value: T): boolean; readonly size: number; forEach(run: (value: T) => void): void; values(): IterableIterator<T>; [Symbol.iterator](): IterableIterator<T> }
interface Set<T> extends ReadonlySet<T> { add(value: T): this; delete(value: T): boolean; clear(): void }
declare var Set: { new <T = any>(from?: Iterable<T> | null): Set<T> };
interface WeakSet<T> { add(value: T): this; has(value: T): boolean; delete(value: T): boolean }
declare var WeakSet: { new <T = any>(): WeakSet<T> };
interface ObjectConstructor { values<T>(o: { [key: string]: T } | ArrayLike<T>): T[]; entries<T>(o: { [key: string]: T } | ArrayLike<T>): [string, T][]; keys(o: {}): string[]; freeze<T>(o: T): Readonly<T>; assign<T extends {}, U>(to: T, from: U): T & U; assign<T extends {}, U, V>(to: T, from: U, more: V): T & U & V; fromEntries<T = any>(all: Iterable<readonly [any, T]>): { [key: string]: T } }
declare var Object: ObjectConstructor;
interface TemplateStringsArray extends ReadonlyArray<string> {}
interface ThisType<T> {}
type PropertyKey = string | number | symbol;
type Partial<T> = { [P in keyof T]?: T[P] }; type Required<T> = { [P in keyof T]-?: T[P] }; type Readonly<T> = { readonly [P in keyof T]: T[P] };
type Pick<T, K extends keyof T> = { [P in K]: T[P] }; type Record<K extends keyof any, T> = { [P in K]: T };
type Exclude<T, U> = T extends U ? never : T; type Extract<T, U> = T extends U ? T : never; type Omit<T, K extends keyof any> = Pick<T, Exclude<keyof T, K>>;
type NonNullable<T> = T & {}; type Parameters<T> = T extends (...args: infer P) => any ? P : never;
type ReturnType<T> = T extends (...args: any) => infer R ? R : any; type InstanceType<T> = T extends abstract new (...args: any) => infer R ? R : any;
type ConstructorParameters<T> = T extends abstract new (...args: infer P) => any ? P : never;
type Awaited<T> = T extends null | undefined ? T : T extends object & { then(done: infer F, ...args: infer _): any } ? F extends (value: infer V, ...args: infer _) => any ? Awaited<V> : never : T;
`;
