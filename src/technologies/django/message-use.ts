import type { Program } from '../../link/program.js';
import { appsOf, sureAppsOf } from './apps.js';
import { mentioning } from './mentioned.js';
import type { SessionUse } from './session-proof.js';
import type { DjangoSettings } from './settings.js';

/** Who leaves a message, and templates that show some. */
const CODE =
  /contrib\.messages\b(?!\.(?:middleware|context_processors))|contrib\s+import\b[^\n]*\bmessages\b|\bSuccessMessageMixin\b|\bget_messages\b|\bmessage_user\(|\bmessages\.(?:add_message|debug|info|success|warning|error)\b|\{[{%][^}\n]*\bmessages\b/;

/** Whether anybody leaves messages: the admin does, apps of others may, and code of the project says so. */
export function messageUse(program: Program, settings: DjangoSettings): SessionUse {
  const needing = sureAppsOf(program).find((app) => !app.own && app.habits?.sessions === true);
  if (needing !== undefined) return { used: true, reason: `${needing.name} leaves messages` };
  const path = mentioning(program, settings, CODE);
  if (path !== undefined) return { used: true, reason: `${path} has to do with messages` };
  const apps = appsOf(program);
  if (apps === undefined) return { used: undefined, reason: 'INSTALLED_APPS is not known' };
  const strange = apps.find((app) => !app.own && app.habits === undefined);
  if (strange !== undefined)
    return { used: undefined, reason: `the third-party app ${strange.name} may leave messages` };
  return { used: false, reason: 'there is no admin, and no code and no template that has to do with messages' };
}
