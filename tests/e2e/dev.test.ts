import {
  appendFileSync,
  chmodSync,
  cpSync,
  existsSync,
  mkdtempSync,
  realpathSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { _electron, expect, test } from '@playwright/test';

const ROOT = join(import.meta.dirname, '../..');
/**
 * Paths to copy: the sources of the main process and everything that builds them. A small page replaces the real one.
 */
const COPIED = ['build', 'core', 'electron', 'package.json', 'package-lock.json', 'LICENSE'];

const SMALL_PAGE = {
  'index.html': `<!doctype html><title>Small</title><div id="console"></div><script type="module" src="./main.ts"></script>`,
  'main.ts': `import { mount } from 'svelte';
import './page.css';
import Counter from './Counter.svelte';
import { greeting } from './greeting.ts';
mount(Counter, { target: document.getElementById('console')!, props: { counted: { times: 0 }, greeting } });`,
  'greeting.ts': `export const greeting = 'Good morning';`,
  'page.css': `h1 { color: rgb(1, 2, 3); }`,
  'Counter.svelte': `<script lang="ts">
  let { counted, greeting }: { counted: { times: number }; greeting: string } = $props();
  let shown = $state(counted.times);
</script>
<h1>{greeting}</h1>
<button onclick={() => (shown = counted.times += 1)}>Count</button>
<output>{shown}</output>`,
};

test.skip(process.platform === 'win32', 'it is started by a shell script, which Windows lacks');

test('npm run dev shows changes to the page immediately, keeps its state, and restarts after changes to main', async () => {
  const tree = realpathSync(mkdtempSync(join(tmpdir(), 'arcwarden-dev-')));
  for (const path of COPIED) cpSync(join(ROOT, path), join(tree, path), { recursive: true });
  symlinkSync(join(ROOT, 'node_modules'), join(tree, 'node_modules'));
  const page = (name: string): string => join(tree, 'renderer', name);
  cpSync(join(ROOT, 'renderer/tsconfig.json'), page('tsconfig.json'), { recursive: true });
  for (const [name, text] of Object.entries(SMALL_PAGE)) writeFileSync(page(name), text);
  // Saves as an editor does, so that the file is never read while it is empty.
  const save = (name: string, text: string): void => {
    writeFileSync(join(tree, 'saved'), text);
    renameSync(join(tree, 'saved'), page(name));
  };
  // Playwright passes its switches to the program that it starts, and recognises Electron by its output.
  const program = join(tree, 'dev.sh');
  writeFileSync(program, `#!/bin/sh\nexec '${process.execPath}' '${tree}/build/dev.mjs' "$@"\n`);
  chmodSync(program, 0o755);

  const application = await _electron.launch({
    executablePath: program,
    // A virtual display has no graphics processor: Electron's first attempt to use one fails, and a frame may be lost.
    args: ['--disable-gpu', '--data', join(tree, 'data')],
    timeout: 120_000,
  });
  const dev = application.process();
  let output = '';
  for (const stream of [dev.stdout, dev.stderr])
    stream?.setEncoding('utf8').on('data', (text: string) => (output += text));
  try {
    const window = await application.firstWindow({ timeout: 120_000 });
    await window.getByRole('button').click();
    await window.getByRole('button').click();
    await expect(window.getByRole('status')).toHaveText('2');
    await expect(window.getByRole('heading')).toHaveCSS('color', 'rgb(1, 2, 3)');
    expect(window.url()).toBe('app://console/index.html');

    save('page.css', `h1 { color: rgb(4, 5, 6); }`);
    await expect(window.getByRole('heading')).toHaveCSS('color', 'rgb(4, 5, 6)');
    const counter = SMALL_PAGE['Counter.svelte'];
    save('Counter.svelte', counter.replace('{greeting}', '{greeting} to all'));
    await expect(window.getByRole('heading')).toHaveText('Good morning to all');
    await expect(window.getByRole('status')).toHaveText('2');

    // A change to a file other than a component reloads the whole page.
    save('greeting.ts', `export const greeting = 'Good evening';`);
    await expect(window.getByRole('heading')).toHaveText('Good evening to all');
    await expect(window.getByRole('status')).toHaveText('0');

    const [first] = await application.evaluate(({ app }) => [process.pid, app.getName()]);
    appendFileSync(join(tree, 'electron/channels.ts'), `console.log('started', process.pid);\n`);
    await expect.poll(() => output, { timeout: 120_000 }).toMatch(/started \d+/u);
    expect(Number(/started (\d+)/u.exec(output)?.[1])).not.toBe(first);
    expect(existsSync(join(tree, 'out'))).toBe(false);
  } finally {
    dev.kill('SIGTERM');
    await new Promise((done) => {
      if (dev.exitCode !== null || dev.signalCode !== null) done(undefined);
      else dev.once('exit', done);
    });
    rmSync(tree, { recursive: true, force: true });
  }
});
