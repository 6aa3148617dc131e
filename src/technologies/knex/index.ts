import { nodePackage } from '../node-package.js';

export const technology = nodePackage('knex', 'Knex', ['knex', 'nest-knexjs', 'nestjs-knex', 'redbean-node']);
