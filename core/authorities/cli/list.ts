import { createAuthority } from '../operations/create.ts';
import { getDetails, summariseAuthority } from '../operations/view.ts';
import { openAuthorities } from '../store/store.ts';
import { AUTHORITY_KINDS } from '../../pki/model/authority.ts';
import type { AuthoritySummary } from '../model/view.ts';
import type { MessageKey } from '../../shared/text/text.ts';
import { changeAuthority, entryMeant, readAuthority, readStore, type Named } from './context.ts';
import { authorityRecord, entryWithPem, treeRecord, type AuthorityRecord } from './records.ts';
import { newPassphraseFor, passphraseFor, secondPassphrase } from './secrets.ts';
import { formatEntry, treeText } from './text.ts';
import { KEY_ALGORITHMS } from '../../shared/certificates/key-algorithm.ts';
import { foreignOption } from './values.ts';
import { choice, requireChoice, requireOption } from '../../shared/verb/values.ts';
import { answer } from '../../shared/verb/answer.ts';
import { tellFindings, findingsExitCode } from '../../shared/verb/findings.ts';
import { localTime } from '../../shared/verb/time.ts';
import type { Invocation } from '../../shared/verb/invocation.ts';
import { ownCommand } from '../../shared/verb/own-command.ts';
import { tabulate } from '../../shared/verb/table.ts';
import { EXIT, UsageError, type ExitCode } from '../../shared/verb/usage.ts';

type ListedAuthority = AuthorityRecord & Pick<AuthoritySummary, 'cas' | 'certificates'>;

export function authorityList(invocation: Invocation): Promise<ExitCode> {
  const { ports } = invocation;
  return readStore(invocation, async (store) => {
    const authorities: ListedAuthority[] = [];
    for (const authority of store.list()) {
      const { cas, certificates } = await summariseAuthority({ ports, store }, authority);
      authorities.push({ ...authorityRecord(authority), cas, certificates });
    }
    const findings = store.findings();
    answer(invocation, { authorities, findings }, listText(invocation, authorities));
    tellFindings(invocation, findings);
    return findingsExitCode(findings);
  });
}

function listText(invocation: Invocation, authorities: readonly ListedAuthority[]): string {
  const { translate } = invocation;
  if (authorities.length === 0) {
    const [name, kind] = [translate('cli.placeholder.name'), translate('cli.placeholder.kind')];
    const command = ownCommand(invocation, ['authority', 'new', name, '--kind', kind]);
    return translate('cli.authority.none', { command });
  }
  return tabulate(
    [
      translate('column.name'),
      translate('cli.column.kind'),
      { head: translate('authorities.fact.created'), align: 'right' },
      { head: translate('cli.column.cas'), align: 'right' },
      { head: translate('column.certificates'), align: 'right' },
      '',
    ],
    authorities.map((authority) => [
      authority.name,
      authority.kind,
      localTime(invocation, authority.createdAt),
      String(authority.cas),
      String(authority.certificates),
      authority.sample ? translate('cli.sample') : '',
    ]),
  );
}

export async function authorityNew(invocation: Invocation): Promise<ExitCode> {
  const { line, ports, world, words } = invocation;
  const [name = ''] = words;
  const kind = requireChoice(invocation, 'kind', AUTHORITY_KINDS);
  const cloudAgentFqdn = line.values['cloud-agent-fqdn'];
  if (kind !== 'moc' && cloudAgentFqdn !== undefined) throw foreignOption('cloud-agent-fqdn', kind);
  const request = { name, kind, keyAlgorithm: choice(invocation, 'key-algorithm', KEY_ALGORITHMS), cloudAgentFqdn };
  if (kind === 'moc') requireOption(invocation, 'cloud-agent-fqdn');
  const passphrase = await newPassphraseFor(invocation, name);
  return world.workAlone(invocation, openAuthorities, async (store) => {
    const authority = await createAuthority({ ports, store }, { ...request, passphrase });
    return tellTree(invocation, { ports, store, authority }, 'cli.authority.created');
  });
}

export function authorityTree(invocation: Invocation): Promise<ExitCode> {
  return readAuthority(invocation, (named) => tellTree(invocation, named));
}

export function authorityShow(invocation: Invocation): Promise<ExitCode> {
  return readAuthority(invocation, async (named) => {
    const { authority } = named;
    const entry = entryMeant(named, invocation.words[1]);
    const request = { authorityId: authority.id, entryId: entry.id };
    const { serial, fingerprintSha1, findings } = getDetails(named, request);
    const record = entryWithPem(entry);
    const document = { authority: authorityRecord(authority), entry: record, serial, fingerprintSha1, findings };
    answer(invocation, document, [formatEntry(invocation, record), '', record.pem.trimEnd()].join('\n'));
    tellFindings(invocation, findings);
    return EXIT.fine;
  });
}

export async function authorityChangePassphrase(invocation: Invocation): Promise<ExitCode> {
  const { words, translate } = invocation;
  const [sought = ''] = words;
  const current = await passphraseFor(invocation, sought);
  const question = translate('cli.ask.new-passphrase', { authority: sought });
  const next = await secondPassphrase(invocation, 'new-passphrase-file', question);
  return changeAuthority(invocation, async ({ store, authority }) => {
    await store.getKeyring(authority.id).changePassphrase({ current, next });
    const text = translate('cli.authority.passphrase-changed', { name: authority.name });
    return answer(invocation, { authority: authorityRecord(authority) }, text);
  });
}

export async function tellTree(invocation: Invocation, named: Named, sentence?: MessageKey): Promise<ExitCode> {
  const record = await treeRecord(named);
  const { name } = named.authority;
  const head = sentence === undefined ? [] : [invocation.translate(sentence, { name }), ''];
  return answer(invocation, record, [...head, treeText(invocation, record)].join('\n'));
}

export async function authorityRemove(invocation: Invocation): Promise<ExitCode> {
  if (invocation.line.values.yes !== true) throw new UsageError('cli.usage.not-confirmed');
  return changeAuthority(invocation, async ({ store, authority }) => {
    await store.remove(authority.id);
    const text = invocation.translate('cli.authority.removed', { name: authority.name });
    return answer(invocation, { removed: authorityRecord(authority) }, text);
  });
}
