/** The secret for most shapes; `LONG` and `BOOTSTRAP` are for shapes that need a longer secret or a special form. */
const CANARY = 'cAn4ryS3cret';
const LONG = 'cAn4ryS3cretQx7Zp0Lk9Jh8Gf6Ds5Aa4';
const BOOTSTRAP = 'can4ry.c4naryc4nary0123';

/** Forms in which programs print secrets. */
export const SHAPES: Record<string, (secret: string) => string> = {
  'a list of PowerShell': (secret) => `Password                  : ${secret}`,
  'a list with the longest name': (secret) => `${'UserPassword'.padEnd(60)}: ${secret}`,
  'a service principal': (secret) => `ServicePrincipalSecret : ${secret}`,
  'camel case': (secret) => `  "accessToken": "${secret}",`,
  'snake case': (secret) => `client_secret=${secret}`,
  'kebab case': (secret) => `refresh-token: ${secret}`,
  capitals: (secret) => `ARM_CLIENT_SECRET=${secret}`,
  'a passphrase': (secret) => `passphrase: ${secret}`,
  'pwd of a connection string': (secret) => `Server=sql01;Uid=sa;Pwd=${secret};`,
  'a name of two words': (secret) => `Client Secret : ${secret}`,
  'a quoted JSON document on one line': (secret) => `{"user":"admin","password":"${secret}"}`,
  'a hash table': (secret) => `@{User=admin; Password=${secret}}`,
  'an arrow': (secret) => `password => ${secret}`,
  'a parameter': (secret) => `New-Thing -Name a -Password ${secret} -Force`,
  'a parameter in quotes': (secret) => `New-Thing -Secret '${secret}'`,
  'a parameter with a colon': (secret) => `New-Thing -Token:${secret}`,
  'an option with an equals sign': (secret) => `tool --password=${secret}`,
  'an option with a blank': (secret) => `tool --client-secret ${secret}`,
  'an option of Windows': (secret) => `net use /password:${secret}`,
  'a plain secure string': (secret) => `ConvertTo-SecureString "${secret}" -AsPlainText -Force`,
  'a login of curl': (secret) => `curl -u admin:${secret} https://host`,
  'the environment of an exec plugin': (secret) => `env:\n- name: X_TOKEN\n  value: ${secret}`,
  'the same as JSON': (secret) => `{\n  "name": "AAD_CLIENT_SECRET",\n  "value": "${secret}"\n}`,
  'the same on one line': (secret) => `- {name: AAD_CLIENT_SECRET, value: ${secret}}`,
  'a pair of a list': (secret) => `Key   : AccessToken\nValue : ${secret}`,
  'an address': (secret) => `https://proxyuser:${secret}@proxy.example:8080`,
  'an address without a user': (secret) => `redis://:${secret}@cache.example`,
  'a proxy variable': (secret) => `HTTPS_PROXY=http://u:${secret}@10.0.0.1:3128`,
  'basic authorization': () => `Authorization: Basic ${Buffer.from(`admin:${CANARY}`).toString('base64')}`,
  'any authorization': (secret) => `Authorization: Custom ${secret}`,
  'an authorization header in JSON': (secret) => `"Authorization": "Bearer ${secret}"`,
  'an element': (secret) => `<Password>${secret}</Password>`,
  'an element of CLIXML': (secret) => `<S N="Password">${secret}</S>`,
  'an attribute': (secret) => `<add key="ClientSecret" value="${secret}" />`,
  'a table': (secret) => `Name   Password\n----   --------\nadmin  ${secret}`,
  'a table of tokens alone': (secret) => `AccessToken\n-----------\n${secret}`,
  'a table of kubeadm': (secret) => `TOKEN   TTL   EXPIRES\n${secret}   23h   2026-11-29`,
  CSV: (secret) => `"Name","Secret"\n"admin","${secret}"`,
  'CSV without quotes': (secret) => `name,password\nadmin,${secret}`,
  'a table of Markdown': (secret) => `| Name | Password |\n| --- | --- |\n| admin | ${secret} |`,
  'a block of YAML': (secret) => `password: |\n  ${secret}`,
  'a value on the next line': (secret) => `secret:\n    ${secret}`,
  'a hash table as PowerShell prints it': (secret) => `Name       Value\n----       -----\nPassword   ${secret}`,
  'variables as PowerShell lists them': (secret) =>
    `Name                 Value\n----                 -----\nPATH                 C:\\Windows\nARM_CLIENT_SECRET    ${secret}`,
  'a variable without a head': (secret) => `ARM_CLIENT_SECRET              ${secret}`,
  'the text of a secret': (secret) => `SecretText : ${secret}`,
  'a table with the text of a secret': (secret) => `Id SecretText Name\n-- ---------- ----\n1  ${secret} first`,
  'an argument of an exec plugin': (secret) => `args:\n- --client-secret\n- ${secret}`,
  'an argument in a JSON list': (secret) => `"args": [\n  "--client-secret",\n  "${secret}"\n]`,
  'an element over several lines': (secret) => `<AdministratorPassword>\n  <Value>${secret}</Value>`,
  'a cookie': (secret) => `Set-Cookie: session=${secret}; HttpOnly`,
  'an option of cmdkey': (secret) => `cmdkey /add:host01 /user:admin /pass:${secret}`,
  'an option of az login': (secret) => `az login --service-principal -u 1b2c -p ${secret} --tenant contoso`,
  'a Japanese name': (secret) => `パスワード                : ${secret}`,
  'a Japanese name with wide marks': (secret) => `クライアント シークレット：${secret}`,
  'JSON in a string': (secret) => `{"log":"{\\"user\\":\\"admin\\",\\"password\\":\\"${secret}\\"}"}`,
  'JSON in a string in a string': (secret) =>
    `{"a":"{\\"b\\":\\"{\\\\\\"password\\\\\\":\\\\\\"${secret}\\\\\\"}\\"}"}`,
  'JSON in a string of Windows PowerShell': (secret) => `{\\u0022client_secret\\u0022:\\u0022${secret}\\u0022}`,
  'what kubectl applied last': (secret) =>
    `kubectl.kubernetes.io/last-applied-configuration: {\\"data\\":{\\"a\\":\\"${secret}\\"},\\"kind\\":\\"Secret\\"}`,
  'an option of sshpass': (secret) => `sshpass -p ${secret} ssh clouduser@10.0.0.4`,
  'an option of sshpass without a blank': (secret) => `sshpass -p'${secret}' scp a clouduser@10.0.0.4:`,
  'an option of schtasks': (secret) => `schtasks /create /tn Renew /tr C:\\a.exe /sc daily /ru CORP\\svc /rp ${secret}`,
  'an option of psexec': (secret) => `PsExec64.exe \\\\host01 -u CORP\\admin -p ${secret} cmd`,
  'a parameter of a template': (secret) => `{"adminPassword":{"value":"${secret}"}}`,
  'a parameter of a template on lines of its own': (secret) => `"adminPassword": {\n  "value": "${secret}"\n}`,
  'a value that a narrow window broke': (secret) => `Password      : first!\n                ${secret} and more`,
};
/** Forms in which a value is secret only if it is as long as a key. */
const KEY_SHAPES: Record<string, (secret: string) => string> = {
  'a storage account': (secret) => `DefaultEndpointsProtocol=https;AccountName=a;AccountKey=${secret}==;`,
  'a shared access key': (secret) => `Endpoint=sb://a/;SharedAccessKey=${secret}`,
  'an API key': (secret) => `api_key: ${secret}`,
  'a list of keys': (secret) => `PrimaryKey                : ${secret}`,
  'keys of a storage account as a table': (secret) =>
    `KeyName Value Permissions\n------- ----- -----------\nkey1    ${secret} Full`,
  'the same as JSON': (secret) => `{\n  "keyName": "key1",\n  "permissions": "FULL",\n  "value": "${secret}"\n}`,
  'a parameter': (secret) => `Connect -AccountKey ${secret}`,
  'a shared access signature': (secret) => `https://a.blob.core.windows.net/c?sv=2022-11-02&sig=${secret}%3D`,
  'a token in an address': (secret) => `remote: https://${secret}@git.contoso.example/fleet.git`,
  'a webhook of Slack': (secret) => `POST https://hooks.slack.com/services/T0123/B0123/${secret}`,
  'a webhook of Teams': (secret) => `https://contoso.webhook.office.com/webhookb2/${secret}@a/IncomingWebhook/b/c`,
  'a token of GitHub': (secret) => `cloned with ghp_${secret} as it was`,
  'a key of a storage account in JSON': (secret) => `{"keys":{"key1":{"value":"${secret}","permissions":"FULL"}}}`,
  'a token in a sentence': (secret) => `Logging in with token ${secret} now`,
  'a ticket of Kerberos to be guessed at': (secret) => `$krb5tgs$23$*svc$CORP$http/web*$${secret}`,
  'a signature in a connection string': (secret) => `SharedAccessSignature=sr=a&sig=${secret}`,
};
const BARE: Record<string, string> = {
  'a bootstrap token in a sentence': `Use ${BOOTSTRAP} to join.`,
  'a bootstrap token of a join command': `kubeadm join 10.0.0.1:6443 --token ${BOOTSTRAP}`,
  'a bootstrap token at the end of a sentence': `It is ${BOOTSTRAP}.`,
};

/** One text for each form, with a planted secret. */
export const CANARIES = [
  ...Object.entries(SHAPES).map(([title, shape]) => [title, shape(CANARY)] as const),
  ...Object.entries(KEY_SHAPES).map(([title, shape]) => [`${title}, by its key`, shape(LONG)] as const),
  ...Object.entries(BARE),
];

/** Fragments of a planted secret, plain or in Base64. */
export const CANARY_PARTS = /c[Aa]n4ry|c4nary|YWRtaW46Y0/u;
