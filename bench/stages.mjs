/**
 * Where an audit spends time and memory, as ratios to a process that only lists and reads the same files:
 *
 *     npm run build && node bench/stages.mjs <folder> [runs]
 *
 * Both kinds of process are started in turn, several times, and medians are shown, so that a busy machine disturbs both alike.
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const own = fileURLToPath(import.meta.url);
const words = process.argv.slice(2);
const [first, folder = '.', last = '5'] = words[0]?.startsWith('--') ? words : ['', ...words];

if (first === '--audit') await auditOnce(resolve(folder));
else if (first === '--read') readOnce(resolve(folder), last);
else compare(resolve(folder), Number(last));

/** Marks the end of each stage; the loading of the program is a stage too. */
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
  const found = await audit({ root, progress: next });
  next('');
  const { results } = found.evaluation;
  process.stdout.write(JSON.stringify({ marks, results: results.length, files: found.inventory.files }));
}

/** Lists every folder that holds one of the files, and reads the files. */
function readOnce(root, list) {
  const files = JSON.parse(readFileSync(list, 'utf8'));
  for (const folder of new Set(files.map(({ path }) => dirname(path)))) readdirSync(join(root, folder));
  let bytes = 0;
  for (const { path } of files) {
    try {
      bytes += readFileSync(join(root, path)).length;
    } catch {
      // A file that nobody may read costs the audit nothing either.
    }
  }
  process.stdout.write(JSON.stringify({ bytes, megabytes: peak() }));
}

/** The largest resident size so far. */
function peak() {
  return process.resourceUsage().maxRSS / 1024;
}

function start(...flags) {
  const since = performance.now();
  const { stdout, status, stderr } = spawnSync(process.execPath, [own, ...flags], { encoding: 'utf8', maxBuffer: 1e9 });
  const milliseconds = performance.now() - since;
  if (status !== 0) throw new Error(stderr);
  return { milliseconds, ...JSON.parse(stdout) };
}

function compare(root, runs) {
  // Not counted: it warms the disk cache and tells which files there are.
  const { files, results } = start('--audit', root);
  const scratch = mkdtempSync(join(tmpdir(), 'scalecard-bench-'));
  const list = join(scratch, 'files.json');
  writeFileSync(list, JSON.stringify(files));
  const reads = [];
  const audits = [];
  for (let i = 0; i < runs; i++) {
    reads.push(start('--read', root, list));
    audits.push(start('--audit', root));
  }
  rmSync(scratch, { recursive: true });
  const read = {
    milliseconds: median(reads, (run) => run.milliseconds),
    megabytes: median(reads, (run) => run.megabytes),
  };
  const row = (name, milliseconds, megabytes) =>
    console.log(
      name.padEnd(28) +
        `${milliseconds.toFixed(0).padStart(8)} ms${(milliseconds / read.milliseconds).toFixed(2).padStart(8)} x` +
        `${megabytes.toFixed(0).padStart(8)} MB${(megabytes / read.megabytes).toFixed(2).padStart(8)} x`,
    );
  console.log(
    `${files.length} files, ${(reads[0].bytes / 1e6).toFixed(1)} MB; ${results} results; medians of ${runs} runs`,
  );
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
