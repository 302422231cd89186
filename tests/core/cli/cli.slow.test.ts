import { execFileSync, spawnSync, type StdioOptions } from 'node:child_process';
import { createHash, X509Certificate } from 'node:crypto';
import {
  closeSync,
  copyFileSync,
  existsSync,
  mkdtempSync,
  openSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { BuiltProgram, type Outcome } from '../../support/built-program.ts';
import { makeWorkstation, WORKSTATION_CREDENTIALS, type Workstation } from '../../support/workstation.ts';
import { SAMPLE_MARKER } from '../../../core/formats/sample-marker.ts';
import { openssl } from '../../support/openssl.ts';
import { makeStandIns, pathWith } from '../runs/stand-ins.ts';

const NOW = '2026-11-24T12:00:00Z';
/** Timeout for a test that starts the program several times. A start takes a second or more on a busy machine. */
const MANY_STARTS_MS = 240_000;

let folder: string;
let program: BuiltProgram;
let workstation: Workstation;

beforeAll(async () => {
  program = await BuiltProgram.build();
  ({ folder } = program);
  workstation = makeWorkstation(join(folder, 'files'), Date.parse(NOW));
});

afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

const arcwarden = (...words: string[]): Outcome => program.run(words);

interface Inspected {
  records: Record<string, unknown>[];
  findings: { rule: string; severity: string }[];
}

let inspected: Inspected | undefined;
/** Returns the output of `inspect` for the workstation. Runs the program only once, since the files do not change. */
const inspectAll = (): Inspected =>
  (inspected ??= JSON.parse(arcwarden('inspect', workstation.folder, '--json', '--now', NOW).out) as Inspected);

describe('arcwarden inspect', () => {
  test('lists each credential on a workstation once, with its role', () => {
    const { records } = inspectAll();
    expect(records.map(({ role }) => String(role)).sort()).toEqual([
      'admin-kubeconfig',
      'apiserver',
      'apiserver-etcd-client',
      'apiserver-kubelet-client',
      'cloud-agent-ca',
      'cluster-ca',
      'cluster-ca',
      'etcd-ca',
      'etcd-healthcheck-client',
      'etcd-peer',
      'etcd-server',
      'front-proxy-ca',
      'front-proxy-client',
      'kms-plugin-token',
      'kvactl',
      'management-kubeconfig',
    ]);
    expect(records).toHaveLength(WORKSTATION_CREDENTIALS);
  });

  test('prints the same values of a certificate as openssl and Node', () => {
    const file = join(workstation.pki, 'apiserver.crt');
    const oracle = new X509Certificate(readFileSync(file));
    const record = inspectAll().records.find(({ role }) => role === 'apiserver');
    expect(record).toMatchObject({
      id: createHash('sha256').update(oracle.raw).digest('hex'),
      kind: 'certificate',
      layer: 'kubernetes',
      cluster: 'retail-east',
      source: { path: file, entry: '' },
      subject: { cn: 'kube-apiserver', o: [] },
      issuer: { cn: 'kubernetes' },
      serialHex: oracle.serialNumber.toLowerCase(),
      notBefore: new Date(oracle.validFrom).toISOString().replace('.000Z', 'Z'),
      notAfter: new Date(oracle.validTo).toISOString().replace('.000Z', 'Z'),
      key: { algorithm: 'EC', curve: 'P-384' },
      isCa: false,
      revocable: true,
      keyMatch: 'matches',
      state: 'urgent',
      fingerprintSha256: oracle.fingerprint256.replaceAll(':', '').toLowerCase(),
    });
    const sans = openssl('x509', '-in', file, '-noout', '-ext', 'subjectAltName').toString();
    for (const name of (record?.['sans'] as { dns: string[] }).dns) expect(sans).toContain(`DNS:${name}`);
    expect((record?.['sans'] as { ip: string[] }).ip).toEqual(['10.96.0.1', '172.16.255.14']);
  });

  test('reads a token’s expiry from its claims, and identifies tokens by their hash', () => {
    const token = /^token: (.*)$/mu.exec(readFileSync(workstation.loginFile, 'utf8'))?.[1] ?? '';
    const claims = Buffer.from(token.split('.')[1] ?? '', 'base64url');
    const { exp } = JSON.parse(claims.toString()) as { exp: number };
    const record = inspectAll().records.find(({ kind }) => kind === 'token');
    expect(record).toMatchObject({
      id: createHash('sha256').update(claims).digest('hex'),
      layer: 'moc',
      role: 'kms-plugin-token',
      notAfter: new Date(exp * 1_000).toISOString().replace('.000Z', 'Z'),
      assumed: false,
    });
  });

  test('exits with 1 if a credential needs attention, and with 0 otherwise', () => {
    expect(arcwarden('inspect', workstation.folder, '--now', NOW).code).toBe(1);
    const fine = join(workstation.pki, 'front-proxy-client.crt');
    expect(arcwarden('inspect', fine, '--now', NOW).code).toBe(0);
  });

  test('exits with 2 for a path that does not exist, and still lists the other paths', () => {
    const { code, out, notices } = arcwarden('inspect', workstation.cloudconfig, 'nowhere.pem', '--now', NOW);
    expect(code).toBe(2);
    expect(out).toContain('kvactl-admin-7f3c');
    expect(notices).toContain('nowhere.pem');
  });

  test('prints one JSON document even for a file without credentials', () => {
    const empty = join(folder, 'empty.txt');
    writeFileSync(empty, 'nothing here');
    const { code, out } = arcwarden('inspect', empty, '--json');
    expect(JSON.parse(out)).toEqual({ records: [], findings: [] });
    expect(code).toBe(2);
  });

  test('never prints a key or a token in any form', () => {
    const texts = [
      arcwarden('inspect', workstation.folder, '--json', '--now', NOW),
      arcwarden('inspect', workstation.folder, '--now', NOW, '--lang', 'ja'),
    ].map(({ out, notices }) => out + notices);
    for (const secret of workstation.secrets) for (const text of texts) expect(text).not.toContain(secret);
  });
});

describe('arcwarden expiry', () => {
  test('prints readable text in English and Japanese, with times in the local time zone', () => {
    const english = arcwarden('expiry', 'poweroff', workstation.folder, '--now', NOW).out;
    expect(english).toContain('Can stay off until');
    // 17:00 UTC is 02:00 in Tokyo.
    expect(english).toContain('25 Nov 2026 02:00');
    const japanese = arcwarden('expiry', 'poweroff', workstation.folder, '--now', NOW, '--lang', 'ja').out;
    expect(japanese).toContain('2026年11月25日 02:00 まで電源を切っておけます');
    expect(japanese).toContain('最初に期限が切れるもの: API サーバー');
    expect(japanese).not.toMatch(/Can stay off|Breaks first|needs repair/u);
  });
});

describe('arcwarden inventory', () => {
  test('imports clusters, lists them as JSON and CSV, changes nothing on a second import, and forgets them', () => {
    const data = join(folder, 'data-cycle');
    const first = arcwarden('inventory', 'import', workstation.folder, '--data', data, '--now', NOW, '--json');
    const report = JSON.parse(first.out) as { added: unknown[]; unchanged: unknown[] };
    expect(report.added).toHaveLength(WORKSTATION_CREDENTIALS);
    const before = execFileSync('sh', ['-c', 'cat clusters/*.json | sha256sum'], { cwd: data, encoding: 'utf8' });
    const again = JSON.parse(
      arcwarden('inventory', 'import', workstation.folder, '--data', data, '--now', NOW, '--json').out,
    ) as { added: unknown[]; renewed: unknown[]; unchanged: unknown[] };
    expect([again.added.length, again.renewed.length]).toEqual([0, 0]);
    expect(again.unchanged.length).toBeGreaterThanOrEqual(WORKSTATION_CREDENTIALS);
    expect(execFileSync('sh', ['-c', 'cat clusters/*.json | sha256sum'], { cwd: data, encoding: 'utf8' })).toBe(before);

    const listed = JSON.parse(arcwarden('inventory', 'list', '--data', data, '--now', NOW, '--json').out) as {
      credentials: { role: string }[];
    };
    expect(listed.credentials).toHaveLength(WORKSTATION_CREDENTIALS);
    expect(listed.credentials[0]?.role).toBe('management-kubeconfig');
    const csv = arcwarden('inventory', 'list', '--data', data, '--now', NOW, '--csv').out;
    expect(csv.trim().split('\r\n')).toHaveLength(WORKSTATION_CREDENTIALS + 1);
    expect(arcwarden('inventory', 'forget', 'retail-east', '--data', data, '--now', NOW).code).toBe(0);
    const left = arcwarden('inventory', 'list', '--data', data, '--now', NOW, '--json').out;
    expect(left).not.toContain('"cluster": "retail-east"');
  });

  test('stores no key and no token in the data folder', () => {
    const data = join(folder, 'data-secrets');
    arcwarden('inventory', 'import', workstation.folder, '--data', data, '--now', NOW);
    const kept = execFileSync('grep', ['-ra', '', data], { maxBuffer: 1e8 }).toString('latin1');
    for (const secret of workstation.secrets) expect(kept).not.toContain(secret);
    expect(kept).not.toContain('PRIVATE KEY');
  });

  test('lists only the files named on the command line, and creates no data folder', () => {
    const data = join(folder, 'data-none');
    const { out, code } = arcwarden('inventory', 'list', workstation.kubeconfig, '--data', data, '--now', NOW);
    expect(code).toBe(0);
    expect(out).toContain('kubernetes-admin');
    expect(existsSync(data)).toBe(false);
  });

  test('writes the list to the file after --out, and confirms this on standard error', () => {
    const file = join(folder, 'report.html');
    const { out, notices } = arcwarden(
      'inventory',
      'list',
      workstation.folder,
      '--html',
      '--out',
      file,
      '--lang',
      'ja',
    );
    expect(out).toBe('');
    expect(notices).toContain('report.html');
    expect(readFileSync(file, 'utf8')).toContain('<html lang="ja">');
  });

  test('filters the list by state, layer and words, and sorts it', () => {
    const list = (...options: string[]): { name: string; state: string; layer: string }[] =>
      (
        JSON.parse(arcwarden('inventory', 'list', workstation.folder, '--json', '--now', NOW, ...options).out) as {
          credentials: { name: string; state: string; layer: string }[];
        }
      ).credentials;
    expect(new Set(list('--layer', 'moc').map(({ layer }) => layer))).toEqual(new Set(['moc']));
    expect(new Set(list('--state', 'urgent,expired').map(({ state }) => state))).toEqual(
      new Set(['expired', 'urgent']),
    );
    expect(list('--search', '172.16.255.14').map(({ name }) => name)).toContain('kube-apiserver');
    const names = list('--sort', 'name', '--descending').map(({ name }) => name.toLowerCase());
    expect(names).toEqual([...names].sort().reverse());
  });
});

describe('arcwarden authority', () => {
  const fileMode = (file: string): string => (statSync(join(folder, file)).mode & 0o777).toString(8);

  test('stores the keys of an authority encrypted, in files that only their owner can access', () => {
    writeFileSync(join(folder, 'passphrase.txt'), 'seven swans a-swimming\r\n');
    const authority = (...words: string[]): Outcome =>
      arcwarden('authority', ...words, '--data', 'engine', '--now', NOW);
    const secret = ['--passphrase-file', 'passphrase.txt'];
    expect(authority('list').code).toBe(2);
    expect(existsSync(join(folder, 'engine'))).toBe(false);
    expect(authority('new', 'retail-east', '--kind', 'kubernetes', ...secret).code).toBe(0);
    const pem = ['export', 'retail-east', 'etcd-ca', '--format', 'pem', '--out'];
    expect(authority(...pem, 'key.pem', '--with-key', ...secret).code).toBe(0);
    expect(authority(...pem, 'ca.pem').code).toBe(0);
    expect(openssl('x509', '-in', join(folder, 'ca.pem'), '-pubkey', '-noout')).toEqual(
      openssl('pkey', '-in', join(folder, 'key.pem'), '-pubout'),
    );
    expect([fileMode('key.pem'), fileMode('ca.pem'), fileMode('engine')]).toEqual(['600', '644', '700']);
    const kept = readdirSync(join(folder, 'engine'), { recursive: true, withFileTypes: true });
    const files = kept.filter((each) => each.isFile());
    expect(files.length).toBeGreaterThan(4);
    for (const { parentPath, name } of files) {
      const path = join(parentPath, name);
      expect((statSync(path).mode & 0o077).toString(8)).toBe('0');
      expect(readFileSync(path, 'latin1')).not.toMatch(/PRIVATE KEY|swans/u);
    }
    expect(kept.map(({ name }) => name)).not.toContain('arcwarden.lock');
  });
});

describe('arcwarden revocation bundle', () => {
  const hashFile = (name: string): string =>
    createHash('sha256')
      .update(readFileSync(join(folder, name)))
      .digest('hex');

  test('writes the same bytes at a given instant in any time zone and system language', () => {
    const article = join(import.meta.dirname, '../../fixtures/revocation/article.yaml');
    const bundle = (name: string, environment: Record<string, string>, now = NOW): string => {
      const { code, notices } = program.run(
        [
          ...['revocation', 'bundle', article, '--inventory', workstation.folder, '--now', now],
          ...['--data', join(folder, 'data-bundle'), '--out', name],
          ...['--i-understand', 'revoke future certificates, all API servers, all kubelets'],
        ],
        environment,
      );
      expect(code, notices).toBe(0);
      return hashFile(name);
    };
    const first = bundle('one.zip', { LANG: 'en_US.UTF-8', TZ: 'Asia/Tokyo' });
    expect(bundle('two.zip', { LANG: 'ja_JP.UTF-8', TZ: 'America/St_Johns' })).toBe(first);
    expect(bundle('three.zip', { LC_ALL: 'de_DE.UTF-8', TZ: 'UTC' })).toBe(first);
    const later = bundle('four.zip', { TZ: 'UTC' }, '2026-11-24T12:01:00Z');
    expect(later).not.toBe(first);
    const verified = arcwarden('revocation', 'verify-bundle', 'two.zip', '--json');
    expect(verified.code).toBe(0);
    expect(JSON.parse(verified.out)).toMatchObject({ ok: true, sha256: first });
  });
});

describe('a command in Japanese', () => {
  const evidence = 'x509: certificate has expired or is not yet valid';

  test.each([
    ['repair', 'check-command', 'Get-AksHciCluster -Nam x'],
    ['repair', 'diagnose', 'evidence.log'],
    ['repair', 'plan', '--failure', 'F01', '--cluster', 'a'],
    ['inventory', 'places'],
    ['revocation', 'preview', join(import.meta.dirname, '../../fixtures/revocation/article.yaml')],
  ])('prints the same JSON as in English: %s %s', (...words) => {
    writeFileSync(join(folder, 'evidence.log'), evidence);
    const runJson = (language: string): string => {
      const { code, out, notices } = program.run([...words, '--json', '--now', NOW], { LANG: language });
      expect(code, notices).toBeLessThan(2);
      return out;
    };
    expect(runJson('ja_JP.UTF-8')).toBe(runJson('en_US.UTF-8'));
  });

  test('finds articles by words in any language, and prints them in the output language', () => {
    const { out } = program.run(['knowledge', 'search', 'token'], { LANG: 'ja_JP.UTF-8' });
    expect(out).toContain('トークン');
    expect(arcwarden('knowledge', 'search', 'トークン').out).toContain('token');
  });

  test('writes a sample’s README in every language', () => {
    const { code, notices } = program.run(['sample', '--out', 'sample-ja', '--clusters', '1', '--now', NOW], {
      LANG: 'ja_JP.UTF-8',
    });
    expect(code, notices).toBe(0);
    const readme = readFileSync(join(folder, 'sample-ja', 'README.txt'), 'utf8');
    expect(readme).toMatch(/[a-z] [a-z]/u);
    expect(readme).toMatch(/[\p{Script=Hiragana}]/u);
  });
});

describe('arcwarden itself', () => {
  test('names the missing files in both languages if it was copied without them', () => {
    const alone = join(mkdtempSync(join(folder, 'alone-')), 'arcwarden.cjs');
    copyFileSync(program.file, alone);
    const { status, stdout, stderr } = spawnSync(process.execPath, [alone, '--version'], { encoding: 'utf8' });
    expect([status, stdout]).toEqual([2, '']);
    expect(stderr).toMatch(/^Arcwarden cannot start: .*Copy both\.\nArcwarden を起動できません。.*\n$/u);
  });

  test('prints its version and help, and refuses unknown words', () => {
    expect(arcwarden('--version').out).toBe(`${ARCWARDEN_VERSION}\n`);
    expect(arcwarden('--help')).toMatchObject({ code: 0, notices: '' });
    expect(arcwarden('frobnicate')).toMatchObject({ code: 2, out: '' });
  });

  test('refuses a data folder written by a newer version and leaves it unchanged', () => {
    const data = join(folder, 'data-newer');
    arcwarden('inventory', 'import', workstation.cloudconfig, '--data', data);
    const index = join(data, 'index.json');
    const text = JSON.stringify({ ...(JSON.parse(readFileSync(index, 'utf8')) as object), schema: 999 });
    writeFileSync(index, text);
    const { code, notices } = arcwarden('inventory', 'list', '--data', data);
    expect(code).toBe(2);
    expect(notices).toContain('newer');
    expect(readFileSync(index, 'utf8')).toBe(text);
  });
});

test.skipIf(!existsSync('/dev/full'))(
  'a full disk behind standard output is reported in one line on standard error, with exit code 3',
  () => {
    const full = openSync('/dev/full', 'w');
    try {
      const run = (stdio: StdioOptions, ...words: string[]) =>
        spawnSync(process.execPath, [program.file, ...words], { ...program.options(), stdio });
      const lastLine = (text: string) => text.split('\n').at(-2);
      const list = ['inventory', 'list', workstation.folder, '--now', NOW];
      const listed = run(['ignore', full, 'pipe'], ...list);
      expect({ code: listed.status, told: lastLine(listed.stderr) }).toEqual({
        code: 3,
        told: 'Arcwarden could not write to standard output (ENOSPC), so the output is incomplete.',
      });
      const japanese = run(['ignore', full, 'pipe'], ...list, '--lang', 'ja', '--csv');
      expect({ code: japanese.status, told: lastLine(japanese.stderr) }).toEqual({
        code: 3,
        told: '標準出力に書き込めませんでした (ENOSPC)。出力は途中で切れています。',
      });
      expect(run(['ignore', full, 'pipe'], '--version').status).toBe(3);
      expect(run(['ignore', full, 'pipe'], 'frobnicate').status).toBe(2);
      // Standard error cannot be written, so only the exit code reports the failure.
      expect(run(['ignore', 'pipe', full], ...list, '--state', 'nonsense').status).toBe(3);
      const file = join(folder, 'despite.csv');
      expect(run(['ignore', full, full], ...list, '--csv', '--out', file).status).toBe(3);
      expect(readFileSync(file, 'utf8')).toContain('apiserver');
    } finally {
      closeSync(full);
    }
  },
);

test.skipIf(process.platform === 'win32')(
  'a reader that closes the pipe early, such as head, causes no error message and leaves no temporary file',
  () => {
    const target = mkdtempSync(join(folder, 'out-'));
    const plan = `"${process.execPath}" "${program.file}" repair plan --failure F01 --failure F08 --cluster east --out "${target}/plan.ps1"`;
    // The reader closes the pipe before the program writes anything.
    const piped = spawnSync('sh', ['-c', `{ ${plan}; echo "code $?" >&2; } | :`], program.options());
    expect(piped.stderr).not.toContain('EPIPE');
    expect(piped.stderr).toContain('code 1');
    expect(readdirSync(target)).toEqual(['plan.ps1']);

    const closed = spawnSync('sh', ['-c', `${plan} --force >&-; echo "code $?"`], program.options());
    expect(readdirSync(target), closed.stderr).toEqual(['plan.ps1']);
  },
);

test.skipIf(process.platform === 'win32')(
  'a listing or a run continues to its end even if the reader closes the pipe early',
  { timeout: MANY_STARTS_MS },
  () => {
    const data = join(mkdtempSync(join(folder, 'piped-')), 'data');
    arcwarden('sample', '--out', join(data, '../files'));
    // Without its marker, the demo fleet counts as real, and plans for it run on this computer.
    rmSync(join(data, '../files', SAMPLE_MARKER));
    arcwarden('inventory', 'import', join(data, '../files'), '--data', data);
    const programs = makeStandIns(mkdtempSync(join(folder, 'programs-')));
    programs.put('powershell.exe', "console.log('All is well.');");
    const runPiped = (...words: string[]): string => {
      const command = [process.execPath, program.file, ...words, '--data', data].map((word) => `'${word}'`).join(' ');
      // Standard error goes through the same pipe as standard output; the exit code goes into a file.
      const script = `{ ${command}; echo $? > "${data}/code"; } 2>&1 | head -n 1`;
      const options = program.options({ PATH: pathWith(programs) });
      const { stdout } = spawnSync('sh', ['-c', script], { ...options, encoding: 'utf8' });
      expect(stdout.split('\n')).toHaveLength(2);
      return readFileSync(join(data, 'code'), 'utf8').trim();
    };
    // The code is 1 because much of the sample has expired.
    expect(runPiped('inventory', 'list')).toBe('1');

    const run = ['repair', 'run', '--target', 'local', '--failure', 'F04', '--cluster', 'retail-east', '--yes'];
    expect(runPiped(...run)).toBe('0');
    const [kept = ''] = readdirSync(join(data, 'runs'));
    const { state, steps } = JSON.parse(readFileSync(join(data, 'runs', kept), 'utf8')) as {
      state: string;
      steps: { state: string }[];
    };
    expect([state, new Set(steps.map((step) => step.state))]).toEqual(['done', new Set(['done'])]);
  },
);
