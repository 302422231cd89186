import type { IdentityOperation } from '../operations/identities.ts';
import { readLoginCredentials } from '../operations/login-file.ts';
import type { Authority } from '../../pki/model/authority.ts';
import { CLIENT_TYPES } from '../../pki/model/identity.ts';
import { ConsoleError } from '../../shared/problem.ts';
import type { MessageKey } from '../../shared/text/text.ts';
import { reading, signing, type Named } from './context.ts';
import { authorityRecord, entryWithPem, treeRecord } from './records.ts';
import { formatEntry, identitiesTable, tellRights } from './text.ts';
import { choice, neededPath, wholeNumber } from '../../shared/verb/values.ts';
import { answer } from '../../shared/verb/answer.ts';
import type { Invocation } from '../../shared/verb/invocation.ts';
import { EXIT, UsageError, type ExitCode } from '../../shared/verb/usage.ts';

/** `arcwarden authority identity list NAME` */
export function identityList(invocation: Invocation): Promise<ExitCode> {
  return reading(invocation, async (named) => {
    const { authority } = named;
    if (authority.cloudAgent === undefined)
      throw new ConsoleError('authority.not-cloud-agent', { authority: authority.name });
    const { identities } = await treeRecord(named);
    const isEmpty = identities.length === 0;
    const text = isEmpty ? invocation.translate('cli.identity.none') : identitiesTable(invocation, identities);
    return answer(invocation, { authority: authorityRecord(authority), identities }, text);
  });
}

/** `arcwarden authority identity new NAME IDENTITY --out FILE` */
export async function identityNew(invocation: Invocation): Promise<ExitCode> {
  const clientType = choice(invocation, 'client-type', CLIENT_TYPES) ?? 'ExternalClient';
  const tokenValidityDays = wholeNumber(invocation, 'token-days');
  return withLoginFile(invocation, 'cli.identity.created', (named, request) =>
    named.service.createIdentity({ ...request, clientType, tokenValidityDays }),
  );
}

/** `arcwarden authority identity rotate NAME IDENTITY --out FILE` */
export async function identityRotate(invocation: Invocation): Promise<ExitCode> {
  return withLoginFile(invocation, 'cli.identity.rotated', ({ service }, request) => service.rotateIdentity(request));
}

/** `arcwarden authority identity reinstate NAME IDENTITY --out FILE` */
export async function identityReinstate(invocation: Invocation): Promise<ExitCode> {
  return withLoginFile(invocation, 'cli.identity.reinstated', ({ service }, request) =>
    service.reinstateIdentity(request),
  );
}

async function withLoginFile(
  invocation: Invocation,
  sentence: MessageKey,
  work: (named: Named, request: IdentityOperation) => Promise<Authority>,
): Promise<ExitCode> {
  const path = neededPath(invocation, 'out');
  const identity = invocation.words[1] ?? '';
  return signing(invocation, async (named) => {
    const authority = await work(named, { authorityId: named.authority.id, identity, path });
    return tellIdentity(invocation, { ...named, authority }, { sentence, path });
  });
}

/** `arcwarden authority identity revoke NAME IDENTITY` */
export function identityRevoke(invocation: Invocation): Promise<ExitCode> {
  const identity = invocation.words[1] ?? '';
  return signing(invocation, async (named) => {
    const request = { authorityId: named.authority.id, identity };
    const authority = await named.service.revokeIdentity(request);
    return tellIdentity(invocation, { ...named, authority }, { sentence: 'cli.identity.revoked' });
  });
}

async function tellIdentity(
  invocation: Invocation,
  named: Named,
  { sentence, path }: { sentence: MessageKey; path?: string },
): Promise<ExitCode> {
  const { authority } = named;
  const [, name = ''] = invocation.words;
  const { identities } = await treeRecord(named);
  const identity = identities.find((each) => each.name === name) ?? null;
  const document = { authority: authorityRecord(authority), identity, file: path === undefined ? null : { path } };
  answer(invocation, document, invocation.translate(sentence, { name, path: path ?? '' }));
  if (path !== undefined) tellRights(invocation, path);
  return EXIT.fine;
}

/** `arcwarden authority identity login NAME IDENTITY --login-file FILE --out FILE` */
export async function identityLogin(invocation: Invocation): Promise<ExitCode> {
  const { line, ports, translate, words, world } = invocation;
  const identity = words[1] ?? '';
  const loginFile = neededPath(invocation, 'login-file');
  const path = neededPath(invocation, 'out');
  const computer = world.computer();
  const hostName = line.values['host-name'] ?? computer.name;
  const hostIp = line.values['host-ip'] ?? computer.ip;
  const credentials = await readLoginCredentials(ports, loginFile);
  if (credentials === undefined) throw new UsageError('cli.usage.no-login-file', { path: loginFile });
  const { name, token } = credentials;
  if (name !== identity) throw new UsageError('cli.usage.other-identity', { path: loginFile, name });
  return signing(invocation, async (named) => {
    const authorityId = named.authority.id;
    const request = { authorityId, identity, token, hostName, hostIp, path };
    const { authority, entry } = await named.service.login(request);
    const record = entryWithPem(entry);
    const document = { authority: authorityRecord(authority), entry: record, file: { path } };
    const text = [translate('cli.identity.logged-in', { name, path }), formatEntry(invocation, record)];
    answer(invocation, document, text.join('\n'));
    tellRights(invocation, path);
    return EXIT.fine;
  });
}
