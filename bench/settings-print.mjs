// Prints what the evaluator makes of the settings of a folder: node bench/settings-print.mjs FOLDER [NAME ...]
import { compiled } from './compiled.mjs';

const { walk } = await compiled('discover/walk');
const { createProgram } = await compiled('link/create-program');
const { readDependencies } = await compiled('link/dependencies');
const { documentStore } = await compiled('parse/documents');
const { modelsOf } = await compiled('technologies/load');
const { settingsOf } = await compiled('technologies/django/settings');
const { printableSettings } = await compiled('technologies/django/printable-settings');

const [root, ...wanted] = process.argv.slice(2);
const inventory = walk(root, { include: [], exclude: [] });
const documents = documentStore(inventory);
await documents.load(['python']);
const environment = new Map();
const launch = { component: '', directory: '', commands: [], environment, mounts: [] };
const program = createProgram({
  launch,
  inventory,
  documents,
  dependencies: readDependencies(inventory),
  models: await modelsOf(),
});
const started = performance.now();
const settings = settingsOf(program);
const took = performance.now() - started;
if (settings === undefined) console.log(JSON.stringify({ modules: [] }));
else {
  const printed = printableSettings([settings]);
  if (wanted.length > 0)
    for (const one of printed.modules)
      one.settings = Object.fromEntries(wanted.map((name) => [name, one.settings[name]]));
  console.log(JSON.stringify(printed, null, 1));
  console.error(`${settings.module} (${settings.confidence}), ${settings.names.size} names, ${Math.round(took)} ms`);
  for (const gap of settings.gaps.slice(0, 20))
    console.error(`  gap ${gap.location.uri}:${gap.location.region.startLine} ${gap.message}`);
}
