/** One requirement as PEP 508 spells it. */
export interface Requirement {
  readonly name: string;
  /** The lowest version that the constraint allows. */
  readonly version?: string;
  /** As it is written, without environment markers; absent where any version will do. */
  readonly constraint?: string;
  /** Of the text that names it. */
  readonly length: number;
}

/** PEP 503: `Some_Package` and `some-package` are the same. */
export function normalizedName(name: string): string {
  return name.toLowerCase().replace(/[-_.]+/g, '-');
}

/** Reads `name[extra] >= 1.2, < 2 ; marker`, or an address that ends in `#egg=name`; undefined for options and comments. */
export function requirementOf(text: string): Requirement | undefined {
  const egg = /^(?:-e\s+)?\S*:\/\/\S*[#&]egg=([A-Za-z0-9._-]+)/.exec(text);
  if (egg?.[1] !== undefined) return { name: normalizedName(egg[1]), length: text.length };
  const match = /^([A-Za-z0-9](?:[A-Za-z0-9._-]*[A-Za-z0-9])?)\s*(?:\[[^\]]*\])?\s*(.*)$/s.exec(text);
  if (match?.[1] === undefined || text.startsWith('http:') || text.startsWith('https:')) return undefined;
  const rest = (match[2] ?? '').trim();
  // `psycopg2 --no-binary psycopg2`: what pip is told about one requirement.
  const options = rest.startsWith('--');
  if (rest !== '' && !options && !/^[<>=!~;@(]/.test(rest)) return undefined;
  const constraint = options ? '' : rest.split(/;|\s--|@\s/)[0];
  return { name: normalizedName(match[1]), length: text.length, ...versionsOf(constraint ?? '') };
}

/** What a constraint says, as fields of a requirement. */
export function versionsOf(constraint: string): Pick<Requirement, 'version' | 'constraint'> {
  const version = lowestOf(constraint);
  const written = constraint.trim().replace(/^\((.*)\)$/, '$1');
  return {
    ...(version === undefined ? {} : { version }),
    ...(written === '' || written === '*' ? {} : { constraint: written }),
  };
}

/** The lowest version of a constraint such as `>=4.2,<5`, `~=4.2`, `^4.2` or `4.2.*`. */
export function lowestOf(constraint: string): string | undefined {
  const match = /(?:^|[,\s(])(?:==={0,1}|>=|~=|\^|~|=)?\s*v?(\d+(?:\.\d+)*)/.exec(
    constraint.replace(/(?:<=?|!=|>(?!=))\s*v?[\d.*a-z]+/g, ''),
  );
  return match?.[1];
}
