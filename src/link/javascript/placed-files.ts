import type { Inventory } from '../../discover/inventory.js';
import { isInside, joinPath } from '../../repository-path.js';
import { memberOf, textIn } from './json.js';
import type { Manifest } from './manifests.js';

/** A framework that brings its own server, and loads the files of the repository by where they stand. */
interface Framework {
  /** How the program that starts it is called. */
  readonly program: RegExp;
  /** The package that makes a program one of it. */
  readonly package: string;
  /** Files that run on the server, relative to the folder of the manifest. */
  readonly files: RegExp;
}

const FRAMEWORKS: readonly Framework[] = [
  {
    // What answers requests; pages and layouts only draw. https://nextjs.org/docs/app/api-reference/file-conventions, https://nextjs.org/docs/pages/building-your-application/routing/api-routes
    program: /^next$/,
    package: 'next',
    files:
      /^(?:src\/)?(?:(?:middleware|proxy|instrumentation)\.[cm]?[jt]s|pages\/api\/.+\.[cm]?[jt]sx?|app\/(?:.+\/)?(?:route|actions?)\.[jt]sx?)$/,
  },
  {
    // https://nuxt.com/docs/guide/directory-structure/server
    program: /^(?:nuxt|nuxi|nitro)$/,
    package: 'nuxt',
    files: /^(?:src\/)?server\/(?:api|routes|middleware|plugins)\/.+\.[cm]?[jt]s$/,
  },
  {
    // https://reactrouter.com/api/framework-conventions/entry.server.tsx
    program: /^(?:remix|remix-serve)$/,
    package: '@remix-run/node',
    files: /^app\/(?:(?:entry\.server|root)\.[jt]sx?|routes\/.+\.[jt]sx?)$/,
  },
  {
    program: /^(?:react-router|react-router-serve)$/,
    package: '@react-router/node',
    files: /^app\/(?:(?:entry\.server|root)\.[jt]sx?|routes\/.+\.[jt]sx?)$/,
  },
  {
    // https://svelte.dev/docs/kit/project-structure
    program: /^svelte-kit$/,
    package: '@sveltejs/kit',
    files: /^src\/(?:hooks\.server\.[jt]s|routes\/(?:.+\/)?\+(?:server|page\.server|layout\.server)\.[jt]s)$/,
  },
  {
    // https://docs.astro.build/en/guides/endpoints/
    program: /^astro$/,
    package: 'astro',
    files: /^src\/(?:middleware(?:\/index)?\.[jt]s|pages\/.+\.[jt]s)$/,
  },
  {
    // https://docs.strapi.io/cms/project-structure
    program: /^strapi$/,
    package: '@strapi/strapi',
    files: /^(?:src\/(?:index|(?:api|extensions|middlewares)\/.+)|config\/.+)\.[jt]s$/,
  },
  {
    // https://docs.medusajs.com/learn/installation
    program: /^medusa$/,
    package: '@medusajs/medusa',
    files: /^(?:medusa-config|src\/(?:api|subscribers|jobs|loaders|modules|workflows)\/.+)\.[jt]s$/,
  },
  {
    // https://redwoodjs.com/docs/serverless-functions
    program: /^(?:rw|redwood|rw-server|rw-api-server-watch)$/,
    package: '@redwoodjs/core',
    files: /^api\/src\/(?:functions|graphql|services|lib)\/.+\.[jt]s$/,
  },
  {
    // https://sailsjs.com/documentation/anatomy
    program: /^sails$/,
    package: 'sails',
    files: /^(?:api|config)\/.+\.[cm]?[jt]s$/,
  },
];

const ASIDE = /(?:^|\/)(?:__tests__|__mocks__|tests?|node_modules)\/|\.(?:test|spec|stories|d)\.[cm]?[jt]sx?$/;

/** The files of a package that a framework loads by their place: one that a program of this name starts, or one that the package depends on. */
export function placedFiles(inventory: Inventory, manifest: Manifest, program: string | undefined): readonly string[] {
  // https://docs.meteor.com/packages/modules.html#modular-application-structure: what is deployed is a bundle of it.
  const main = textIn(manifest.json, 'meteor', 'mainModule', 'server');
  if (program === undefined && main !== undefined)
    return [joinPath(manifest.folder, main)].filter((path) => inventory.has(path));
  const framework = FRAMEWORKS.find((one) =>
    program === undefined
      ? memberOf(manifest.json, 'dependencies', one.package) !== undefined
      : one.program.test(program),
  );
  if (framework === undefined) return [];
  const start = manifest.folder === '' ? 0 : manifest.folder.length + 1;
  return inventory.files
    .map(({ path }) => path)
    .filter((path) => isInside(path, manifest.folder) && !ASIDE.test(path.slice(start)))
    .filter((path) => framework.files.test(path.slice(start)));
}

/** Whether a program is the server of a framework. */
export function isFramework(program: string): boolean {
  return FRAMEWORKS.some((one) => one.program.test(program));
}
