import type { Document } from '../../parse/document.js';
import type { YamlTree } from '../../parse/yaml/node.js';
import { edgeCompression } from '../edge-behavior.js';
import type { FromDocument } from '../technology.js';
import { distributionsOf, WORDS } from './cdn.js';
import { templateOf } from './template.js';

export const fromDocument: FromDocument = (document) =>
  distributionsOf(templateOf(document as Document<YamlTree>)).flatMap(({ name, behaviors, hasPages }) => [
    ...edgeCompression(name, behaviors, hasPages, WORDS),
  ]);
