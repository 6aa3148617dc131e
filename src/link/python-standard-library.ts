import type { PythonModels } from './python-models.js';
import { joinModels } from './python-models.js';
import { COLLECTIONS } from './python-library-collections.js';
import { DATA } from './python-library-data.js';
import { OS } from './python-library-os.js';
import { PATHS } from './python-library-paths.js';
import { SYSTEM } from './python-library-system.js';
import { URLS } from './python-library-urls.js';

/** What the evaluator knows of Python's own library. */
export const STANDARD_LIBRARY: PythonModels = joinModels([OS, PATHS, SYSTEM, DATA, URLS, COLLECTIONS]);
