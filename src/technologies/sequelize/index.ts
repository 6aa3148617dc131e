import { nodePackage } from '../node-package.js';

export const technology = nodePackage('sequelize', 'Sequelize', [
  'sequelize',
  '@sequelize/core',
  'sequelize-typescript',
  '@nestjs/sequelize',
]);
