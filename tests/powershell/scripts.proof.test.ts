import { expect, test } from 'vitest';
import { needPowerShell } from '../support/real-power-shell.ts';
import {
  bundleScripts,
  hostileScripts,
  maintenanceScripts,
  repairScripts,
  updateScripts,
  type WrittenScript,
} from './scripts.ts';
import { sharePowerShell } from './shared.ts';
import { formatFigures, proveParsed, proveRuns } from './suite.ts';

const shared = sharePowerShell();

test.for<readonly [string, () => Promise<WrittenScript[]>]>([
  ['repair plans for every failure, in six fleets', () => repairScripts()],
  ['repair plans for hostile names', async () => hostileScripts()],
  ['updates', async () => updateScripts()],
  ['maintenance windows and registrations', async () => maintenanceScripts()],
  ['recoveries and verification', () => bundleScripts()],
])(
  '%s have no syntax errors, run with unchanged values, and change nothing with -WhatIf',
  async ([title, written], context) => {
    needPowerShell(context);
    const scripts = await written();
    const figures = { parsed: await proveParsed(shared, scripts), ...(await proveRuns(shared, scripts)) };
    console.log(`${title}: ${scripts.length} scripts, ${formatFigures(figures)}`);
    for (const { against } of Object.values(figures)) expect(against).toEqual([]);
  },
);
