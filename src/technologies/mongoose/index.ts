import { nodePackage } from '../node-package.js';

export const technology = nodePackage('mongoose', 'Mongoose and the driver of MongoDB', [
  'mongoose',
  'mongodb',
  '@nestjs/mongoose',
]);
