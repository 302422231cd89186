import { expect, onTestFinished, test } from 'vitest';
import { cmdlet } from '../core/runs/plans.ts';
import { HostMachine } from '../support/host-machine.ts';
import { needPowerShell } from '../support/real-power-shell.ts';
import { sharePowerShell } from './shared.ts';
import { runOnHost } from './windows-power-shell.ts';

const { stubs } = sharePowerShell();

test('a command that prints 50 MB succeeds, and the beginning and end of its output are kept', async (context) => {
  const pwsh = needPowerShell(context);
  const machine = new HostMachine(stubs).suffer({ kind: 'megabytes', text: '50' });
  onTestFinished(() => machine.remove());
  const { ended, exitCode, output, tookMs } = await runOnHost(cmdlet('Get-AksHciCluster', 'a'), {
    pwsh,
    stubs,
    machine,
  });
  console.log(`50 MB of output: ${(tookMs / 1_000).toFixed(1)} s, ${output.leftOutBytes} bytes left out`);
  expect([ended, exitCode]).toEqual(['itself', 0]);
  expect(output.leftOutBytes).toBeGreaterThan(45 * 1024 ** 2);
  expect(output.tail).toContain('v1.29.4');
});
