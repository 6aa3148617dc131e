const DEVELOPMENT =
  /(?:^|[-_./])(?:dev|develop|development|tests?|testing|ci|lint|linting|docs?|doc|debug|local|quality|format|typing|mypy|qa|tox|pre-commit|build|benchmark)(?:[-_./]|$)/i;

/** Whether the name of a file or group says that production does not install it. */
export function isDevelopment(name: string): boolean {
  return DEVELOPMENT.test(name);
}
