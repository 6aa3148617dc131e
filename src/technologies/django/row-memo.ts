import type { Program } from '../../link/program.js';
import { text } from '../../link/value.js';
import { settingsOf } from './settings.js';

/**
 * Keeps what is made of models and of what asks for their rows. Nothing of that depends on settings but who logs in, so components
 * that run the same code share it.
 */
export function rowMemo<T>(program: Program, key: string, make: () => T): T {
  return program.memo(key, () => program.pythonCode.memo(`${key} ${userModelName(program)}`, make));
}

/** https://docs.djangoproject.com/en/5.2/ref/settings/#auth-user-model */
export function userModelName(program: Program): string {
  return text(settingsOf(program)?.get('AUTH_USER_MODEL')) ?? 'auth.User';
}
