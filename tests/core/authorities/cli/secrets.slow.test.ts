import { createPrivateKey } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { terminalPrompt } from '../../../../core/authorities/cli/prompt.ts';
import { openAuthorities } from '../../../../core/authorities/store/store.ts';
import { DATA, LOW_COST, PASSPHRASE } from '../operations/scenario.ts';
import { worldWith, type TestWorld } from '../../cli/test-world.ts';

const SERVER = 'https://172.16.255.14:6443';
const EXPORT_PASSPHRASE = 'nine ladies dancing';

const CHUNK = 18;

/** Returns pieces of the secret numbers of every stored private key, as hex and as Base64 at every possible offset. */
async function keyPieces({ ports }: TestWorld): Promise<string[]> {
  const store = await openAuthorities(ports, DATA, { readOnly: true, scryptCost: LOW_COST });
  const pieces: string[] = [];
  for (const { id } of store.list()) {
    const keyring = store.getKeyring(id);
    await keyring.unlock(PASSPHRASE);
    for (const keyId of await keyring.keyIds()) {
      const key = Buffer.from(ports.keys.exportPrivateKey(await keyring.key(keyId), 'pkcs8'));
      const { d, p, q } = createPrivateKey({ key, format: 'der', type: 'pkcs8' }).export({ format: 'jwk' });
      for (const secret of [d, p, q]) pieces.push(...secretPieces(Buffer.from(secret ?? '', 'base64url')));
    }
  }
  return pieces;
}

function secretPieces(secret: Buffer): string[] {
  const pieces: string[] = [];
  for (let at = 0; at + CHUNK + 2 <= secret.length; at += CHUNK) {
    pieces.push(secret.subarray(at, at + CHUNK).toString('hex'));
    for (const shift of [0, 1, 2]) pieces.push(secret.subarray(at + shift, at + shift + CHUNK).toString('base64'));
  }
  return pieces;
}

function leaks(everything: string, secrets: readonly string[]): string[] {
  return secrets.filter((secret) => everything.includes(secret));
}

/** Runs every command twice, as text and as JSON in Japanese, and returns the whole output. */
async function collectOutput(world: TestWorld, commands: readonly string[]): Promise<string> {
  const said: string[] = [];
  for (const command of commands) {
    for (const more of [[], ['--json', '--lang', 'ja']]) {
      const { out, notices } = await world.run(...command.split(' '), ...more);
      said.push(out, notices);
    }
  }
  return said.join('\n');
}

describe('no passphrase, private key or token', () => {
  test('of a cluster is printed by a command or stored unencrypted', async () => {
    const world = (await worldWith('kubernetes')).put('pfx.txt', EXPORT_PASSPHRASE);
    const admin = 'authority export retail-east super-admin --format';
    const issued = await world.run('authority', 'issue', 'retail-east', 'super-admin');
    const said = await collectOutput(world, [
      'authority list',
      'authority tree retail-east',
      'authority renew retail-east super-admin',
      'authority verify retail-east super-admin',
      'authority issue retail-east admin --passphrase-file pfx.txt',
      `${admin} pem --with-key --out a.pem`,
      `${admin} pfx --encryption 3des --export-passphrase-file pfx.txt --out a.pfx`,
      `${admin} kubeconfig --server ${SERVER} --out a.conf`,
      'authority crl retail-east cluster-ca --out a.crl',
      `authority token create retail-east --secret s.yaml --kubeconfig k.conf --server ${SERVER}`,
      'authority token check s.yaml --token-file a.pem',
    ]);
    const token = /token-secret: "?(\w+)/u.exec(await world.text('s.yaml'))?.[1] ?? '';
    const data = world.files.paths().filter((path) => path.startsWith(DATA));
    const kept = await Promise.all(data.map((path) => world.files.read(path, Infinity)));
    const everything = issued.out + said + Buffer.concat(kept).toString('latin1');
    expect(token).not.toBe('');
    const pieces = await keyPieces(world);
    expect(leaks(everything, [PASSPHRASE, EXPORT_PASSPHRASE, token, ...pieces])).toEqual([]);
    // Proves that the search works: it finds the pieces in a PEM export that contains the key.
    expect(leaks(await world.text('a.pem'), pieces)).not.toEqual([]);
  });

  test('of a cloud agent is printed by a command or stored unencrypted', async () => {
    const world = await worldWith('moc');
    const login = 'authority identity login moc-east admin2 --login-file';
    const said = await collectOutput(world, [
      'authority identity new moc-east admin2 --out login.yaml',
      `${login} login.yaml --out cloudconfig`,
      'authority identity rotate moc-east admin2 --out new.yaml',
      `${login} login.yaml --out x`,
      `${login} cloudconfig --out x`,
      'authority identity revoke moc-east admin2',
      'authority identity reinstate moc-east admin2 --out again.yaml',
      'authority identity list moc-east',
      'authority tree moc-east',
    ]);
    const files = ['login.yaml', 'new.yaml', 'again.yaml'];
    const tokens = await Promise.all(
      files.map(async (file) => /^token: (\S+)$/mu.exec(await world.text(file))?.[1] ?? ''),
    );
    const parts = tokens.flatMap((token) => token.split('.').slice(1));
    expect(parts).toHaveLength(6);
    const data = world.files.paths().filter((path) => path.startsWith(DATA));
    const kept = await Promise.all(data.map((path) => world.files.read(path, Infinity)));
    const everything = said + Buffer.concat(kept).toString('latin1');
    const pieces = await keyPieces(world);
    expect(leaks(everything, [PASSPHRASE, ...parts, ...pieces])).toEqual([]);
    const access = Buffer.from(await world.text('cloudconfig'));
    const key = JSON.parse(access.toString()) as { ClientKey: string };
    expect(leaks(Buffer.from(key.ClientKey, 'base64').toString(), pieces)).not.toEqual([]);
  });
});

describe('a passphrase prompt on the terminal', () => {
  class Terminal {
    shown = '';
    readonly modes: boolean[] = [];
    #listener: ((text: string) => void) | undefined;

    setRawMode(raw: boolean): void {
      this.modes.push(raw);
      this.shown += raw ? '<raw>' : '<cooked>';
    }
    setEncoding(): void {}
    resume(): void {}
    pause(): void {
      this.shown += '<paused>';
    }
    on(_event: 'data', listener: (text: string) => void): void {
      this.#listener = listener;
    }
    off(): void {
      this.#listener = undefined;
    }
    type(text: string): void {
      this.#listener?.(text);
    }
    write(text: string): void {
      this.shown += text;
    }
  }

  async function answers(chunks: readonly string[], questions = ['One:']) {
    const terminal = new Terminal();
    const answered = terminalPrompt(terminal, terminal)(questions);
    for (const chunk of chunks) terminal.type(chunk);
    return { given: await answered, shown: terminal.shown };
  }

  test('does not echo the answer, and appears only once echo is off', async () => {
    const { given, shown } = await answers(['se', 'cret\r']);
    expect(given).toEqual(['secret']);
    expect(shown).toBe('<raw>One: \n<cooked><paused>');
  });

  test('accepts several answers, even if they arrive together', async () => {
    const { given, shown } = await answers(['one\ntwo\nthree'], ['One:', 'Two:']);
    expect(given).toEqual(['one', 'two']);
    expect(shown).toBe('<raw>One: \nTwo: \n<cooked><paused>');
  });

  test.each([
    ['a deleted character', ['a', '漢\u007f', 'b\u0008c\r'], ['ac']],
    ['arrows and other keys', ['a\u001b[D\u001b[3~\u001bOPb\t\r'], ['ab']],
    ['nothing', ['\r'], ['']],
    ['Ctrl+C', ['ab\u0003'], undefined],
    ['Ctrl+D before any input', ['\u0004'], undefined],
    ['Ctrl+D after some input, which does nothing', ['a\u0004b\r'], ['ab']],
  ])('accepts %s', async (_title, chunks, given) => {
    expect((await answers(chunks)).given).toEqual(given);
  });
});
