import { nodePackage } from '../node-package.js';

export const technology = nodePackage('typeorm', 'TypeORM', ['typeorm', '@nestjs/typeorm']);
