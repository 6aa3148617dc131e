import type { PythonModels } from './models.js';
import { joinModels } from './models.js';
import { CONFIGPARSER } from './library-configparser.js';
import { COLLECTIONS } from './library-collections.js';
import { DATA } from './library-data.js';
import { LITERALS } from './library-literals.js';
import { LOADERS } from './library-loaders.js';
import { OS } from './library-os.js';
import { PACKAGES } from './library-packages.js';
import { PATHS } from './library-paths.js';
import { RE } from './library-re.js';
import { SYSTEM } from './library-system.js';
import { URLS } from './library-urls.js';

/** What the evaluator knows of Python's own library. */
export const STANDARD_LIBRARY: PythonModels = joinModels([
  OS,
  LITERALS,
  LOADERS,
  PACKAGES,
  PATHS,
  SYSTEM,
  DATA,
  URLS,
  COLLECTIONS,
  CONFIGPARSER,
  RE,
]);
