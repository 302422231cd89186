/** What goes with a manifest: consequences to confirm, exposure, steps of the recovery, what a dry run takes for granted. */
export default {
  'revocation.consequence.future-certificates':
    'Every matching certificate that will ever be issued is revoked, too: the repair does not hold.',
  'revocation.consequence.not-yet-issued': 'Certificates that are issued before the cutoff is over are revoked, too.',
  'revocation.consequence.wide-suffix': 'Every name below a single label is taken in.',
  'revocation.consequence.all-api-servers':
    'No API server is left: each loses its certificate, or the one by which it reaches etcd.',
  'revocation.consequence.etcd': 'etcd loses the majority of its members, so that no API server answers any more.',
  'revocation.consequence.control-plane': 'Every certificate of a control plane is revoked.',
  'revocation.consequence.all-kubelets': 'Every kubelet loses its certificate.',
  'revocation.consequence.system-masters': 'Administrators and the clients of API servers lose their certificates.',
  'revocation.consequence.last-admin': 'No known credential of an administrator is left for the cluster.',
  'revocation.consequence.in': '{text} Clusters: {clusters}.',
  'revocation.consequence.inferred': '{text} Nothing of it is known here; certificates made by kubeadm are like that.',

  'revocation.enforcement':
    'Where the cluster checks a revocation is not public; name and timing point to the renewal. So take it that open connections go on, and that a certificate is accepted until it ends.',
  'revocation.exposure': 'A matched certificate may be accepted until {until} ({span} from now).',
  'revocation.exposure.none': 'No matched certificate that is still valid is known.',
  'revocation.meanwhile':
    'Until then: watch the audit log of the API server for the name, and take its rights away by RBAC. From system:masters no rights can be taken.',

  'revocation.title.mend': 'Mend the manifest',
  'revocation.title.find-resource': 'Look for the resource',
  'revocation.title.apply': 'Apply the manifest',
  'revocation.title.check-applied': 'Check the object',
  'revocation.title.wait': 'Wait until certificates are newer than the cutoff',
  'revocation.title.repair': 'Renew the control plane certificates',
  'revocation.title.credential': 'Fetch a new kubeconfig',
  'revocation.title.check-renewed': 'Check the renewals',
  'revocation.title.check-nodes': 'Check the nodes',

  'revocation.step.mend':
    'Mend the manifest first: with an entry that reaches what is yet to be issued, the repair does not hold.',
  'revocation.step.find-resource': 'See whether the cluster knows the resource, and by which name.',
  'revocation.step.apply': 'Apply the manifest: what it names is revoked by it.',
  'revocation.step.check-applied': 'See that it is there as it was written.',
  'revocation.step.wait':
    'Wait until {readyAt}: certificates are commonly backdated by five minutes and would count as older than the cutoff.',
  'revocation.step.repair':
    'Have the control plane’s certificates made anew. The article still names Repair-AksHciClusterCerts for this.',
  'revocation.step.check-renewed':
    'Look at certificate-renewal-controller and certificate-renewal-worker; their logs name renewals that failed.',
  'revocation.step.check-nodes': 'See that every node is Ready, and that the revoked credential is refused.',
  'revocation.step.undo':
    'To undo it, delete the object while the API server can be reached, then repair again. That this lifts the revocation is not verified.',

  'revocation.assumption.cloud-agent': 'Nothing of the cloud agent was read: it is assumed to work.',
  'revocation.assumption.management-cluster': 'Nothing of the management cluster was read: it is assumed to work.',
  'revocation.assumption.control-plane': 'No certificate of the control plane was read: it is assumed to work.',
  'revocation.assumption.kubeconfig': 'No valid kubeconfig of the cluster was read: somebody is assumed to have one.',
  'revocation.assumption.always-on': 'The cluster is on all the time and renews its certificates as documented.',
} as const;
