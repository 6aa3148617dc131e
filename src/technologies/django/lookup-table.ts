import type { Program } from '../../link/program.js';
import type { Model } from './models.js';

/** Columns by which a table grows with use: rows that belong to others, and rows that tell when something happened. */
const GROWS =
  /(?:ForeignKey|OneToOneField|ManyToManyField|ParentalKey|Date(?:Time)?Field|FileField|ImageField|JSONField|GenericRelation)$/;

/** Tables of what somebody sets up once, by the last word of their names. */
const SET_UP =
  /(?:Allowlist|Badge|Blocklist|Calendar|Categor(?:y|ie)|Choice|Config|Configuration|Connector|Country|Currency|Flag|Kind|Language|License|Locale|OS|Preference|Provider|Qualification|Region|Role|Setting|Skill|Status|Tag|Theme|Trophy|Type|Unit|Vertical)s?$/;

/** Whether a table holds what others choose from (units, licences, languages): no row of it belongs to anything or has a date. */
export function isLookupTable(program: Program, { place, name, library }: Model): boolean {
  if (library !== undefined) return /\.(?:Group|Permission|ContentType|Site)$/.test(library);
  if (SET_UP.test(name)) return true;
  const { own, libraries, partial } = program.pythonCode.ancestry(place);
  // What a class of a library adds is not known.
  if (partial || libraries.some((one) => one !== 'django.db.models.Model')) return false;
  const columns = own.flatMap(({ node }) =>
    node.body.flatMap((one) => (one.type === 'Assign' && one.value.type === 'Call' ? [one.value.func] : [])),
  );
  const names = columns.map((func) => (func.type === 'Attribute' ? func.attr : func.type === 'Name' ? func.id : ''));
  return names.some((name) => name.endsWith('Field')) && !names.some((name) => GROWS.test(name));
}
