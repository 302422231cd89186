import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { rmSync } from 'node:fs';
import { BuiltProgram } from '../../support/built-program.ts';
import { apiServers, handshake, LabWorld } from '../../support/lab-world.ts';

/* Each outage of the lab from the first error text to the last handshake, with the shipped program and openssl. */

const EXPIRED = 10;

let program: BuiltProgram;
let lab: LabWorld;

beforeAll(async () => {
  program = await BuiltProgram.build();
});
afterEach(() => lab.end());
afterAll(() => rmSync(program.folder, { recursive: true, force: true }));

function begin(outage: string): void {
  lab = new LabWorld(program, outage);
  lab.begin('--outage', outage);
  expect(lab.run('inventory', 'import', lab.folder).code).toBe(0);
}

/** Returns the failures that a log shows, the likeliest first. */
function diagnose(machine: string): string[] {
  const { out } = lab.run('repair', 'diagnose', lab.log(machine), '--json');
  return (JSON.parse(out) as { failure: string }[]).map(({ failure }) => failure);
}

interface Ran {
  code: number | null;
  /** By id of the step. */
  states: Record<string, string>;
}

function repair(...words: string[]): Ran {
  const { code, out } = lab.run('repair', 'run', ...words, '--target', `lab:${lab.folder}`, '--yes', '--json');
  const { steps } = JSON.parse(out) as { steps: { id: string; state: string }[] };
  return { code, states: Object.fromEntries(steps.map(({ id, state }) => [id, state])) };
}

const verifyAll = (): Promise<(number | undefined)[]> =>
  Promise.all(apiServers(lab).map(async ({ service, ca }) => (await handshake(lab, service, ca)).verified));

describe('a lab whose hosts were off for five days', () => {
  test('is diagnosed by its log, repaired by the plan in its order only, and verified by openssl', async () => {
    begin('off-5-days');
    expect(await verifyAll()).toEqual([EXPIRED, EXPIRED, EXPIRED]);
    expect(diagnose('lab-logistics')[0]).toBe('F01');

    const leftOut = repair('--skip', 'repair-host');
    expect(leftOut.states['repair-kubelet-lab-logistics']).not.toBe('done');
    expect(leftOut.code).toBe(1);
    expect(await verifyAll()).toEqual([EXPIRED, EXPIRED, EXPIRED]);

    const swapped = repair('--from', 'repair-kubelet-lab-logistics');
    expect(swapped.states['repair-kubelet-lab-logistics']).toBe('failed');
    expect(await verifyAll()).toEqual([EXPIRED, EXPIRED, EXPIRED]);

    const { states } = repair();
    expect(states).toMatchObject({
      'repair-host': 'done',
      'repair-kubelet-lab-logistics': 'done',
      'repair-credential-lab-retail': 'done',
    });
    expect(await verifyAll()).toEqual([0, 0, 0]);
    const broken = await lab.waitFor(() => {
      const faults = lab.status().machines.flatMap(({ services }) => services.flatMap(({ fault }) => fault ?? []));
      return faults.length === 0 ? faults : undefined;
    }, 30);
    expect(broken).toEqual([]);
  });
});

describe('a lab with an expired token of a KMS plugin', () => {
  test('is diagnosed by its log, repaired by the plan, and verified by openssl', async () => {
    begin('kms-token');
    const before = await verifyAll();
    expect(before).toEqual([0, undefined, 0]);
    expect(diagnose('lab-logistics')[0]).toBe('F07');

    const leftOut = repair(lab.log('lab-logistics'), '--skip', 'repair-cloud-lab-logistics');
    expect(leftOut.states['repair-cloud-lab-logistics']).toBe('skipped');
    expect(await verifyAll()).toEqual(before);

    expect(repair(lab.log('lab-logistics')).states['repair-cloud-lab-logistics']).toBe('done');
    expect(await verifyAll()).toEqual([0, 0, 0]);
  });
});

describe('a lab whose CA was rotated while kvactl was not used', () => {
  test('is diagnosed by its log, repaired by the plan in its order only, and verified by openssl', async () => {
    begin('ca-rotated');
    expect(diagnose('lab-host01')[0]).toBe('F12');
    const kvactl = lab.description.clients.find(({ profile }) => profile === 'kvactl')?.accessFile ?? '';
    const work = lab.service('cloud-agent-work');
    const verifyTrusted = async (): Promise<number | undefined> => {
      const { CloudCertificate = '' } = lab.readJson(kvactl) as { CloudCertificate?: string };
      return (await handshake(lab, work, lab.write('kvactl-ca.crt', Buffer.from(CloudCertificate, 'base64')))).verified;
    };
    expect(await verifyTrusted()).not.toBe(0);

    const leftOut = repair(lab.log('lab-host01'), '--skip', 'f12-delete-kvactl-file');
    expect(leftOut.states['repair-host']).toBe('failed');
    expect(await verifyTrusted()).not.toBe(0);

    expect(repair(lab.log('lab-host01')).states['repair-host']).toBe('done');
    expect(await verifyTrusted()).toBe(0);
  });
});
