const PLACEHOLDER = /<([a-z-]+)>/gu;
const BETWEEN_VALUES = /[\s,;、，]+/u;

export const EXAMPLES: Readonly<Record<string, string>> = {
  node: 'moc-l1a2b3c4d5e',
  cluster: 'practice',
  host: 'node01.corp.example',
  identity: 'admin2',
  'cloud-agent-fqdn': 'ca-1f0c2b7e.corp.example',
  'node-ip': '172.16.255.20',
  'host-ip': '10.0.0.11',
  'service-ip': '10.96.0.1',
  endpoint: '172.16.255.14',
  'service-domain': 'cluster.local',
};

/** Returns one text for each combination of values; leaves placeholders without values unchanged. */
export function fillPlaceholders(text: string, values: Readonly<Partial<Record<string, readonly string[]>>>): string[] {
  let texts = [text];
  for (const [placeholder, name = ''] of text.matchAll(PLACEHOLDER)) {
    const choices = values[name] ?? [];
    if (choices.length > 0)
      texts = texts.flatMap((each) => choices.map((choice) => each.replace(placeholder, () => choice)));
  }
  return texts;
}

export function isOpen(text: string): boolean {
  return text.search(PLACEHOLDER) !== -1;
}

export function parseList(text: string): string[] {
  return text.split(BETWEEN_VALUES).filter((part) => part !== '');
}
