/**
 * Folders and names of files that show how something could be set up, or that tests start: they deploy nothing.
 * `contrib` holds what others may copy.
 */
const SAMPLE =
  /(?:^|[/._-])(?:docs?|documentation|examples?|samples?|contrib|demos?|tests?|testing|e2e|fixtures?|specs?|mocks?|node_modules|vendor|third[_-]?party)(?=[/._-]|$)/i;

export function isSample(path: string): boolean {
  return SAMPLE.test(path);
}
