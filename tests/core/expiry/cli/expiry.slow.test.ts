import { createHash } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Outcome } from '../../../support/built-program.ts';
import { runInFolder } from '../../../support/command-line.ts';
import { openssl } from '../../../support/openssl.ts';
import { makeWorkstation, type Workstation } from '../../../support/workstation.ts';

const NOW = '2026-11-24T12:00:00Z';

let folder: string;
let workstation: Workstation;
let data: string;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'arcwarden-expiry-'));
  workstation = makeWorkstation(join(folder, 'files'), Date.parse(NOW));
  data = join(folder, 'data');
  await runInFolder(folder, 'inventory', 'import', workstation.folder, '--data', data, '--now', NOW);
});

afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

const expiry = (...words: string[]): Promise<Outcome> => runInFolder(folder, 'expiry', ...words, '--now', NOW);

function endByOpenssl(file: string): string {
  const text = openssl('x509', '-in', file, '-noout', '-enddate', '-dateopt', 'iso_8601');
  return text.toString().replace('notAfter=', '').trim().replace(' ', 'T');
}

interface Checked {
  generatedAt: string;
  failOn: string;
  fails: boolean;
  credentials: Record<string, unknown>[];
  findings: unknown[];
}

describe('arcwarden expiry check', () => {
  test.each([
    ['fine', 'front-proxy-client.crt', [0, 0, 0]],
    ['overdue', 'kvactl', [1, 0, 0]],
    ['urgent', 'apiserver.crt', [1, 1, 0]],
    ['expired', 'management', [1, 1, 1]],
  ])(
    'exits with the documented code for a credential that is %s, with --fail-on overdue, urgent and expired',
    async (_, name, codes) => {
      const file =
        name === 'kvactl'
          ? workstation.cloudconfig
          : name === 'management'
            ? workstation.managementKubeconfig
            : join(workstation.pki, name);
      const found = await Promise.all(
        ['overdue', 'urgent', 'expired'].map((failOn) => expiry('check', file, '--fail-on', failOn)),
      );
      expect(found.map(({ code }) => code)).toEqual(codes);
    },
  );

  test('exits with 1 for overdue credentials by default', async () => {
    expect((await expiry('check', workstation.cloudconfig)).code).toBe(1);
  });

  test('reports the failing credentials in one document, most urgent first, with the dates that openssl reads', async () => {
    const { code, out } = await expiry('check', workstation.folder, '--json');
    const document = JSON.parse(out) as Checked;
    expect(code).toBe(1);
    expect(document).toMatchObject({
      generatedAt: NOW,
      failOn: 'overdue',
      fails: true,
      findings: [{ rule: 'certificate.expired', severity: 'warning' }],
    });
    expect(document.credentials[0]).toMatchObject({ role: 'management-kubeconfig', state: 'expired' });
    const server = document.credentials.find(({ role }) => role === 'apiserver');
    const notAfter = endByOpenssl(join(workstation.pki, 'apiserver.crt'));
    expect(server).toMatchObject({
      cluster: 'retail-east',
      state: 'urgent',
      notAfter,
      secondsLeft: (Date.parse(notAfter) - Date.parse(NOW)) / 1_000 + 1,
      confirmedAt: NOW,
      // The files are read only once, which does not prove that the renewal fails.
      obstacle: 'late-kubernetes',
    });
    expect(Object.keys(server ?? {}).sort()).toEqual(
      [
        ...[
          'assumed',
          'cluster',
          'clusterId',
          'confirmedAt',
          'endsWithIssuer',
          'foreign',
          'id',
          'issuer',
          'kind',
          'layer',
        ],
        ...['name', 'notAfter', 'notBefore', 'obstacle', 'renewalDueAt', 'role', 'sample'],
        ...['secondsLeft', 'state'],
      ].sort(),
    );
  });

  test('judges only the named clusters, by name or by id', async () => {
    const listClusters = async (...words: string[]): Promise<string[]> => {
      const { out } = await expiry('check', '--data', data, '--json', ...words);
      const { credentials } = JSON.parse(out) as Checked;
      return [...new Set(credentials.map(({ cluster }) => String(cluster)))];
    };
    const all = JSON.parse((await expiry('check', '--data', data, '--json')).out) as Checked;
    const east = all.credentials.find(({ cluster }) => cluster === 'retail-east');
    expect(await listClusters('--cluster', 'retail-east')).toEqual(['retail-east']);
    expect(await listClusters('--cluster', String(east?.['clusterId']))).toEqual(['retail-east']);
    expect((await listClusters('--cluster', 'mgmt', '--cluster', 'retail-east')).sort()).toEqual([
      'mgmt',
      'retail-east',
    ]);
    const calm = await expiry('check', '--data', data, '--cluster', 'retail-east', '--fail-on', 'expired');
    expect(calm.code).toBe(0);
  });

  test('refuses an unknown cluster or severity', async () => {
    const unknown = await expiry('check', workstation.folder, '--cluster', 'osaka');
    expect(unknown).toMatchObject({ code: 2, out: '' });
    expect(unknown.notices).toContain('osaka');
    const severity = await expiry('check', workstation.folder, '--fail-on', 'stalled');
    expect(severity).toMatchObject({ code: 2, out: '' });
    expect(severity.notices).toContain('overdue, urgent, expired');
  });

  test('judges the other paths if one does not exist, and exits with 2', async () => {
    const { code, out } = await expiry('check', workstation.cloudconfig, 'nowhere.pem', '--json');
    const { credentials, findings } = JSON.parse(out) as Checked;
    expect(code).toBe(2);
    expect(credentials.length).toBeGreaterThan(0);
    expect(findings).toMatchObject([{ rule: 'file.not-found' }]);
  });

  test('uses the thresholds stored in the data folder', async () => {
    const stateWith = async (thresholds: object): Promise<unknown> => {
      writeFileSync(join(data, 'settings.json'), JSON.stringify(changeSettings({ thresholds })));
      const { out } = await expiry('check', '--data', data, '--json');
      const { credentials } = JSON.parse(out) as Checked;
      return credentials.find(({ role }) => role === 'kvactl')?.['state'];
    };
    // 20 of 90 days are left.
    expect(await stateWith({ 'moc-identity': { urgent: { share: 0.25 } } })).toBe('urgent');
    expect(await stateWith({})).toBe('renewal-overdue');
  });

  test('prints Japanese, but does not translate machine-readable output', async () => {
    const { out } = await expiry('check', workstation.folder, '--lang', 'ja');
    expect(out).toContain('期限切れ');
    expect(out).toContain('管理クラスター');
    const json = (await expiry('check', workstation.folder, '--lang', 'ja', '--json')).out;
    expect(json).toBe((await expiry('check', workstation.folder, '--json')).out);
  });

  test('refuses a missing data folder and does not create it', async () => {
    const { code, out } = await expiry('check', '--data', join(folder, 'none'));
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(readdirSync(folder)).not.toContain('none');
  });
});

interface Clock {
  cluster: string;
  kind: string;
  [more: string]: unknown;
}

async function poweroff(...words: string[]): Promise<{ code: Outcome['code']; clusters: Record<string, Clock> }> {
  const { code, out, notices } = await expiry('poweroff', ...words, '--json');
  if (out === '') throw new Error(notices);
  const { generatedAt, clusters } = JSON.parse(out) as { generatedAt: string; clusters: Clock[] };
  expect(generatedAt).toBe(NOW);
  return { code, clusters: Object.fromEntries(clusters.map((clock) => [clock.cluster, clock])) };
}

describe('arcwarden expiry poweroff', () => {
  test('limits the downtime to the end of the first certificate that breaks, as openssl reads it', async () => {
    const { clusters } = await poweroff(workstation.folder);
    const ends = readdirSync(workstation.pki, { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith('.crt'))
      .map((name) => endByOpenssl(join(workstation.pki, name)))
      .sort();
    const east = clusters['retail-east'];
    expect(east).toMatchObject({
      kind: 'workload',
      safeUntil: ends[0],
      secondsSafe: (Date.parse(ends[0] ?? '') - Date.parse(NOW)) / 1_000,
      firstToBreak: { role: 'apiserver', kind: 'certificate', layer: 'kubernetes', notAfter: ends[0] },
      alreadyExpired: [],
      repairOrder: [],
      offSince: null,
      sample: false,
    });
    expect(east?.['overdue']).toMatchObject([{ role: 'apiserver' }, { role: 'kms-plugin-token' }]);
    expect(Object.keys(east ?? {}).sort()).toEqual(
      [
        ...[
          'alreadyExpired',
          'cluster',
          'clusterId',
          'confirmedAt',
          'failsAtStart',
          'firstToBreak',
          'impacts',
          'kind',
          'layers',
          'kubernetesLimit',
          'mocLimit',
        ],
        ...['offSince', 'overdue', 'repairOrder', 'revocations', 'safeUntil', 'sample'],
        ...['secondsSafe', 'unknown'],
      ].sort(),
    );
  });

  test('states from when each layer needs repair', async () => {
    const { clusters } = await poweroff(workstation.folder);
    const token = { role: 'kms-plugin-token', kind: 'token', assumed: false };
    expect(clusters['retail-east']?.['layers']).toMatchObject({
      kubernetes: { needsRepairFrom: '2026-11-24T17:00:01Z', safeUntil: '2026-11-24T17:00:00Z' },
      moc: { count: 1, safeUntil: '2026-11-29T12:00:00Z', firstToBreak: token },
      workstation: { firstToBreak: { role: 'admin-kubeconfig' } },
    });
  });

  test('exits with 1 for expired credentials, and prints the repair command and its sources', async () => {
    const { code, clusters } = await poweroff(workstation.folder);
    expect(code).toBe(1);
    const steps = clusters['mgmt']?.['repairOrder'] as { step: string; citations: unknown[] }[];
    expect(steps.map(({ step }) => step)).toEqual(
      ['confirm', 'address', 'copy', 'backup', 'replace', 'tidy'].map((step) => `f10-${step}`),
    );
    expect(steps[0]?.citations).not.toEqual([]);
    expect((await poweroff(workstation.folder, '--cluster', 'retail-east')).code).toBe(0);
  });

  test('reports the effects of the downtime and the order of repair', async () => {
    const file = join(workstation.pki, 'apiserver.crt');
    const words = [file, '--off-since', '2026-11-20T18:00:00+09:00', '--json'];
    const { code, out } = await runInFolder(folder, 'expiry', 'poweroff', ...words, '--now', '2026-11-26T00:00:00Z');
    expect(code).toBe(1);
    expect(JSON.parse(out)).toMatchObject({
      clusters: [
        {
          offSince: '2026-11-20T09:00:00Z',
          safeUntil: null,
          firstToBreak: null,
          alreadyExpired: [{ role: 'apiserver' }],
        },
      ],
    });
    const { repairOrder } = (JSON.parse(out) as { clusters: { repairOrder: { step: string; command: string }[] }[] })
      .clusters[0]!;
    const repairs = repairOrder.filter(({ step }) => step.startsWith('repair-'));
    expect(repairs.map(({ command }) => command)).toEqual([
      // The name retail-east comes only from the folder, so the command contains a placeholder.
      'Update-AksHciClusterCertificates -name <cluster> -fixKubeletCredentials',
      'Get-AksHciCredential -name <cluster>',
    ]);
  });

  test.each([
    ['2026-11-24T17:00:00Z', 0, true],
    ['2026-11-24T17:00:01Z', 1, false],
  ])('with --off-until %s exits with %i if the first certificate ends at 17:00:00', async (until, exit, safe) => {
    const { code, clusters } = await poweroff(workstation.pki, '--off-until', until);
    expect(code).toBe(exit);
    expect(Object.values(clusters)).toMatchObject([{ offUntil: until, safe }]);
  });

  test.each([
    ['--off-since', '2026-11-24T12:00:01Z', 'a time in the past'],
    ['--off-until', '2026-11-24T11:59:59Z', 'a time in the future'],
    ['--off-since', 'yesterday', '2026-11-24T09:00:00Z'],
    ['--cluster', 'osaka', 'osaka'],
  ])('refuses %s %s', async (option, value, named) => {
    const { code, out, notices } = await expiry('poweroff', workstation.folder, option, value);
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(notices).toContain(named);
  });

  test('accepts downtime that begins now and has no duration yet', async () => {
    expect((await poweroff(workstation.pki, '--off-since', NOW)).code).toBe(0);
  });

  test("reads the start of a cluster's downtime from the data folder", async () => {
    const list = JSON.parse((await expiry('check', '--data', data, '--json')).out) as Checked;
    const east = list.credentials.find(({ cluster }) => cluster === 'retail-east');
    const offSince = '2026-11-23T18:00:00Z';
    const clusterFacts = { [String(east?.['clusterId'])]: { offSince } };
    writeFileSync(join(data, 'settings.json'), JSON.stringify(changeSettings({ clusterFacts })));
    const { clusters } = await poweroff('--data', data);
    expect(clusters['retail-east']).toMatchObject({ offSince });
    expect(clusters['mgmt']).toMatchObject({ offSince: null });
  });

  test('prints no key and no token', async () => {
    for (const words of [
      ['poweroff', workstation.folder],
      ['check', workstation.folder, '--json'],
    ]) {
      const { out, notices } = await expiry(...words);
      for (const secret of workstation.secrets) expect(out + notices).not.toContain(secret);
    }
  });
});

describe('arcwarden expiry report', () => {
  test('writes one page per cluster in the requested language, and reports the written files', async () => {
    for (const language of ['en', 'ja']) {
      const file = join(folder, `report-${language}.html`);
      const words = ['report', workstation.folder, '--out', file, '--lang', language, '--json'];
      const { code, out } = await expiry(...words);
      const bytes = readFileSync(file);
      expect(code).toBe(0);
      expect(JSON.parse(out)).toMatchObject({
        generatedAt: NOW,
        file: { path: file, bytes: bytes.length, sha256: createHash('sha256').update(bytes).digest('hex') },
      });
      const html = bytes.toString();
      expect(html).toContain(`<html lang="${language}">`);
      expect(html.match(/<section class="page cluster">/gu)).toHaveLength(3);
      for (const secret of workstation.secrets) expect(html).not.toContain(secret);
    }
  });

  test('reports on the named cluster only', async () => {
    const file = join(folder, 'report-mgmt.html');
    expect((await expiry('report', '--data', data, '--cluster', 'mgmt', '--out', file)).code).toBe(0);
    const html = readFileSync(file, 'utf8');
    expect(html.match(/<section class="page cluster">/gu)).toHaveLength(1);
    expect(html).not.toContain('retail-east');
  });

  test('is refused without an output file, or if there is nothing to report', async () => {
    const nowhere = await expiry('report', workstation.folder);
    expect(nowhere).toMatchObject({ code: 2, out: '' });
    expect(nowhere.notices).toContain('--out');
    const empty = await expiry('report', '--data', join(folder, 'none'), '--out', join(folder, 'no.html'));
    expect(empty.code).toBe(2);
    expect(readdirSync(folder)).not.toContain('no.html');
  });
});

function changeSettings(change: object): object {
  const file = join(data, 'settings.json');
  const kept = readdirSync(data).includes('settings.json')
    ? (JSON.parse(readFileSync(file, 'utf8')) as { settings: object })
    : undefined;
  return { schema: 1, ...kept, settings: { ...kept?.settings, ...change } };
}
