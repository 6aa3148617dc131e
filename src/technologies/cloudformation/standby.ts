import { standbyOf } from '../cloud-server.js';
import type { FromDocument } from '../technology.js';
import { serversOf } from './servers.js';

export const fromDocument: FromDocument = (document) => serversOf(document).flatMap((server) => [...standbyOf(server)]);
