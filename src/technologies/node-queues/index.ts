import { nodePackage } from '../node-package.js';

export const technology = nodePackage('node-queues', 'Queues of Node', [
  'bull',
  'bullmq',
  '@nestjs/bull',
  '@nestjs/bullmq',
  'bee-queue',
  'kue',
  'pg-boss',
  'graphile-worker',
  'agenda',
  '@hokify/agenda',
  'amqplib',
  'amqp-connection-manager',
  'kafkajs',
  'sqs-consumer',
  '@aws-sdk/client-sqs',
  'p-queue',
  'fastq',
  'better-queue',
  'async',
]);
