import { releaseOf } from '../cloud-server.js';
import type { FromDocuments } from '../technology.js';
import { serversOf } from './servers.js';

/** `engine_version = "13.4"`. */
export const fromDocuments: FromDocuments = (documents, inventory) =>
  serversOf(documents, inventory).flatMap((server) => [...releaseOf(server)]);
