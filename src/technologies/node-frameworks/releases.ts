import type { ReleaseLines } from '../release-lines.js';

export interface Framework {
  readonly packages: readonly string[];
  readonly releases: ReleaseLines;
}

/** Frameworks whose makers say until when a line gets fixes. Express, Koa and Nest name no dates. */
export const FRAMEWORKS: readonly Framework[] = [
  {
    packages: ['next'],
    releases: {
      product: 'Next.js',
      source: 'https://nextjs.org/support-policy',
      asOf: '2026-11-22',
      lines: [
        { line: '16' },
        { line: '15', ends: '2026-10-21' },
        { line: '14', ends: '2025-10-26' },
        { line: '13', ends: '2024-12-21' },
        { line: '12', ends: '2022-11-21' },
        { line: '11', ends: '2022-01-27' },
        { line: '10', ends: '2021-06-15' },
        { line: '9', ends: '2020-10-27' },
      ],
    },
  },
  {
    packages: ['mongoose'],
    releases: {
      product: 'Mongoose',
      source: 'https://mongoosejs.com/docs/version-support.html',
      asOf: '2026-11-22',
      lines: [
        { line: '9' },
        { line: '8' },
        { line: '7' },
        { line: '6', ends: '2027-02-01' },
        { line: '5', ends: '2024-03-01' },
      ],
    },
  },
  {
    packages: ['fastify'],
    releases: {
      product: 'Fastify',
      source: 'https://fastify.dev/docs/latest/Reference/LTS/',
      asOf: '2026-11-22',
      lines: [
        { line: '5' },
        { line: '4', ends: '2025-06-30' },
        { line: '3', ends: '2023-06-30' },
        { line: '2', ends: '2021-01-31' },
        { line: '1', ends: '2019-09-01' },
      ],
    },
  },
  {
    // Version 4 is one package for all of them.
    packages: [
      '@apollo/server',
      'apollo-server',
      'apollo-server-express',
      'apollo-server-koa',
      'apollo-server-fastify',
      'apollo-server-hapi',
      'apollo-server-micro',
      'apollo-server-lambda',
    ],
    releases: {
      product: 'Apollo Server',
      source: 'https://www.apollographql.com/docs/apollo-server/previous-versions',
      asOf: '2026-11-22',
      lines: [
        { line: '5' },
        { line: '4', ends: '2026-01-26' },
        { line: '3', ends: '2024-10-22' },
        { line: '2', ends: '2023-10-22' },
      ],
    },
  },
];
