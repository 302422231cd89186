import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { BuiltProgram } from '../../support/built-program.ts';
import { apiServers, handshake, LabWorld } from '../../support/lab-world.ts';

/*
 * A month of a lab in half an hour, watched from outside: openssl reads every certificate and connects to the API servers,
 * and the kernel tells memory and open files. Nobody acts, but for the cloud agent, which is away for two days.
 */

const PACE = 1_440;
const DAY_MS = 86_400_000 / PACE;
const MINUTES = Number(process.env['ARCWARDEN_LAB_MINUTES'] ?? 30);
const AWAY_FROM_MS = (MINUTES / 3) * 60_000;
const AWAY_MS = 2 * DAY_MS;
/** A machine looks once a second; openssl shows whole seconds. */
const SLACK_MS = 6_000;

/** The share of the lifetime that is left when renewal is due, by what the documents say; see docs/profiles.md. */
const SHARES: readonly [pattern: RegExp, share: number][] = [
  [/kubelet\.conf$|\/kubelet\/pki\//u, 1 / 5],
  [/\/etc\/kubernetes\//u, 1 / 4],
];
/** Nobody renews these: the roots, and what the article excepts. */
const UNRENEWED = /\/ca\.crt$|front-proxy-ca\.crt$|super-admin\.conf$|\/\.kube\/|kubeconfig-mgmt$/u;

interface Certificate {
  serial: string;
  fromMs: number;
  toMs: number;
}

let program: BuiltProgram;
let lab: LabWorld;

beforeAll(async () => {
  program = await BuiltProgram.build();
  lab = new LabWorld(program, 'month');
  lab.begin('--pace', String(PACE));
});
afterAll(() => {
  lab.end();
  rmSync(program.folder, { recursive: true, force: true });
});

function readPem(file: string): string {
  const text = readFileSync(join(lab.folder, file), 'utf8');
  const base64 = /client-certificate-data: (\S+)/u.exec(text)?.[1] ?? /"ClientCertificate": "(\S+)"/u.exec(text)?.[1];
  return base64 === undefined ? text : Buffer.from(base64, 'base64').toString('utf8');
}

/** Reads a certificate with openssl; `undefined` while the file is being replaced. */
function readCertificate(file: string): Certificate | undefined {
  try {
    const out = execFileSync('openssl', ['x509', '-noout', '-serial', '-startdate', '-enddate'], {
      input: readPem(file),
      encoding: 'utf8',
      stdio: ['pipe', 'pipe', 'ignore'],
    });
    const find = (name: string): string => new RegExp(`^${name}=(.*)$`, 'mu').exec(out)?.[1] ?? '';
    return { serial: find('serial'), fromMs: Date.parse(find('notBefore')), toMs: Date.parse(find('notAfter')) };
  } catch {
    return undefined;
  }
}

/** Memory in MiB and open files of every machine. */
function measure(): { memory: number; files: number }[] {
  return lab
    .status()
    .machines.map(({ pid = 0 }) => ({
      memory: Number(/^VmRSS:\s+(\d+)/mu.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]) / 1024,
      files: readdirSync(`/proc/${pid}/fd`).length,
    }));
}

test(
  'a month passes: every renewal in its window, none missed, memory and open files do not grow',
  { timeout: (MINUTES + 10) * 60_000 },
  async () => {
    const files = lab.description.clusters
      .flatMap(({ nodes }) => nodes.flatMap(({ certificates }) => certificates.map(({ file }) => file)))
      .filter((file) => !UNRENEWED.test(file));
    const last = new Map<string, Certificate>();
    const faults: string[] = [];
    let renewals = 0;
    let first: ReturnType<typeof measure> | undefined;
    let away: 'not-yet' | 'now' | 'over' = 'not-yet';
    const begun = Date.now();
    while (Date.now() < begun + MINUTES * 60_000) {
      const age = Date.now() - begun;
      if (away === 'not-yet' && age > AWAY_FROM_MS) {
        first ??= measure();
        expect(lab.run('lab', 'off', lab.folder, 'cloud-agent').code).toBe(0);
        away = 'now';
      }
      if (away === 'now' && age > AWAY_FROM_MS + AWAY_MS) {
        expect(lab.run('lab', 'on', lab.folder, 'cloud-agent').code).toBe(0);
        away = 'over';
      }
      for (const file of files) {
        const seen = readCertificate(file);
        if (seen === undefined) continue;
        const now = Date.now();
        if (now > seen.toMs + SLACK_MS) faults.push(`${file} ended ${new Date(seen.toMs).toISOString()}`);
        const former = last.get(file);
        last.set(file, seen);
        if (former === undefined || former.serial === seen.serial) continue;
        renewals += 1;
        const share = SHARES.find(([pattern]) => pattern.test(file))?.[1] ?? 0;
        const dueMs = former.toMs - share * (former.toMs - former.fromMs);
        if (seen.fromMs < dueMs - SLACK_MS) faults.push(`${file} renewed before it was due`);
        if (seen.fromMs > former.toMs) faults.push(`${file} renewed after it had ended`);
      }
      const verified = await Promise.all(
        apiServers(lab).map(async ({ service, ca }) => (await handshake(lab, service, ca)).verified),
      );
      if (verified.some((code) => code !== 0)) faults.push(`handshakes: ${String(verified)}`);
      expect(faults.slice(0, 5)).toEqual([]);
      await new Promise((done) => setTimeout(done, 1_500));
    }
    // Four days of the lab are four minutes, of which three pass until a renewal.
    expect(renewals).toBeGreaterThan((files.length * MINUTES) / 4);
    const end = measure();
    expect(lab.status().machines.flatMap(({ services }) => services.flatMap(({ fault }) => fault ?? []))).toEqual([]);
    for (const [index, { memory, files: open }] of end.entries()) {
      // The cloud agent is another process since it was away.
      if (index === 0) continue;
      expect(memory).toBeLessThan((first?.[index]?.memory ?? 0) * 1.3 + 20);
      expect(open).toBeLessThanOrEqual((first?.[index]?.files ?? 0) + 4);
    }
    console.log(
      `${renewals} renewals of ${files.length} certificates in ${MINUTES} minutes; ${JSON.stringify({ first, end })}`,
    );
  },
);
