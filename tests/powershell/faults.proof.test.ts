import { describe, expect, test } from 'vitest';
import { needPowerShell, type Way } from '../support/real-power-shell.ts';
import { bundleScripts, maintenanceScripts, repairScripts, updateScripts, type WrittenScript } from './scripts.ts';
import { sharePowerShell } from './shared.ts';
import { formatFigures, proveFaults, proveWrittenErrors, type Figure } from './suite.ts';

const shared = sharePowerShell();

const SCRIPTS: readonly (readonly [string, () => Promise<WrittenScript[]>])[] = [
  ['repair plans of one cluster', () => repairScripts(undefined, /^one cluster$/u)],
  ['updates', async () => updateScripts().slice(0, 1)],
  ['maintenance', async () => maintenanceScripts(['retail-east'])],
  ['recovery', async () => (await bundleScripts(['retail-east'])).slice(0, 1)],
];

describe.each(['console', 'file'] satisfies Way[])('scripts started from a %s', (way) => {
  describe.each(['throw', 'exit-code'] as const)('if a different call fails in each run (%s)', (kind) => {
    test.for(SCRIPTS)('%s stop, report it, and resume when started again', async ([title, written], context) => {
      needPowerShell(context);
      const figures = await proveFaults(shared, await written(), kind, way);
      console.log(`${title}, ${way}, ${kind}: ${formatFigures({ ...figures })}`);
      for (const { against } of Object.values(figures) as Figure[]) expect(against).toEqual([]);
    });
  });

  test.for(SCRIPTS)(
    'if a cmdlet only writes an error, %s never continue silently',
    async ([title, written], context) => {
      needPowerShell(context);
      const told = await proveWrittenErrors(shared, await written(), way);
      console.log(`${title}, ${way}: ${formatFigures({ 'written errors told': told })}`);
      expect(told.against).toEqual([]);
    },
  );
});
