/** Pages of products that everybody runs, of which is known what they ask before they answer. */
const ASKING_DATABASE: readonly RegExp[] = [
  // https://developer.wordpress.org/reference/files/wp-login.php/: it loads all of WordPress, options from the database first.
  /^\/?(?:[\w-]{1,60}\/)?wp-(?:login|cron|signup|activate)\.php$/,
  /^\/?(?:[\w-]{1,60}\/)?wp-admin(?:\/[\w./-]{0,100})?$/,
];

export function asksDatabase(path: string): boolean {
  return ASKING_DATABASE.some((pattern) => pattern.test(path.split('?')[0] ?? path));
}
