/** What somebody has to do, in one sentence for each state: the same words wherever it is counted. */
export default {
  'needs.stopped':
    '{clusters, plural, one {{cluster} needs} other {# clusters need}} repair now: {impacts, plural, one {# thing does} other {# things do}} not work{dated, select, yes {{impacts, plural, one {, since} other {, the first since}} {date}} other {}}.',
  'needs.stopping':
    '{clusters, plural, one {{cluster} needs} other {# clusters need}} you: {impacts, plural, one {# thing stops} other {# things stop}} working unless somebody acts, {impacts, plural, one {on} other {the first on}} {date}.',
  'needs.late':
    'Renewals are late in {clusters, plural, one {{cluster}} other {# clusters}}: {impacts, plural, one {# thing would stop} other {# things would stop}} working, {impacts, plural, one {on} other {the first on}} {date}.',
  'needs.none': 'Nothing needs repair.',
  'needs.first-step': 'Begin with {cluster}: {step}',
  'impact.stopped': '{what}: not working since {date}.',
  'impact.stopped.undated': '{what}: not working.',
  'impact.stopping': '{what}: stops {date}.',
  'impact.late': '{what}: renewal is late, would stop {date}.',
  'impact.clock': 'What a wrong clock refuses',
  'impact.cluster': 'The whole cluster',
  'impact.cloud-agent': 'Cloud agent, for all its clients',
  'impact.node-agent': 'Node agents',
  'impact.cmdlets': 'Cmdlets, mocctl and kvactl',
  'impact.management': 'Access to the management cluster',
  'impact.api-server': 'API server and etcd',
  'impact.control-plane': 'Controllers and scheduler',
  'impact.nodes': 'Nodes',
  'impact.secrets': 'KMS plugin; with its next restart the API server',
  'impact.platform-services': 'Services that log in to the cloud agent',
  'impact.load-balancer': 'Load balancer',
  'impact.logs': 'Logs and commands in pods',
  'impact.aggregated-apis': 'Metrics and other aggregated APIs',
  'impact.sign-in': 'Sign-in with Active Directory',
  'impact.kubectl': 'kubectl with its kubeconfig',
  'impact.image-pulls': 'Image pulls through a proxy or registry',
  'impact.pods': 'Programs with this service account',
  'impact.unknown': 'Something whose use is not known',
} as const;
