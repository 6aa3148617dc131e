/**
 * Where an audit spends time and memory, as ratios to a process that only lists and reads the same files:
 *
 *     npm run build && node bench/stages.mjs <folder> [runs]
 *
 * Both kinds of process are started in turn, several times, and medians are shown, so that a busy machine disturbs both alike.
 */
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const own = fileURLToPath(import.meta.url);
const [first, folder = '.', count = '5'] = process.argv.slice(2)[0]?.startsWith('--')
  ? process.argv.slice(2)
  : ['', ...process.argv.slice(2)];

if (first === '--audit') await auditOnce(resolve(folder));
else if (first === '--read') await readOnce(resolve(folder));
else compare(resolve(folder), Number(count));

/** Marks the end of each stage; the loading of modules is a stage too. */
async function auditOnce(root) {
  const marks = [];
  let stage = 'loading the program';
  let since = performance.now();
  const next = (name) => {
    marks.push({ stage, milliseconds: performance.now() - since, megabytes: peak() });
    stage = name;
    since = performance.now();
  };
  const { audit } = await import('../dist/audit.js');
  const { readConfiguration } = await import('../dist/configuration/read.js');
  const { report } = await import('../dist/report/json.js');
  const configuration = await readConfiguration(root);
  const found = await audit({ root, configuration, environment: new Map(), progress: next });
  next('writing the report');
  const bytes = report(found, { colour: false, width: 100 }).length;
  next('');
  const { results } = found.evaluation;
  process.stdout.write(JSON.stringify({ marks, results: results.length, bytes }));
}

async function readOnce(root) {
  const { walk } = await import('../dist/discover/walk.js');
  const { files } = walk(root, { include: [], exclude: [] });
  let bytes = 0;
  let unread = 0;
  for (const { path } of files) {
    try {
      bytes += readFileSync(join(root, path)).length;
    } catch {
      unread++;
    }
  }
  process.stdout.write(JSON.stringify({ files: files.length, bytes, unread, megabytes: peak() }));
}

/** The largest resident size so far. */
function peak() {
  return process.resourceUsage().maxRSS / 1024;
}

function start(flag, root) {
  const since = performance.now();
  const { stdout, status, stderr } = spawnSync(process.execPath, [own, flag, root], {
    encoding: 'utf8',
    maxBuffer: 1e9,
  });
  const milliseconds = performance.now() - since;
  if (status !== 0) throw new Error(stderr);
  return { milliseconds, ...JSON.parse(stdout) };
}

function compare(root, runs) {
  const reads = [];
  const audits = [];
  for (let i = 0; i < runs; i++) {
    reads.push(start('--read', root));
    audits.push(start('--audit', root));
  }
  const read = {
    milliseconds: median(reads, (run) => run.milliseconds),
    megabytes: median(reads, (run) => run.megabytes),
  };
  const { files, bytes } = reads[0];
  const row = (name, milliseconds, megabytes) =>
    console.log(
      name.padEnd(28) +
        `${milliseconds.toFixed(0).padStart(8)} ms${(milliseconds / read.milliseconds).toFixed(2).padStart(8)} x` +
        `${megabytes.toFixed(0).padStart(8)} MB${(megabytes / read.megabytes).toFixed(2).padStart(8)} x`,
    );
  console.log(`${files} files, ${(bytes / 1e6).toFixed(1)} MB; ${audits[0].results} results; medians of ${runs} runs`);
  console.log(
    `${''.padEnd(28)}${'time'.padStart(11)}${'ratio'.padStart(10)}${'peak'.padStart(11)}${'ratio'.padStart(10)}`,
  );
  row('listing and reading only', read.milliseconds, read.megabytes);
  for (const [i, { stage }] of audits[0].marks.entries()) {
    row(
      `  ${stage}`,
      median(audits, (run) => run.marks[i].milliseconds),
      median(audits, (run) => run.marks[i].megabytes),
    );
  }
  row(
    'whole audit, with Node',
    median(audits, (run) => run.milliseconds),
    median(audits, (run) => run.marks.at(-1).megabytes),
  );
}

function median(list, of) {
  const sorted = list.map(of).sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}
