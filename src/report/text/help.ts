const HOLE = /:?\s*\{\{\s*([\w.]+)\s*\}\}/g;

/** A step without the part that depends on the place. */
export function generalStep(step: string): string {
  return step.replace(HOLE, '');
}
