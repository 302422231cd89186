import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { AUTHORITY_VERBS } from '../../../../core/authorities/cli/verbs.ts';
import { OPTIONS } from '../../../../core/shared/verb/options.ts';
import { PASSPHRASE } from '../operations/scenario.ts';
import { emptyWorld, worldWith } from '../../cli/test-world.ts';
import { dropTrail } from '../../../support/trail.ts';

const VERBS = AUTHORITY_VERBS.map(({ name, options = [] }) => ({ words: name.join(' '), options }));

describe('a refusal has exit code 2, names the fault, and prints nothing to standard output', () => {
  test.each<[string, string]>([
    ['authority', 'authority'],
    ['authority frobnicate', 'authority frobnicate'],
    ['authority identity', 'authority identity'],
    ['authority identity drop', 'authority identity drop'],
    ['authority list x', 'authority list'],
    ['authority list --kind moc', '--kind'],
    ['authority new --kind moc', 'authority new NAME'],
    ['authority new x', '--kind'],
    ['authority new x --kind azure', '--kind'],
    ['authority new x --kind moc', '--cloud-agent-fqdn'],
    ['authority new x --kind moc --key-algorithm rsa-1024', '--key-algorithm'],
    ['authority new x --kind kubernetes --cloud-agent-fqdn a.example', '--cloud-agent-fqdn'],
    ['authority remove x', '--yes'],
    ['authority tree', 'authority tree NAME'],
    ['authority show x', 'authority show NAME ENTRY'],
    ['authority change-passphrase', 'authority change-passphrase NAME'],
    ['authority issue x', 'authority issue NAME PROFILE'],
    ['authority issue x admin y', 'authority issue NAME PROFILE'],
    ['authority issue x frobnicator', 'PROFILE'],
    ['authority issue x admin --value node', '--value'],
    ['authority issue x admin --value =a', '--value'],
    ['authority issue x admin --validity 4', '--validity'],
    ['authority issue x admin --validity 40y', 'at most 30y'],
    ['authority issue x admin --validity', '--validity'],
    ['authority issue x admin --out y', '--out'],
    ['authority sign-csr x admin', 'authority sign-csr NAME PROFILE FILE'],
    ['authority sign-csr x nothing y', 'PROFILE'],
    ['authority judge-csr', 'authority judge-csr FILE'],
    ['authority judge-csr x --node worker-1', '--node'],
    ['authority judge-csr x --node worker-1=300.0.0.1', '300.0.0.1'],
    ['authority judge-csr x --node worker-1=10.0.0.0/24', '10.0.0.0/24'],
    ['authority judge-csr x --node Worker_1=10.0.0.1', 'Worker_1'],
    ['authority judge-csr x --longest 4', '--longest'],
    ['authority renew x', 'authority renew NAME ENTRY'],
    ['authority renew x y --due', 'authority renew NAME --due'],
    ['authority renew x y --watch', 'authority renew NAME --due'],
    ['authority renew x --due --watch --dry-run', '--dry-run'],
    ['authority rotate-ca', 'authority rotate-ca NAME'],
    ['authority revoke x', 'authority revoke NAME ENTRY'],
    ['authority revoke x y --reason removeFromCRL', '--reason'],
    ['authority revoke x y --invalidity-date yesterday', '--invalidity-date'],
    ['authority crl x y', '--out'],
    ['authority verify x', 'authority verify NAME ENTRY'],
    ['authority verify x y z', 'authority verify NAME ENTRY'],
    ['authority verify x y --chain z', '--chain'],
    ['authority verify x y --purpose mail', '--purpose'],
    ['authority verify x y --at noon', '--at'],
    ['authority verify', '--chain'],
    ['authority verify --chain x', '--roots'],
    ['authority verify --chain= --roots x', '--chain'],
    ['authority export x y --out z', '--format'],
    ['authority export x y --format pem', '--out'],
    ['authority export x y --format jks --out z', '--format'],
    ['authority export x y --format der --out z --with-key', '--with-key'],
    ['authority export x y --format pem --out z --encryption 3des', '--encryption'],
    ['authority export x y --format pem --out z --server https://a', '--server'],
    ['authority export x y --format kubeconfig --out z', '--server'],
    ['authority export x y --format pfx --out z --encryption rc2', '--encryption'],
    ['authority export x y --format pfx --out z', '--export-passphrase-file'],
    ['authority export x y --format pfx --out z --passphrase-file - --export-passphrase-file -', 'standard input'],
    ['authority identity list', 'authority identity list NAME'],
    ['authority identity new x y', '--out'],
    ['authority identity new x y --out z --client-type Robot', '--client-type'],
    ['authority identity new x y --out z --token-days 0', '--token-days'],
    ['authority identity login x y --out z', '--login-file'],
    ['authority identity login x y --login-file z', '--out'],
    ['authority identity rotate x y', '--out'],
    ['authority identity revoke x', 'authority identity revoke NAME IDENTITY'],
    ['authority identity reinstate x y', '--out'],
    ['authority role add x y', '--file'],
    ['authority role assign x y', 'authority role assign NAME IDENTITY ROLE'],
    ['authority role assign x y z --provider VM', 'VirtualMachine'],
    ['authority role assign x y z --group a --group b', '--group'],
    ['authority role unassign x y z --location=', '--location'],
    ['authority may x read', 'authority may NAME [IDENTITY] ACTION PROVIDER'],
    ['authority may x y read Machine', 'PROVIDER'],
    ['authority may x y sign VirtualMachine', 'create, read, update, delete'],
    ['authority token create', '--show-token'],
    ['authority token create --secret x --server https://a', '--kubeconfig'],
    ['authority token create x --secret y', '--kubeconfig'],
    ['authority token create --kubeconfig x', '--server'],
    ['authority token create --kubeconfig x --server https://a', '--cluster-name'],
    ['authority token create --kubeconfig x --server https://a --cluster-name b', '--ca'],
    ['authority token create --secret x --lifetime soon', '--lifetime'],
    ['authority token check x', '--token-file'],
    ['authority create --out x', '--file'],
    ['authority create -f x', '--out'],
  ])('%s', async (line, named) => {
    const world = emptyWorld();
    const { code, out, notices } = await world.run(...line.split(' '));
    expect(code).toBe(2);
    expect(out).toBe('');
    expect(notices).toContain(named);
    expect(notices).not.toMatch(/\{\w/u);
    expect(dropTrail(world.files.paths())).toEqual([]);
  });

  test.each([
    ['authority tree x', 'x'],
    ['authority issue x admin', 'x'],
    ['authority renew retail-east scheduler', 'retail-east'],
    ['authority renew retail-east 0123', 'retail-east'],
    ['authority rotate-ca retail-east', 'retail-east'],
    ['authority identity list retail-east', 'retail-east'],
    ['authority identity new retail-east y --out z', 'retail-east'],
    ['authority issue retail-east mocctl --value identity=a', 'cloud-agent-ca'],
    ['authority issue retail-east etcd-peer', 'node'],
    ['authority issue retail-east apiserver --value nod=a', 'Its values: node, node-ip, endpoint,'],
    ['authority issue retail-east admin --value nod=a', 'It has no values.'],
    ['authority revoke retail-east etcd-ca', 'CN=etcd-ca'],
    ['authority sign-csr retail-east admin nowhere', 'nowhere'],
    ['authority judge-csr nowhere', 'nowhere'],
    ['authority verify --chain nowhere --roots nowhere', 'nowhere'],
    ['authority export retail-east etcd-ca --format kubeconfig --server http://a --out z', 'http://a'],
    ['authority token check nowhere --token-file token', 'nowhere'],
    ['authority token create retail-east --kubeconfig x --server https://a/b', 'https://a/b'],
    ['authority token create retail-east --kubeconfig x --server https://a --ca y', '--ca'],
    ['authority create -f nowhere --out z', 'nowhere'],
  ])('%s', async (line, named) => {
    const world = (await worldWith('kubernetes')).put('token', 'a');
    const before = dropTrail(world.files.paths());
    const { code, out, notices } = await world.run(...line.split(' '));
    expect(code).toBe(2);
    expect(out).toBe('');
    expect(notices).toContain(named);
    expect(dropTrail(world.files.paths())).toEqual(before);
  });
});

describe('the passphrase', () => {
  const issue = ['authority', 'issue', 'retail-east', 'admin'];

  test.each<[string, string | Uint8Array, number]>([
    ['as Unix writes it', `${PASSPHRASE}\n`, 0],
    ['as Windows writes it, with more lines below', `${PASSPHRASE}\r\nnotes\r\n`, 0],
    ['with a byte order mark', `\ufeff${PASSPHRASE}`, 0],
    ['in UTF-16 as PowerShell writes it', Buffer.from(`\ufeff${PASSPHRASE}\r\n`, 'utf16le'), 0],
    ['with a space that does not belong to it', `${PASSPHRASE} \n`, 2],
    ['without content', '', 2],
  ])('is read from a file %s', async (_title, content, code) => {
    const world = (await worldWith('kubernetes')).put('secret.txt', content);
    world.environment.set('ARCWARDEN_PASSPHRASE', 'the file goes before the environment');
    expect((await world.run(...issue, '--passphrase-file', 'secret.txt')).code).toBe(code);
  });

  test.each([
    [0o644, ['644', 'every user of the computer', 'chmod 600']],
    [0o666, ['666', 'every user of the computer', 'chmod 600']],
    [0o640, ['640', 'its group', 'chmod 600']],
  ])('causes a warning if it comes from a file of mode %o', async (mode, said) => {
    const { code, notices } = await issueWithMode(mode);
    expect(code).toBe(0);
    for (const part of ['/folder/secret.txt', ...said]) expect(notices).toContain(part);
    expect(notices).not.toContain(PASSPHRASE);
  });

  test.each([0o600, 0o400, undefined])('causes no warning if only the owner can read its file: %o', async (mode) => {
    const { code, notices } = await issueWithMode(mode);
    expect(code).toBe(0);
    expect(notices).not.toContain('secret.txt');
  });

  async function issueWithMode(mode: number | undefined) {
    const world = (await worldWith('kubernetes')).put('secret.txt', `${PASSPHRASE}\n`);
    world.environment.clear();
    const facts = world.files.facts.bind(world.files);
    world.files.facts = async (path) => ({ ...(await facts(path)), ...(mode !== undefined && { mode }) });
    return world.run(...issue, '--passphrase-file', 'secret.txt');
  }

  test('is read from standard input', async () => {
    const world = await worldWith('kubernetes');
    world.input = `${PASSPHRASE}\n`;
    world.environment.clear();
    expect((await world.run(...issue, '--passphrase-file', '-')).code).toBe(0);
  });

  test('is requested on a terminal before anything is opened', async () => {
    const world = await worldWith('kubernetes');
    world.environment.set('ARCWARDEN_PASSPHRASE', '');
    world.typed = { answers: [PASSPHRASE] };
    expect((await world.run(...issue)).code).toBe(0);
    expect(world.questions).toEqual(['Passphrase of “retail-east”:']);
    world.typed = { answers: undefined };
    expect(await world.run(...issue, '--lang', 'ja')).toMatchObject({ code: 2, out: '' });
    expect(world.questions[1]).toBe('「retail-east」のパスフレーズ:');
    expect(world.opened).toEqual(['alone']);
  });

  test('is requested twice for a new authority, and both answers must match', async () => {
    const world = emptyWorld();
    const create = ['authority', 'new', 'a', '--kind', 'kubernetes'];
    world.typed = { answers: [PASSPHRASE, 'another passphrase'] };
    expect(await world.run(...create)).toMatchObject({ code: 2, out: '' });
    expect(world.opened).toEqual([]);
    world.typed = { answers: [PASSPHRASE, PASSPHRASE] };
    expect((await world.run(...create)).code).toBe(0);
    expect(world.questions.slice(2)).toEqual(['New passphrase for “a”:', 'Repeat the passphrase:']);
  });

  test('is reported as missing without a terminal', async () => {
    const world = await worldWith('kubernetes');
    world.environment.clear();
    const { code, notices } = await world.run(...issue);
    expect(code).toBe(2);
    expect(notices).toContain('ARCWARDEN_PASSPHRASE');
  });

  test('is refused if it is wrong, and is not printed', async () => {
    const world = await worldWith('kubernetes');
    world.environment.set('ARCWARDEN_PASSPHRASE', 'eight maids a-milking');
    const { code, notices } = await world.run(...issue);
    expect(code).toBe(2);
    expect(notices).toContain('retail-east');
    expect(notices).not.toContain('maids');
  });

  test('cannot be given as an option, since other processes can read options', () => {
    expect(Object.keys(OPTIONS)).not.toContain('passphrase');
  });
});

describe('help', () => {
  test('lists all options of one command, all commands of a group, and an overview of everything', async () => {
    const world = emptyWorld();
    const issue = (await world.run('authority', 'issue', '--help')).out;
    expect(issue).toContain('--validity DURATION');
    expect(issue).not.toContain('authority revoke');
    const group = (await world.run('help', 'authority', 'identity')).out;
    expect(group.match(/arcwarden authority identity \w+/gu)).toHaveLength(6);
    expect(group).not.toContain('authority token');
    const everything = (await world.run('--help')).out;
    for (const { words } of VERBS) expect(everything).toContain(`arcwarden ${words}`);
    expect(everything).not.toContain('--validity');
  });
});

describe('docs/authorities.md', () => {
  const text = readFileSync(join(import.meta.dirname, '../../../../docs/authorities.md'), 'utf8');

  test('has examples that contain only existing fields', async () => {
    const world = await worldWith('kubernetes');
    const issued = await world.json<Record<string, object>>(0, ...['authority', 'issue', 'retail-east', 'super-admin']);
    await world.json(0, 'authority', 'revoke', 'retail-east', 'super-admin');
    const crl = ['authority', 'crl', 'retail-east', 'cluster-ca', '--out', 'x'];
    const verify = ['authority', 'verify', 'retail-east', 'etcd-ca', '--name', 'a'];
    const token = ['authority', 'token', 'create', '--secret', 'x'];
    const moc = await worldWith('moc');
    const identity = ['authority', 'identity', 'new', 'moc-east', 'a', '--out', 'x'];
    const { identity: made } = await moc.json<{ identity: object }>(0, ...identity);
    const told = [
      issued,
      await world.json(0, ...crl),
      await world.json(1, ...verify),
      made,
      await world.json(0, ...token),
    ].map((document) => fieldNames(document));
    const examples = [...text.matchAll(/```json\n([^]*?)```/gu)].map(([, json = '']) =>
      fieldNames(JSON.parse(json) as object),
    );
    for (const fields of told) expect(examples).toContainEqual(fields);
  });
});

/** Returns a document without its values: only its field names and those of the objects directly in it. */
function fieldNames(document: object, depth = 1): object {
  return Object.fromEntries(
    Object.entries(document)
      .filter(([name]) => name !== 'authority')
      .map(([name, value]: [string, unknown]) => {
        const isMapping = typeof value === 'object' && value !== null && !Array.isArray(value);
        return [name, isMapping && depth > 0 ? fieldNames(value, depth - 1) : ''] as const;
      }),
  );
}
