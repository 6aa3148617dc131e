/** What a server is told that has a machine for itself; sizes in MB. */
export interface Tuning {
  readonly sharedBuffers: number;
  readonly effectiveCacheSize: number;
  readonly maintenanceWorkMem: number;
  readonly workMem: number;
}

/** Processes that work beside those of connections, by default. */
const WORKER_PROCESSES = 8;
/** The default of the server, below which simple queries sort on disk. */
const SMALLEST_WORK_MEM = 4;

/**
 * The formulas of PgTune for web applications (https://github.com/le0pard/pgtune, configurationSlice.js, as of 2026): a quarter of
 * the memory for pages, three quarters are taken to be cached, a sixteenth and at most 2 GB for maintenance, and what is left
 * shared among three operations of each connection and worker.
 */
export function pgtune(memory: number, connections: number): Tuning {
  const sharedBuffers = Math.floor(memory / 4);
  return {
    sharedBuffers,
    effectiveCacheSize: Math.floor((memory * 3) / 4),
    maintenanceWorkMem: Math.min(Math.floor(memory / 16), 2048),
    workMem: Math.max(SMALLEST_WORK_MEM, Math.floor((memory - sharedBuffers) / ((connections + WORKER_PROCESSES) * 3))),
  };
}

/** As options of the command line. */
export function tuningWords(memory: number, connections: number): string {
  const { sharedBuffers, effectiveCacheSize, maintenanceWorkMem, workMem } = pgtune(memory, connections);
  const sizes = {
    shared_buffers: sharedBuffers,
    effective_cache_size: effectiveCacheSize,
    maintenance_work_mem: maintenanceWorkMem,
    work_mem: workMem,
  };
  const words = Object.entries(sizes).map(([name, size]) => `-c ${name}=${size}MB`);
  return `postgres ${words.join(' ')} -c random_page_cost=1.1`;
}
