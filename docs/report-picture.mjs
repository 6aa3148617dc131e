/**
 * Draws docs/report.png and docs/report-way.png, pictures of the HTML report of fixtures/shop, with a real browser, and
 * holds the page to its promise while it is open: it asks for nothing, runs nothing, breaks no rule of its own policy,
 * and is no wider than the window.
 *
 *     npm run build && node docs/report-picture.mjs
 *     node docs/report-picture.mjs --page FILE.html --to FILE.png [--width 400] [--scheme dark] [--at 0] [--height 900]
 *     node docs/report-picture.mjs --page FILE.html --to FILE.pdf
 *
 * Needs Chromium (Debian: apt-get install chromium); CHROMIUM names its program where it is called otherwise.
 */
import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';

const root = fileURLToPath(new URL('..', import.meta.url));
const { values } = parseArgs({
  options: {
    page: { type: 'string' },
    to: { type: 'string' },
    width: { type: 'string', default: '1280' },
    height: { type: 'string' },
    scheme: { type: 'string', default: 'light' },
    at: { type: 'string' },
  },
});

const folder = mkdtempSync(join(tmpdir(), 'report-picture-'));
const page = values.page === undefined ? reportOfTheShop() : resolve(values.page);
const browser = spawn(
  process.env.CHROMIUM ?? 'chromium',
  [
    '--headless=new',
    '--remote-debugging-pipe',
    '--no-sandbox',
    '--disable-gpu',
    '--hide-scrollbars',
    '--force-device-scale-factor=1',
    `--user-data-dir=${folder}`,
  ],
  { stdio: ['ignore', 'ignore', 'ignore', 'pipe', 'pipe'] },
);
const troubles = [];
try {
  await draw();
} finally {
  browser.kill();
  await new Promise((done) => browser.once('exit', done));
  // Children of the browser may still write for a moment.
  rmSync(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 });
}
for (const trouble of troubles) console.error(trouble);
process.exitCode = troubles.length === 0 ? 0 : 1;

function reportOfTheShop() {
  const file = join(folder, 'report.html');
  spawnSync(process.execPath, ['dist/cli.js', 'audit', 'fixtures/shop', '--format', 'html', '--output', file], {
    cwd: root,
    stdio: 'inherit',
  });
  return file;
}

async function draw() {
  const { send, on } = connect(browser.stdio[3], browser.stdio[4]);
  const { targetId } = await send('Target.createTarget', { url: 'about:blank' });
  const { sessionId } = await send('Target.attachToTarget', { targetId, flatten: true });
  const ask = (method, parameters) => send(method, parameters, sessionId);
  const address = pathToFileURL(page).href;
  on('Network.requestWillBeSent', ({ request }) => {
    if (request.url !== address) troubles.push(`asked for ${request.url}`);
  });
  on('Log.entryAdded', ({ entry }) => troubles.push(`said: ${entry.text}`));
  on('Audits.issueAdded', ({ issue }) => {
    // What the browser thinks of the page's style is no promise of ours.
    if (issue.code === 'ContentSecurityPolicyIssue')
      troubles.push(`against its policy: ${JSON.stringify(issue.details)}`);
  });
  on('Runtime.consoleAPICalled', ({ args }) =>
    troubles.push(`a script ran: ${args.map(({ value }) => value).join(' ')}`),
  );
  on('Page.javascriptDialogOpening', ({ message }) => troubles.push(`a script ran: ${message}`));
  for (const domain of ['Page', 'DOM', 'Network', 'Log', 'Runtime', 'Audits']) await ask(`${domain}.enable`);
  const width = Number(values.width);
  const metrics = (height) => ({ width, height, deviceScaleFactor: 1, mobile: width < 600 });
  await ask('Emulation.setDeviceMetricsOverride', metrics(900));
  await ask('Emulation.setEmulatedMedia', { features: [{ name: 'prefers-color-scheme', value: values.scheme }] });
  const loaded = new Promise((done) => on('Page.loadEventFired', done));
  await ask('Page.navigate', { url: address });
  await loaded;
  // A script that waits would have its chance here.
  await new Promise((done) => setTimeout(done, 300));
  if (values.to?.endsWith('.pdf')) {
    const { data } = await ask('Page.printToPDF', { printBackground: true, preferCSSPageSize: true });
    writeFileSync(values.to, Buffer.from(data, 'base64'));
    return;
  }
  const { cssContentSize, cssLayoutViewport } = await ask('Page.getLayoutMetrics');
  if (cssContentSize.width > cssLayoutViewport.clientWidth)
    troubles.push(`wider than the window: ${cssContentSize.width} of ${cssLayoutViewport.clientWidth}`);
  const whole = Math.ceil(cssContentSize.height);
  const { root: document } = await ask('DOM.getDocument');
  const edges = async (selector) => {
    const { nodeId } = await ask('DOM.querySelector', { nodeId: document.nodeId, selector });
    const { border } = (await ask('DOM.getBoxModel', { nodeId })).model;
    return { top: border[1], bottom: border[7] };
  };
  const picture = async (file, top, bottom) => {
    const clip = { x: 0, y: Math.floor(top), width, height: Math.ceil(Math.min(bottom, whole) - top), scale: 1 };
    const { data } = await ask('Page.captureScreenshot', { format: 'png', captureBeyondViewport: true, clip });
    writeFileSync(file, Buffer.from(data, 'base64'));
    console.log(`${file}: ${clip.width} x ${clip.height} of ${whole}`);
  };
  if (values.to !== undefined) {
    const from = Number(values.at ?? 0);
    await picture(values.to, from, from + Number(values.height ?? 16_000));
    return;
  }
  await picture(join(root, 'docs/report.png'), 0, (await edges('.columns')).bottom + 24);
  await picture(
    join(root, 'docs/report-way.png'),
    (await edges('#way')).top,
    (await edges('#way .scroll')).bottom + 24,
  );
}

/** The browser's protocol over two pipes: messages end with a zero byte. */
function connect(output, input) {
  const waiting = new Map();
  const listeners = new Map();
  let next = 1;
  let rest = Buffer.alloc(0);
  input.on('data', (chunk) => {
    rest = Buffer.concat([rest, chunk]);
    for (let end = rest.indexOf(0); end !== -1; end = rest.indexOf(0)) {
      const message = JSON.parse(rest.subarray(0, end).toString());
      rest = rest.subarray(end + 1);
      if (message.id !== undefined) {
        const { done, fail } = waiting.get(message.id);
        waiting.delete(message.id);
        if (message.error) fail(new Error(message.error.message));
        else done(message.result);
      } else for (const listener of listeners.get(message.method) ?? []) listener(message.params);
    }
  });
  return {
    on: (method, listener) => void listeners.set(method, [...(listeners.get(method) ?? []), listener]),
    send: (method, params = {}, sessionId = undefined) =>
      new Promise((done, fail) => {
        const id = next++;
        waiting.set(id, { done, fail });
        output.write(`${JSON.stringify({ id, method, params, ...(sessionId && { sessionId }) })}\0`);
      }),
  };
}
