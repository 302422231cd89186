import {
  createIdentityOperation,
  loginOperation,
  readLoginCredentials,
  reinstateIdentityOperation,
  revokeIdentityOperation,
  rotateIdentityOperation,
  type IdentityOperation,
} from '../operations/identities.ts';
import type { Authority } from '../../pki/model/authority.ts';
import { CLIENT_TYPES } from '../../pki/model/identity.ts';
import { ConsoleError } from '../../shared/problem.ts';
import type { MessageKey } from '../../shared/text/text.ts';
import { readAuthority, changeUnlocked, type Named } from './context.ts';
import { authorityRecord, entryWithPem, treeRecord } from './records.ts';
import { formatEntry, identitiesTable, tellRights } from './text.ts';
import { choice, requirePath, wholeNumber } from '../../shared/verb/values.ts';
import { answer } from '../../shared/verb/answer.ts';
import type { Invocation } from '../../shared/verb/invocation.ts';
import { EXIT, UsageError, type ExitCode } from '../../shared/verb/usage.ts';

export function identityList(invocation: Invocation): Promise<ExitCode> {
  return readAuthority(invocation, async (named) => {
    const { authority } = named;
    if (authority.cloudAgent === undefined)
      throw new ConsoleError('authority.not-cloud-agent', { authority: authority.name });
    const { identities } = await treeRecord(named);
    const isEmpty = identities.length === 0;
    const text = isEmpty ? invocation.translate('cli.identity.none') : identitiesTable(invocation, identities);
    return answer(invocation, { authority: authorityRecord(authority), identities }, text);
  });
}

export async function identityNew(invocation: Invocation): Promise<ExitCode> {
  const clientType = choice(invocation, 'client-type', CLIENT_TYPES) ?? 'ExternalClient';
  const tokenValidityDays = wholeNumber(invocation, 'token-days');
  const create: IdentityChange = (named, request) =>
    createIdentityOperation(named, { ...request, clientType, tokenValidityDays });
  return changeIdentity(invocation, 'cli.identity.created', create);
}

export function identityRotate(invocation: Invocation): Promise<ExitCode> {
  return changeIdentity(invocation, 'cli.identity.rotated', rotateIdentityOperation);
}

export function identityReinstate(invocation: Invocation): Promise<ExitCode> {
  return changeIdentity(invocation, 'cli.identity.reinstated', reinstateIdentityOperation);
}

export function identityRevoke(invocation: Invocation): Promise<ExitCode> {
  return changeIdentity(invocation, 'cli.identity.revoked', revokeIdentityOperation, false);
}

type IdentityChange = (named: Named, request: IdentityOperation) => Promise<Authority>;

async function changeIdentity(
  invocation: Invocation,
  sentence: MessageKey,
  change: IdentityChange,
  writesFile = true,
): Promise<ExitCode> {
  const path = writesFile ? requirePath(invocation, 'out') : undefined;
  const [, name = ''] = invocation.words;
  return changeUnlocked(invocation, async (named) => {
    const request = { authorityId: named.authority.id, identity: name, path: path ?? '' };
    const authority = await change(named, request);
    const { identities } = await treeRecord({ ...named, authority });
    const identity = identities.find((each) => each.name === name) ?? null;
    const document = { authority: authorityRecord(authority), identity, file: path === undefined ? null : { path } };
    answer(invocation, document, invocation.translate(sentence, { name, path: request.path }));
    if (path !== undefined) tellRights(invocation, path);
    return EXIT.fine;
  });
}

export async function identityLogin(invocation: Invocation): Promise<ExitCode> {
  const { line, ports, translate, words, world } = invocation;
  const identity = words[1] ?? '';
  const loginFile = requirePath(invocation, 'login-file');
  const path = requirePath(invocation, 'out');
  const computer = world.computer();
  const hostName = line.values['host-name'] ?? computer.name;
  const hostIp = line.values['host-ip'] ?? computer.ip;
  const credentials = await readLoginCredentials(ports, loginFile);
  if (credentials === undefined) throw new UsageError('cli.usage.no-login-file', { path: loginFile });
  const { name, token } = credentials;
  if (name !== identity) throw new UsageError('cli.usage.other-identity', { path: loginFile, name });
  return changeUnlocked(invocation, async (named) => {
    const authorityId = named.authority.id;
    const request = { authorityId, identity, token, hostName, hostIp, path };
    const { authority, entry } = await loginOperation(named, request);
    const record = entryWithPem(entry);
    const document = { authority: authorityRecord(authority), entry: record, file: { path } };
    const text = [translate('cli.identity.logged-in', { name, path }), formatEntry(invocation, record)];
    answer(invocation, document, text.join('\n'));
    tellRights(invocation, path);
    return EXIT.fine;
  });
}
