import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import {
  audit,
  copyOf,
  FIXTURES,
  linesOf,
  lintAll,
  lintText,
  makeProject,
  OUTDATED,
  VERSIONS,
  write,
} from './eslint-project.js';

const systems = readdirSync(FIXTURES, { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map((entry) => entry.name);

describe.each(VERSIONS)('ESLint %s', (_, version) => {
  test.each(systems)('gives exactly the results of the command line: fixtures/%s', async (system) => {
    const root = join(FIXTURES, system);
    // A file with a result that ESLint does not open is one that src/eslint/languages.ts must learn of.
    expect(await lintAll(root, { version })).toEqual(linesOf(await audit({ root })));
  });

  test('places are exact with byte-order marks, CRLF and characters of two units', async () => {
    const root = copyOf('single');
    const before = linesOf(await audit({ root }));
    const settings = readFileSync(join(root, 'rooms/settings.py'), 'utf8');
    write(root, 'rooms/settings.py', settings.replace('SESSION_ENGINE =', "FACE = '😀é'; SESSION_ENGINE ="));
    for (const path of ['rooms/settings.py', 'rooms.yaml', 'Dockerfile']) {
      const text = readFileSync(join(root, path), 'utf8');
      write(root, path, `\uFEFF${text.replaceAll('\n', '\r\n')}`);
    }
    const shifted = before.map((line) =>
      line.includes('session-on-one-instance')
        ? line.replace(
            /:(\d+)-(\d+):(\d+) /,
            (_, from: string, end: string, to: string) => `:${Number(from) + 14}-${end}:${Number(to) + 14} `,
          )
        : line,
    );
    expect(shifted).not.toEqual(before);
    expect(await lintAll(root, { version })).toEqual(shifted);
  });

  test('text that is not saved counts, in the linted file and for others', async () => {
    const root = copyOf('shop');
    const autoscaler = readFileSync(join(root, 'k8s/web-autoscaler.yaml'), 'utf8');
    const settings = readFileSync(join(root, 'shop/settings/production.py'), 'utf8');
    const session = async (text = settings) => {
      const { messages } = await lintText(root, 'shop/settings/production.py', text, { version });
      return messages.find(({ ruleId }) => ruleId === 'scalecard/session-on-one-instance')?.message;
    };
    expect(await session()).toMatch(/asks for 20 instances at most \(k8s\/web-autoscaler\.yaml:12\)/);
    await lintText(root, 'k8s/web-autoscaler.yaml', autoscaler.replace('maxReplicas: 20', 'maxReplicas: 7'), {
      version,
    });
    expect(await session()).toMatch(/asks for 7 instances/);
    expect(await session(settings.replace(/^SESSION_ENGINE = .*$/m, ''))).toBeUndefined();
    expect(await session()).toMatch(/asks for 7 instances/);
    await lintText(root, 'k8s/web-autoscaler.yaml', autoscaler, { version });
    expect(await session()).toMatch(/asks for 20 instances/);
  });
});

test('the disk is looked at again in an editor: edited, new and deleted files', async () => {
  const root = copyOf('shop');
  const lint = async () => {
    const text = readFileSync(join(root, 'shop/settings/production.py'), 'utf8');
    const { messages } = await lintText(root, 'shop/settings/production.py', text);
    return messages.find(({ ruleId }) => ruleId === 'scalecard/session-on-one-instance')?.message ?? '';
  };
  expect(await lint()).toMatch(/20 instances/);
  const autoscaler = readFileSync(join(root, 'k8s/web-autoscaler.yaml'), 'utf8');
  write(root, 'k8s/web-autoscaler.yaml', autoscaler.replace('maxReplicas: 20', 'maxReplicas: 9'));
  await wait(OUTDATED);
  expect(await lint()).toMatch(/9 instances/);
  write(root, 'scalecard.yaml', 'rules: { session-on-one-instance: off }\n');
  expect(await lint()).toBe('');
  write(root, 'scalecard.yaml', 'exclude: [k8s/web-autoscaler.yaml]\n');
  await wait(OUTDATED);
  expect(await lint()).not.toMatch(/9 instances/);
});

test('what is remembered changes no result', async () => {
  for (const system of systems) {
    const root = copyOf(system);
    const first = await lintAll(root);
    const files = (await audit({ root })).inventory.files.filter(({ path }) => /\.(py|ya?ml|[jt]s|conf)$/.test(path));
    for (const { path } of files.slice(0, 12)) {
      const text = readFileSync(join(root, path), 'utf8');
      await lintText(root, path, `\n\n${text}`);
      await lintText(root, path, text);
    }
    expect(await lintAll(root)).toEqual(first);
  }
});

describe('comments that silence', () => {
  const SETTING = "SESSION_ENGINE = 'django.contrib.sessions.backends.file'";
  const RULE = 'scalecard/session-on-one-instance';
  const WHY = `${RULE} -- one host for good`;

  // Each: what stands around the setting, whether the result is silenced.
  test.each([
    ['next line', `# eslint-disable-next-line ${WHY}\n${SETTING}\n`, true],
    ['next line, other rule', `# eslint-disable-next-line scalecard/cache-on-one-instance -- x\n${SETTING}\n`, false],
    ['line', `${SETTING}  # eslint-disable-line ${WHY}\n`, true],
    ['line, alone above', `# eslint-disable-line ${WHY}\n${SETTING}\n`, false],
    ['region', `# eslint-disable ${WHY}\nX = 1\n${SETTING}\n`, true],
    ['region that ended', `# eslint-disable ${WHY}\n# eslint-enable ${RULE}\n${SETTING}\n`, false],
    ['region that ended for all', `# eslint-disable ${WHY}\n# eslint-enable\n${SETTING}\n`, false],
    ['region that ends below', `# eslint-disable ${WHY}\n${SETTING}\n# eslint-enable ${RULE}\n`, true],
    ['no reason', `# eslint-disable-next-line ${RULE}\n${SETTING}\n`, false],
    ['no rule', `# eslint-disable\n${SETTING}\n`, false],
    ['written by an editor', `// eslint-disable-next-line ${WHY}\n${SETTING}\n`, true],
    ['in a string', `X = "# eslint-disable"\n${SETTING}\n`, false],
    ['ours', `# scalecard-ignore session-on-one-instance: one host for good\n${SETTING}\n`, true],
    ['ours, no reason', `# scalecard-ignore session-on-one-instance\n${SETTING}\n`, false],
    ['ours, for the file', `# scalecard-ignore-file session-on-one-instance: for good\n${SETTING}\n`, true],
  ])('hold alike in ESLint and on the command line: %s', async (_, text, isSilenced) => {
    const root = copyOf('undecided');
    const settings = readFileSync(join(root, 'rooms/settings.py'), 'utf8');
    const base = settings.split('\n').filter((line) => !line.startsWith('SESSION_ENGINE'));
    write(root, 'rooms/settings.py', `${text}${base.join('\n')}`);
    const found = linesOf(await audit({ root }));
    expect(found.some((line) => line.endsWith(RULE))).toBe(!isSilenced);
    for (const [, version] of VERSIONS) {
      const said = await lintAll(root, { version });
      expect(said.filter((line) => !/ (scalecard\/suppression|null)$/.test(line))).toEqual(found);
    }
  });

  async function said(text: string, fix = false) {
    const root = copyOf('undecided');
    const settings = readFileSync(join(root, 'rooms/settings.py'), 'utf8');
    const base = settings.split('\n').filter((line) => !line.startsWith('SESSION_ENGINE'));
    const whole = `${text}${base.join('\n')}`;
    const result = await lintText(root, 'rooms/settings.py', whole, { fix });
    return {
      messages: result.messages
        .filter(({ ruleId }) => ruleId !== 'scalecard/cache-on-one-instance')
        .map(({ ruleId, line, message }) => `${line} ${ruleId} ${message}`),
      suppressed: result.suppressedMessages.map(({ suppressions }) => suppressions[0]?.justification),
      output: result.output?.slice(0, result.output.length - base.join('\n').length),
    };
  }

  test('are told where they have no effect', async () => {
    const none = await said(`# eslint-disable-next-line ${RULE}\n${SETTING}\n`);
    expect(none.messages.join('\n')).toMatch(
      /^1 scalecard\/suppression suppression without a reason has no effect; write "scalecard\/session-on-one-instance -- reason"$/m,
    );
    const unused = await said(`# eslint-disable-next-line ${WHY}\nX = 1\n${SETTING}\n`);
    expect(unused.messages.join('\n')).toMatch(/^1 null Unused eslint-disable directive/m);
    expect(unused.messages.filter((one) => one.startsWith('1 '))).toHaveLength(1);
    const ours = await said(`# scalecard-ignore session-on-one-instance: gone\nX = 1\n${SETTING}\n`);
    expect(ours.messages.join('\n')).toMatch(/^1 scalecard\/suppression unused suppression/m);
    const mistaken = await said(`# scalecard-ignore session-on-one-instanc: gone\n${SETTING}\n`);
    expect(mistaken.messages.join('\n')).toMatch(
      /^1 scalecard\/suppression suppression of an unknown rule .* did you mean/m,
    );
    const good = await said(`${SETTING}  # eslint-disable-line ${WHY}\n`);
    expect(good.suppressed).toEqual(['one host for good']);
    expect(good.messages.join('\n')).not.toMatch(/session|suppression|Unused/);
  });

  test('get the marker of their language', async () => {
    const next = await said(`// eslint-disable-next-line ${WHY}\n${SETTING}\n`, true);
    expect(next.output).toBe(`# eslint-disable-next-line ${WHY}\n${SETTING}\n`);
    const behind = await said(`${SETTING} /* eslint-disable-line ${WHY} */\n`, true);
    expect(behind.output).toBe(`${SETTING} # eslint-disable-line ${WHY}\n`);
    const root = makeProject({});
    const code = `FROM python\n  RUN x // eslint-disable-line ${WHY}\n`;
    const { messages } = await lintText(root, 'Dockerfile', code);
    const fix = messages.find(({ ruleId }) => ruleId === 'scalecard/suppression')?.fix;
    expect(code.slice(0, fix?.range[0]) + (fix?.text ?? '') + code.slice(fix?.range[1])).toBe(
      `FROM python\n  # eslint-disable-next-line ${WHY}\n  RUN x\n`,
    );
  });
});

test('a suggestion silences a result where it stands, and an absence in the head of the file', async () => {
  for (const system of ['shop', 'undecided']) {
    const root = copyOf(system);
    const { evaluation } = await audit({ root });
    for (const uri of new Set(evaluation.results.map(({ location }) => location.uri))) {
      const text = readFileSync(join(root, uri), 'utf8');
      const { messages } = await lintText(root, uri, text);
      for (const message of messages) {
        const [suggestion] = message.suggestions ?? [];
        expect(suggestion?.desc, `${uri} ${message.ruleId}`).toBe('Silence this result with a comment that says why');
        if (suggestion === undefined) continue;
        const { range, text: comment } = suggestion.fix;
        writeFileSync(join(root, uri), text.slice(0, range[0]) + comment + text.slice(range[1]));
        const silenced = (await audit({ root })).evaluation.suppressed.map(({ ruleId }) => `scalecard/${ruleId}`);
        expect(silenced, `${uri} ${message.line}`).toContain(message.ruleId);
        writeFileSync(join(root, uri), text);
      }
    }
  }
});

test('levels: notes and what is undecided can be left out', async () => {
  const single = join(FIXTURES, 'single');
  expect((await lintAll(single, { level: 'note' })).length).toBeGreaterThan(0);
  expect(await lintAll(single, { level: 'warning' })).toEqual([]);
  const undecided = join(FIXTURES, 'undecided');
  expect((await lintAll(undecided, { level: 'open' })).length).toBeGreaterThan(
    (await lintAll(undecided, { level: 'note' })).length,
  );
});

test("rules of the project's own folder are reported by one rule", async () => {
  const root = copyOf('undecided');
  write(root, 'scalecard.yaml', 'rule-folders: [policy]\n');
  write(root, 'policy/house/category.yaml', 'title: House\nweight: 1\n');
  const own = readFileSync('rules/statelessness/session-on-one-instance.yaml', 'utf8');
  write(
    root,
    'policy/house/no-sessions.yaml',
    own.replace(/^id: .*$/m, 'id: no-sessions').replace(/^aliases:.*\n(?:  - .*\n)*/m, ''),
  );
  const found = linesOf(await audit({ root, configuration: await configurationOf(root) }));
  expect(found.some((line) => line.endsWith('/no-sessions'))).toBe(true);
  expect(await lintAll(root)).toEqual(found.map((line) => line.replace('/no-sessions', '/project-rules')).sort());
});

async function configurationOf(root: string) {
  const { readConfiguration } = await import('../src/configuration/read.js');
  return readConfiguration(root);
}
