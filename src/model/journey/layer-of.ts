import type { Part } from '../component.js';
import type { LayerId } from '../model.js';

/** Where on the way of a request a component stands; undefined where it stands beside the way. */
export function layerOf({ role }: Pick<Part, 'role'>): LayerId | undefined {
  switch (role) {
    case 'proxy':
      return 'proxy';
    case 'web':
    case 'unknown':
      return 'application';
    case 'worker':
    case 'scheduler':
      return 'background';
    case 'store':
      return 'state';
    case 'pooler':
    case 'database':
      return role;
    case 'job':
      return undefined;
  }
}
