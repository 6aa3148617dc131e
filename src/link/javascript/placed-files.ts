import type { Inventory } from '../../discover/inventory.js';
import { isInside, joinPath } from '../../repository-path.js';
import { memberOf, pairsIn, textIn } from './json.js';
import type { Manifest } from './manifests.js';

/** A framework that brings its own server, and loads the files of the repository by where they stand. */
interface Framework {
  /** How the program that starts it is called. */
  readonly program: RegExp;
  /** The packages of which one makes a program one of it; with a slash at the end, all of a maker. */
  readonly packages: readonly string[];
  /** Files that run on the server, relative to the folder of the manifest. */
  readonly files: RegExp;
  /** Files that do so where their text says that something is done there. */
  readonly where?: readonly { readonly files: RegExp; readonly mentions: RegExp }[];
}

const FRAMEWORKS: readonly Framework[] = [
  {
    // What answers requests; pages that wait for nothing only draw. https://nextjs.org/docs/app/api-reference/file-conventions, https://nextjs.org/docs/pages/building-your-application/routing/api-routes
    program: /^next$/,
    packages: ['next'],
    files:
      /^(?:src\/)?(?:(?:middleware|proxy|instrumentation)\.[cm]?[jt]s|pages\/api\/.+\.[cm]?[jt]sx?|app\/(?:.+\/)?route\.[jt]sx?)$/,
    where: [
      { files: /^(?:src\/)?app\/(?:.+\/)?(?:page|layout|template|default)\.[jt]sx?$/, mentions: /\basync\b/ },
      { files: /^(?:src\/)?pages\/.+\.[jt]sx?$/, mentions: /\bget(?:ServerSide|Initial)Props\b/ },
      {
        files: /^(?!(?:public|node_modules)\/).+\.[cm]?[jt]sx?$/,
        mentions: /^(?:\s|\/\/[^\n]{0,300}\n){0,20}['"]use server['"]/,
      },
    ],
  },
  {
    // https://nuxt.com/docs/guide/directory-structure/server
    program: /^(?:nuxt|nuxi)$/,
    packages: ['nuxt', 'nuxt3', 'nuxt-edge'],
    files:
      /^(?:src\/|app\/)?server\/(?:api|routes|middleware|plugins|tasks)\/.+\.[cm]?[jt]s$|^serverMiddleware\/.+\.[jt]s$/,
  },
  {
    // https://nitro.build/guide/routing
    program: /^nitro(?:pack)?$/,
    packages: ['nitropack', 'nitro'],
    files: /^(?:(?:src|server)\/)?(?:api|routes|middleware|plugins|tasks)\/.+\.[cm]?[jt]s$/,
  },
  {
    // https://reactrouter.com/api/framework-conventions/entry.server.tsx
    program: /^(?:remix|remix-serve)$/,
    packages: ['@remix-run/'],
    files: /^app\/(?:(?:entry\.server|root)\.[jt]sx?|routes\/.+\.[jt]sx?)$/,
  },
  {
    program: /^(?:react-router|react-router-serve)$/,
    packages: ['@react-router/'],
    files: /^app\/(?:(?:entry\.server|root)\.[jt]sx?|routes\/.+\.[jt]sx?)$/,
    // Routes may stand anywhere below: https://reactrouter.com/start/framework/routing
    where: [{ files: /^app\/.+\.[jt]sx?$/, mentions: /\bexport (?:async function|const) (?:loader|action)\b/ }],
  },
  {
    // https://svelte.dev/docs/kit/project-structure
    program: /^svelte-kit$/,
    packages: ['@sveltejs/kit'],
    files: /^src\/(?:hooks\.server\.[jt]s|routes\/(?:.+\/)?\+(?:server|page\.server|layout\.server)\.[jt]s)$/,
  },
  {
    // https://docs.astro.build/en/guides/endpoints/
    program: /^astro$/,
    packages: ['astro'],
    files: /^src\/(?:middleware(?:\/index)?\.[jt]s|actions\/index\.[jt]s|pages\/.+\.[jt]s)$/,
  },
  {
    // https://docs.strapi.io/cms/project-structure
    program: /^strapi$/,
    packages: ['@strapi/strapi', 'strapi'],
    files: /^(?:src\/(?:index|(?:api|extensions|middlewares)\/.+)|config\/.+|(?:api|extensions)\/.+)\.[jt]s$/,
  },
  {
    // https://docs.medusajs.com/learn/installation
    program: /^medusa$/,
    packages: ['@medusajs/medusa'],
    files: /^(?:medusa-config|src\/(?:api|subscribers|jobs|loaders|modules|workflows|services)\/.+)\.[jt]s$/,
  },
  {
    // https://redwoodjs.com/docs/serverless-functions
    program: /^(?:rw|redwood|rw-server|rw-api-server-watch)$/,
    packages: ['@redwoodjs/core'],
    files: /^api\/src\/(?:functions|graphql|services|lib)\/.+\.[jt]s$/,
  },
  {
    // https://sailsjs.com/documentation/anatomy
    program: /^sails$/,
    packages: ['sails'],
    files: /^(?:api|config)\/.+\.[cm]?[jt]s$/,
  },
  {
    // https://docs.adonisjs.com/guides/getting-started/folder-structure
    program: /^adonis$/,
    packages: ['@adonisjs/core', '@adonisjs/framework'],
    files:
      /^(?:start\/(?!env|repl).+|adonisrc|app\/(?:controllers|middlewares?|exceptions|listeners|validators|jobs|services|Controllers|Middlewares?|Listeners|Exceptions|Services)\/.+|config\/.+)\.[jt]s$/,
  },
  {
    // https://www.eggjs.org/basics/structure
    program: /^egg-(?:scripts|bin)$/,
    packages: ['egg'],
    files:
      /^(?:agent|app|app\/(?:router|controller|service|middleware|extend|schedule|io)(?:\/.+)?|config\/config\.(?:default|prod))\.[jt]s$/,
  },
  {
    // https://midwayjs.org/docs/intro
    program: /^midway-bin$/,
    packages: ['@midwayjs/core', '@midwayjs/web', '@midwayjs/koa'],
    files: /^src\/.+\.ts$/,
  },
  {
    // https://loopback.io/doc/en/lb4/Booting-an-Application.html, https://loopback.io/doc/en/lb3/Defining-boot-scripts.html
    program: /^lb4?$/,
    packages: ['@loopback/boot', '@loopback/rest', 'loopback-boot'],
    files:
      /^(?:src\/(?:controllers|repositories|datasources|services|interceptors|observers)\/.+|(?:server\/boot|common\/models|server\/models)\/.+)\.[jt]s$/,
  },
  {
    // https://oclif.io/docs/commands: each command is a file; these go on running.
    program: /^oclif$/,
    packages: ['@oclif/core', '@oclif/command'],
    files: /^src\/commands\/(?:start|serve|server|worker|web|webhook|run|daemon)(?:\/index)?\.[jt]s$/,
  },
  {
    // https://moleculer.services/docs/0.14/runner
    program: /^moleculer-runner$/,
    packages: ['moleculer'],
    files: /^(?:src\/)?(?:moleculer\.config|(?:.+\/)?[\w.-]+\.service)\.[jt]s$/,
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
      ? DECLARED.some((section) => pairsIn(memberOf(manifest.json, section)).some(([name]) => isOf(one, name)))
      : one.program.test(program),
  );
  return framework === undefined ? [] : filesOf(framework, inventory, manifest);
}

/** Frameworks bring all that they need into what they build: many are wanted by the build alone. */
const DECLARED = ['dependencies', 'devDependencies'];

/** The files of a package that the frameworks load which its own program starts: `next({ dev })`, `sails.lift()`. */
export function placedByPackages(
  inventory: Inventory,
  manifest: Manifest,
  imported: ReadonlySet<string>,
): readonly string[] {
  return FRAMEWORKS.filter((one) => [...imported].some((name) => isOf(one, name))).flatMap((one) =>
    filesOf(one, inventory, manifest),
  );
}

function isOf({ packages }: Framework, name: string): boolean {
  return packages.some((one) => name === one || (one.endsWith('/') && name.startsWith(one)));
}

function filesOf({ files, where }: Framework, inventory: Inventory, manifest: Manifest): string[] {
  const start = manifest.folder === '' ? 0 : manifest.folder.length + 1;
  return inventory.files
    .map(({ path }) => path)
    .filter((path) => isInside(path, manifest.folder) && !ASIDE.test(path.slice(start)))
    .filter((path) => {
      const own = path.slice(start);
      if (files.test(own)) return true;
      const asked = where?.filter((one) => one.files.test(own)) ?? [];
      if (asked.length === 0) return false;
      const text = inventory.read(path) ?? '';
      return asked.some(({ mentions }) => mentions.test(text));
    });
}

/** Whether a program is the server of a framework. */
export function isFramework(program: string): boolean {
  return FRAMEWORKS.some((one) => one.program.test(program));
}
