import { describe, expect, test } from 'vitest';
import { inventoryOf } from '../src/discover/virtual-inventory.js';
import { consoleScript } from '../src/link/console-scripts.js';

const run = { module: 'shop.main', name: 'run' };

describe('the function behind a command of a package', () => {
  test.each<[string, Record<string, string>, string]>([
    ['of the project', { 'pyproject.toml': '[project.scripts]\nshop = "shop.main:run"\n' }, ''],
    ['of Poetry', { 'app/pyproject.toml': '[tool.poetry.scripts]\nshop = "shop.main:run"\n' }, 'app'],
    ['with extras', { 'pyproject.toml': '[project.scripts]\nshop = "shop.main:run [fast]"\n' }, 'app'],
    ['of setup.cfg', { 'setup.cfg': '[options.entry_points]\nconsole_scripts =\n    shop = shop.main:run\n' }, ''],
    ['of setup.py', { 'setup.py': 'setup(entry_points={"console_scripts": ["shop=shop.main:run"]})' }, ''],
  ])('%s', (_, files, directory) => {
    expect(consoleScript(inventoryOf(files), directory, 'shop')).toEqual(run);
  });

  test.each<[string, Record<string, string>, string]>([
    ['another command', { 'pyproject.toml': '[project.scripts]\nshop = "shop.main:run"\n' }, 'shops'],
    ['a member of every object', { 'pyproject.toml': '[project.scripts]\nx = "a:b"\n' }, 'constructor'],
    ['a prototype', { 'pyproject.toml': '[project]\nscripts = 1\n' }, '__proto__'],
    ['what is no name', { 'pyproject.toml': '[project.scripts]\nshop = "../../etc/passwd:run"\n' }, 'shop'],
    ['broken TOML', { 'pyproject.toml': '[project.scripts\nshop = "shop.main:run"\n' }, 'shop'],
    ['a list', { 'pyproject.toml': '[project.scripts]\nshop = ["shop.main:run"]\n' }, 'shop'],
    ['a path', { 'setup.py': 'console_scripts' }, '../shop'],
  ])('is not made up: %s', (_, files, command) => {
    expect(consoleScript(inventoryOf(files), '', command)).toBeUndefined();
  });

  test('a manifest of nothing but names is read in linear time', () => {
    const text = `console_scripts ${'a=b.'.repeat(60_000)}`;
    const start = performance.now();
    expect(consoleScript(inventoryOf({ 'setup.py': text }), '', 'shop')).toBeUndefined();
    expect(performance.now() - start).toBeLessThan(2_000);
  });
});
