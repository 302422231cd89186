import { execFileSync } from 'node:child_process';

const READ = `
import base64, email, json, sys
from email import policy
def read(text):
    m = email.message_from_bytes(base64.b64decode(text), policy=policy.default)
    defects = [str(d) for p in m.walk() for d in p.defects]
    return dict(subject=m['subject'], to=m['to'], id=m['message-id'], text=m.get_body().get_content(), defects=defects)
print(json.dumps([read(text) for text in json.load(sys.stdin)]))
`;

export interface ReadMail {
  subject: string;
  to: string;
  id: string;
  text: string;
  /** Defects that the parser had to work around. */
  defects: string[];
}

/** Parses email with Python's own parser. */
export function readMails(python: string, mails: readonly (string | Buffer)[]): ReadMail[] {
  const input = JSON.stringify(mails.map((mail) => Buffer.from(mail).toString('base64')));
  return JSON.parse(execFileSync(python, ['-c', READ], { input, encoding: 'utf8' })) as ReadMail[];
}
