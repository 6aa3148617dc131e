import { nodePackage } from '../node-package.js';

export const technology = nodePackage('node-logging', 'Log files of Node', [
  'winston',
  'winston-daily-rotate-file',
  'pino',
  'log4js',
  'bunyan',
  'morgan',
  'rotating-file-stream',
  'file-stream-rotator',
]);
