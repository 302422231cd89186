import {
  authoritiesIn,
  checkTokenFile,
  createTokenFiles,
  type BootstrapCluster,
  type TokenFiles,
} from '../operations/bootstrap-files.ts';
import { BOOTSTRAP_GROUP, bootstrapUserName } from '../../shared/secrets/bootstrap-token.ts';
import { bootstrapTokenText } from '../../formats/kubernetes/bootstrap-token-secret.ts';
import { readAuthority } from './context.ts';
import { firstLine } from '../../inventory/cli/secret-file.ts';
import { tellRights } from './text.ts';
import { duration, foreignOption } from './values.ts';
import { requirePath, path, requireOption } from '../../shared/verb/values.ts';
import { answer } from '../../shared/verb/answer.ts';
import { tellFindings } from '../../shared/verb/findings.ts';
import { localTime } from '../../shared/verb/time.ts';
import type { Invocation } from '../../shared/verb/invocation.ts';
import { EXIT, UsageError, type ExitCode } from '../../shared/verb/usage.ts';

const NEVER = 'never';

export async function tokenCreate(invocation: Invocation): Promise<ExitCode> {
  const { line, ports, translate } = invocation;
  const { description } = line.values;
  const secretPath = path(invocation, 'secret');
  const kubeconfigPath = path(invocation, 'kubeconfig');
  const isShown = line.values['show-token'] === true;
  if (secretPath === undefined && kubeconfigPath === undefined && !isShown)
    throw new UsageError('cli.usage.token-goes-nowhere');
  const request: TokenFiles = {
    lifetimeMs: line.values.lifetime === NEVER ? null : duration(invocation, 'lifetime'),
    extraGroups: line.values.group ?? [],
    description,
    secretPath,
    kubeconfig: await readKubeconfig(invocation, kubeconfigPath),
  };
  const token = await createTokenFiles(ports, request);
  const { id, expiration = null, extraGroups } = token;
  const files = Object.entries({ secret: secretPath, kubeconfig: kubeconfigPath }).flatMap(([kind, path]) =>
    path === undefined ? [] : [{ kind, path }],
  );
  const document = {
    token: {
      id,
      username: bootstrapUserName(id),
      groups: [BOOTSTRAP_GROUP, ...extraGroups],
      expiration,
      description: description ?? null,
    },
    files,
    value: isShown ? bootstrapTokenText(token) : undefined,
  };
  const until = localTime(invocation, expiration);
  const text = [
    translate('cli.token.created', { id, ends: expiration === null ? 'never' : 'yes', until }),
    ...files.map((file) => translate('cli.file.written', file)),
    ...(isShown ? [bootstrapTokenText(token)] : []),
  ];
  answer(invocation, document, text.join('\n'));
  for (const { path } of files) tellRights(invocation, path);
  return EXIT.fine;
}

async function readKubeconfig(
  invocation: Invocation,
  kubeconfigPath: string | undefined,
): Promise<TokenFiles['kubeconfig']> {
  const { line, words } = invocation;
  const { values } = line;
  if (kubeconfigPath === undefined) {
    const useless = (['server', 'ca', 'cluster-name'] as const).find((each) => line.values[each] !== undefined);
    if (useless !== undefined || words.length > 0)
      throw new UsageError('cli.usage.option-needed', { option: '--kubeconfig' });
    return undefined;
  }
  const server = requireOption(invocation, 'server');
  const cluster: BootstrapCluster =
    words.length > 0
      ? await findAuthorityCluster(invocation, server)
      : {
          clusterName: requireOption(invocation, 'cluster-name'),
          server,
          authorities: await authoritiesIn(invocation.ports, requirePath(invocation, 'ca')),
        };
  const foreign = words.length > 0 && values.ca !== undefined;
  if (foreign) throw foreignOption('ca', 'NAME');
  return { ...cluster, path: kubeconfigPath };
}

function findAuthorityCluster(invocation: Invocation, server: string): Promise<BootstrapCluster> {
  return readAuthority(invocation, async ({ authority }) => {
    const authorities = authority.entries
      .filter(({ profile, revoked }) => profile === 'cluster-ca' && revoked === undefined)
      .map(({ der }) => der);
    if (authorities.length === 0)
      throw new UsageError('cli.usage.no-certificate-authority', { authority: authority.name });
    const clusterName = invocation.line.values['cluster-name'] ?? authority.name;
    return { clusterName, server, authorities };
  });
}

export async function tokenCheck(invocation: Invocation): Promise<ExitCode> {
  const { ports, paths, translate } = invocation;
  const token = (await firstLine(invocation, requireOption(invocation, 'token-file'))).trim();
  const { check, known, findings } = await checkTokenFile(ports, { path: paths[0] ?? '', token });
  const document = check.ok
    ? { accepted: true, username: check.username, groups: check.groups, reason: null }
    : { accepted: false, username: null, groups: [], reason: check.reason };
  const text = check.ok
    ? translate('cli.token.accepted', { username: check.username, groups: check.groups.join(', ') })
    : translate(`bootstrap-token.refused.${check.reason}`);
  answer(invocation, { ...document, known, findings }, text);
  tellFindings(invocation, findings);
  return check.ok ? EXIT.fine : EXIT.attention;
}
