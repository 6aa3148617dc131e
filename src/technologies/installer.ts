/** Pages that set a program up answer once, before there is an application. */
const INSTALLER = /(?:^|\/)(?:install(?:er)?|setup)(?:[-_](?:wizard|page|database|db))?(?:\/|\.[cm]?[jt]s$)/;
/** Folders of this name mostly hold what sets up the application itself at each start. */
const SETS_UP = /(?:^|\/)setup\//;

/** Whether a file belongs to what is run once, to install the program. */
export function isInstaller(path: string): boolean {
  return INSTALLER.test(path);
}

/** The same where sessions or connections are concerned: `src/setup/session.ts` is no installer. */
export function isOnlyInstaller(path: string): boolean {
  return INSTALLER.test(path) && !SETS_UP.test(path);
}
