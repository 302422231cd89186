/*
 * The part of a deployment that a repair can change: its credentials, and for each documented command, the conditions
 * under which it works and the credentials that it restores. The model is based on published facts and independent of
 * the planner. A platform is one deployment: its hosts, the management cluster and one workload cluster.
 *
 * Two repairs are left out, because no source states their conditions: that of the cloud agent's own CA, and that of an
 * expired control plane of the management cluster.
 */

export const CREDENTIALS = [
  // Hosts
  'mocctl',
  'kvactl',
  'kvactl-token',
  'node-agent',
  'node-agent-token',
  'caph',
  // Management cluster
  'management-kubeconfig',
  'management-kms',
  'management-kms-token',
  // Workload cluster
  'cluster-ca',
  'apiserver',
  'kubelet-server',
  'kms',
  'kms-token',
  'csi',
  'load-balancer',
  'kubeconfig',
] as const;
export type CredentialName = (typeof CREDENTIALS)[number];

/** Only `kvactl` can be absent: from the deletion of its file until its next login. */
export type Condition = 'valid' | 'expired' | 'absent';

export interface Platform {
  credentials: Readonly<Record<CredentialName, Condition>>;
  /**
   * Whether the plugin of a cluster was started and could not log in, so that the API server cannot start. Possible
   * only if the token of the plugin has expired.
   */
  isKmsDown: { readonly management: boolean; readonly workload: boolean };
  /** The remedy that restores the serving certificate of a kubelet. The sources contradict each other. */
  servingBy: 'cloud' | 'kubelet';
  /**
   * Whether the cmdlet reports a repair of the control plane but does nothing, as with builds up to 1.0.14 and machine
   * names without `-control-plane-` (Azure/aksArc issue 233). Possible only if the control plane needs a repair.
   */
  isWithoutEffect: boolean;
}

export type ClusterName = 'management' | 'workload';

export function isValid({ credentials }: Pick<Platform, 'credentials'>, name: CredentialName): boolean {
  return credentials[name] === 'valid';
}

export function isApiServerUp(platform: Platform, cluster: ClusterName): boolean {
  if (platform.isKmsDown[cluster]) return false;
  return cluster === 'management' || (isValid(platform, 'apiserver') && isValid(platform, 'cluster-ca'));
}

/** Returns whether kvactl works. Without a certificate, it logs in with its token. */
function canUseKvactl(platform: Platform): boolean {
  const { kvactl, 'kvactl-token': token } = platform.credentials;
  return kvactl === 'valid' || (kvactl === 'absent' && token === 'valid');
}

/** Lists the reasons why a command does not work now; empty if it works. */
export type Needs = (platform: Platform) => string[];

export interface Action {
  needs: Needs;
  restores: readonly CredentialName[];
  does: (platform: Platform) => Platform;
}

function renew(platform: Platform, names: readonly CredentialName[]): Platform {
  const renewed = Object.fromEntries(names.map((name) => [name, 'valid' as const]));
  const isWithoutEffect = platform.isWithoutEffect && !names.includes('apiserver');
  return { ...platform, isWithoutEffect, credentials: { ...platform.credentials, ...renewed } };
}

/** Renews the credentials on the control-plane machines, as the cmdlet does and as an admin can do by hand. */
function reprovision(platform: Platform): Platform {
  return renew(platform, ['apiserver', ...(platform.servingBy === 'kubelet' ? (['kubelet-server'] as const) : [])]);
}

function unmetNeeds(...needs: readonly (readonly [isMet: boolean, need: string])[]): string[] {
  return needs.flatMap(([isMet, need]) => (isMet ? [] : [need]));
}

/** Lists the conditions that are not met for cmdlets that read from the management cluster. */
function managementNeeds(platform: Platform): string[] {
  return unmetNeeds(
    // Known issues: the update cmdlets report "You must be logged in to the server (Unauthorized)".
    [isValid(platform, 'management-kubeconfig'), 'a valid kubeconfig of the management cluster'],
    [isApiServerUp(platform, 'management'), 'the API server of the management cluster'],
  );
}

/** Lists the conditions that are not met for cmdlets that use kvactl. Source: Azure/aksArc issues 146 and 169. */
function kvactlNeeds(platform: Platform): string[] {
  return [...managementNeeds(platform), ...unmetNeeds([canUseKvactl(platform), 'a session of kvactl'])];
}

const OF_HOST = ['kvactl', 'kvactl-token', 'node-agent', 'node-agent-token', 'caph', 'management-kms'] as const;
const HOST_REPAIR = [...OF_HOST, 'management-kms-token'] as const;
const CLOUD_REPAIR = ['kms', 'kms-token', 'csi'] as const;

function loginKvactl(platform: Platform): Platform {
  return platform.credentials.kvactl === 'absent' ? renew(platform, ['kvactl']) : platform;
}

export const ACTIONS = {
  /** Source: Azure/aksArc issue 168. */
  'Repair-MocLogin': { needs: () => [], restores: ['mocctl'], does: (platform) => renew(platform, ['mocctl']) },
  /** Source: Azure/aksArc issues 173 and 365. The cmdlet connects to the cloud agent with mocctl's certificate. */
  'Repair-Moc': {
    needs: (platform) => unmetNeeds([isValid(platform, 'mocctl'), 'mocctl']),
    restores: ['node-agent', 'node-agent-token'],
    does: (platform) => renew(platform, ['node-agent', 'node-agent-token']),
  },
  /**
   * Source: the page of the cmdlet, which lists the credentials that it rotates. Issue 169 checks mocctl first, and
   * issue 146 removes kvactl's file first if it has expired.
   */
  'Update-AksHciCertificates': {
    needs: (platform) => [
      ...managementNeeds(platform),
      ...unmetNeeds(
        [isValid(platform, 'mocctl'), 'mocctl'],
        [
          canUseKvactl(platform) || !isValid(platform, 'kvactl-token'),
          'the expired access file of kvactl out of the way',
        ],
      ),
    ],
    restores: HOST_REPAIR,
    does: (platform) => renew(platform, HOST_REPAIR),
  },
  'fix-kubelet': {
    needs: (platform) => [
      ...kvactlNeeds(platform),
      ...unmetNeeds([isValid(platform, 'cluster-ca'), 'a valid cluster CA']),
    ],
    restores: ['apiserver', 'kubelet-server'],
    does: (platform) => (platform.isWithoutEffect ? loginKvactl(platform) : reprovision(loginKvactl(platform))),
  },
  /**
   * Source: Azure/aksArc issue 233 and the known issues: `cert-tattoo-provision` over SSH, for each of its files. It is
   * inferred that the effect is exactly that of the cmdlet.
   */
  'provision-by-hand': {
    needs: (platform) => unmetNeeds([isValid(platform, 'cluster-ca'), 'a valid cluster CA']),
    restores: ['apiserver', 'kubelet-server'],
    does: reprovision,
  },
  /** Source: Azure/aksArc issue 127: "failed to repair cluster certificates" while the API server is down. */
  'fix-cloud': {
    needs: (platform) => [
      ...kvactlNeeds(platform),
      ...unmetNeeds([isApiServerUp(platform, 'workload'), 'the API server of the workload cluster']),
    ],
    restores: [...CLOUD_REPAIR, 'kubelet-server'],
    does: (platform) =>
      renew(loginKvactl(platform), [
        ...CLOUD_REPAIR,
        ...(platform.servingBy === 'cloud' ? (['kubelet-server'] as const) : []),
      ]),
  },
  /**
   * Source: one row of the page "Update certificates". The renewal of the cluster includes the login of the load
   * balancer.
   */
  'patch-load-balancer': {
    needs: (platform) => [
      ...kvactlNeeds(platform),
      ...unmetNeeds([isApiServerUp(platform, 'workload'), 'the API server of the workload cluster']),
    ],
    restores: ['load-balancer'],
    does: (platform) => renew(loginKvactl(platform), ['load-balancer']),
  },
  'Get-AksHciCredential': {
    needs: (platform) => [
      ...kvactlNeeds(platform),
      ...unmetNeeds([isValid(platform, 'cluster-ca'), 'a valid cluster CA']),
    ],
    restores: ['kubeconfig'],
    does: (platform) => renew(loginKvactl(platform), ['kubeconfig']),
  },
  /** Source: the known issues. admin.conf of a control-plane machine is copied over the kubeconfig. */
  'copy-admin-conf': {
    needs: () => [],
    restores: ['management-kubeconfig'],
    does: (platform) => renew(platform, ['management-kubeconfig']),
  },
  /** Source: Azure/aksArc issue 146. */
  'delete-kvactl-file': {
    needs: () => [],
    restores: ['kvactl'],
    does: (platform) => ({ ...platform, credentials: { ...platform.credentials, kvactl: 'absent' } }),
  },
  'kms-by-hand management': rotateByHand('management', ['management-kms', 'management-kms-token']),
  'kms-by-hand workload': rotateByHand('workload', ['kms', 'kms-token']),
} as const satisfies Record<string, Action>;

export type ActionName = keyof typeof ACTIONS;

/**
 * Describes the manual rotation in the known issues: rotate with mocctl, copy the file to each control-plane machine,
 * and restart the container, which then logs in.
 */
function rotateByHand(cluster: ClusterName, restores: readonly CredentialName[]): Action {
  return {
    needs: (platform) => unmetNeeds([isValid(platform, 'mocctl'), 'mocctl']),
    restores,
    does: (platform) => {
      const isKmsDown = { ...platform.isKmsDown, [cluster]: false };
      return { ...renew(platform, restores), isKmsDown };
    },
  };
}

/** Returns whether an action has something to restore. Otherwise, the action only replaces valid credentials. */
export function isNeeded(name: ActionName, platform: Platform): boolean {
  const { restores }: Action = ACTIONS[name];
  if (restores.some((each) => !isValid(platform, each))) return true;
  return name.startsWith('kms-by-hand') && platform.isKmsDown[name.endsWith('management') ? 'management' : 'workload'];
}

/** Credentials that are replaced when a cluster is rebuilt, since no documented command renews its CA. */
const LOST_WITH_ITS_CA: readonly CredentialName[] = [
  'cluster-ca',
  ...(['apiserver', 'kubelet-server', 'kms', 'kms-token', 'csi', 'load-balancer', 'kubeconfig'] as const),
];

/** Lists the faults that a repair can remove. */
export function listFaults(platform: Platform): string[] {
  const isLost = !isValid(platform, 'cluster-ca');
  return [
    // An absent kvactl file is not a fault, since kvactl logs in at its next use.
    ...CREDENTIALS.filter(
      (name) => platform.credentials[name] === 'expired' && !(isLost && LOST_WITH_ITS_CA.includes(name)),
    ),
    ...(platform.isKmsDown.management ? ['API server of the management cluster'] : []),
    ...(platform.isKmsDown.workload && !isLost ? ['API server of the workload cluster'] : []),
  ];
}

/** Yields all platforms, or those whose credentials `isWanted` accepts. */
export function* platforms(
  isWanted: (platform: Pick<Platform, 'credentials'>) => boolean = () => true,
): Generator<Platform> {
  const count = 2 ** CREDENTIALS.length;
  for (let bits = 0; bits < count; bits += 1) {
    const credentials = Object.fromEntries(
      CREDENTIALS.map((name, at) => [name, (bits >> at) & 1 ? 'expired' : 'valid']),
    ) as Record<CredentialName, Condition>;
    if (!isWanted({ credentials })) continue;
    yield* expandHidden(credentials);
    if (credentials.kvactl === 'expired') yield* expandHidden({ ...credentials, kvactl: 'absent' });
  }
}

function* expandHidden(credentials: Platform['credentials']): Generator<Platform> {
  const tokenEffects = (name: CredentialName): boolean[] => (credentials[name] === 'expired' ? [false, true] : [false]);
  // The remedies “cloud” and “kubelet” have the same effect on a valid serving certificate.
  const remedies = credentials['kubelet-server'] === 'valid' ? (['cloud'] as const) : (['cloud', 'kubelet'] as const);
  const effects = credentials.apiserver === 'expired' ? [false, true] : [false];
  for (const management of tokenEffects('management-kms-token'))
    for (const workload of tokenEffects('kms-token'))
      for (const servingBy of remedies)
        for (const isWithoutEffect of effects)
          yield { credentials, isKmsDown: { management, workload }, servingBy, isWithoutEffect };
}

/** Finds the smallest number of actions that repair a platform, with a cache. */
export class Repairs {
  readonly #lengths = new Map<string, number>();

  /**
   * Returns the smallest number of actions; `Infinity` if the platform cannot be repaired. Each action removes a fault,
   * so the search ends.
   */
  shortest(platform: Platform): number {
    const key = platformKey(platform);
    const known = this.#lengths.get(key);
    if (known !== undefined) return known;
    const length = listFaults(platform).length === 0 ? 0 : 1 + Math.min(...this.#nextLengths(platform));
    this.#lengths.set(key, length);
    return length;
  }

  #nextLengths(platform: Platform): number[] {
    return (Object.keys(ACTIONS) as ActionName[]).flatMap((name) => {
      const { needs, does }: Action = ACTIONS[name];
      if (!isNeeded(name, platform) || needs(platform).length > 0) return [];
      const after = does(platform);
      return platformKey(after) === platformKey(platform) ? [] : [this.shortest(after)];
    });
  }
}

/**
 * Returns whether `platforms()` yields a platform: a plugin with a valid token is not down, and `isWithoutEffect` is
 * set only if a repair is needed.
 */
export function isReachable({ credentials, isKmsDown, isWithoutEffect }: Platform): boolean {
  return !(
    (isWithoutEffect && credentials.apiserver === 'valid') ||
    (isKmsDown.management && credentials['management-kms-token'] === 'valid') ||
    (isKmsDown.workload && credentials['kms-token'] === 'valid')
  );
}

export function platformKey({ credentials, isKmsDown, servingBy, isWithoutEffect }: Platform): string {
  const conditions = CREDENTIALS.map((name) => credentials[name][0]).join('');
  return `${conditions} ${isKmsDown.management ? 'm' : ''}${isKmsDown.workload ? 'w' : ''}${isWithoutEffect ? 'n' : ''} ${servingBy}`;
}
