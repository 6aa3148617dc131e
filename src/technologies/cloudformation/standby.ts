import { standbyOf } from '../cloud-server.js';
import type { FromDocuments } from '../technology.js';
import { serversOf } from './servers.js';

export const fromDocuments: FromDocuments = (documents) =>
  serversOf(documents).flatMap((server) => [...standbyOf(server)]);
