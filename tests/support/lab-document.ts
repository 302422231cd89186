import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import { openApiDocument } from '../../core/lab/cloud-agent/openapi.ts';

interface Operation {
  operationId: string;
  responses: Record<string, { headers?: Record<string, unknown>; content?: Record<string, { schema: object }> }>;
}

interface Document {
  paths: Record<string, Record<string, Operation>>;
  components: { schemas: { Error: object } };
}

const DOCUMENT = openApiDocument() as Document;
const ajv = new Ajv2020({ strict: true, allErrors: true, strictRequired: false, strictTypes: false });
ajv.addFormat('date-time', /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/u);
ajv.addFormat('ipv4', /^\d{1,3}(?:\.\d{1,3}){3}$/u);
const BASE = 'https://lab.example/document';
ajv.addVocabulary(['openapi', 'info', 'servers', 'paths', 'components']);
ajv.addSchema({ $id: BASE, components: DOCUMENT.components });
const validators = new WeakMap<object, ValidateFunction>();

function findValidator(schema: object): ValidateFunction {
  let found = validators.get(schema);
  if (found === undefined) {
    const text = JSON.stringify(schema).replaceAll('"#/components', `"${BASE}#/components`);
    found = ajv.compile(JSON.parse(text) as object);
    validators.set(schema, found);
  }
  return found;
}

/** The operation of a request as a client would find it, from the document alone. */
export function findOperation(method: string, path: string): Operation | undefined {
  const parts = path.split('/');
  const found = Object.entries(DOCUMENT.paths).find(([template, methods]) => {
    const wanted = template.split('/');
    return (
      methods[method.toLowerCase()] !== undefined &&
      wanted.length === parts.length &&
      wanted.every((each, at) => each === parts[at] || (each.startsWith('{') && parts[at] !== ''))
    );
  });
  return found?.[1][method.toLowerCase()];
}

/** Returns how an answer differs from the document; empty if it conforms. Header names are in lower case. */
export function listDeviations(
  { method, path }: { method: string; path: string },
  { status, headers, body }: { status: number; headers: Readonly<Record<string, unknown>>; body: string },
): string[] {
  const operation = findOperation(method, path);
  const where = `${method} ${path}: ${status}`;
  if (operation === undefined) {
    if (status < 400) return [`${where}: not in the document`];
    return validate(where, DOCUMENT.components.schemas.Error, body);
  }
  const response = operation.responses[status];
  if (response === undefined) return [`${where}: a status that the document lacks: ${body}`];
  const missing = Object.keys(response.headers ?? {}).filter((name) => headers[name.toLowerCase()] === undefined);
  const faults = missing.map((name) => `${where}: without ${name}`);
  if (response.headers === undefined && headers['etag'] !== undefined) faults.push(`${where}: an ETag`);
  if (response.content === undefined) return body === '' ? faults : [...faults, `${where}: a body`];
  const type = headers['content-type'];
  const content = typeof type === 'string' ? response.content[type] : undefined;
  if (content === undefined) return [...faults, `${where}: of type ${String(type)}`];
  return [...faults, ...validate(where, content.schema, body)];
}

function validate(where: string, schema: object, body: string): string[] {
  let value: unknown;
  try {
    value = JSON.parse(body);
  } catch {
    return [`${where}: no JSON`];
  }
  const check = findValidator(schema);
  if (check(value)) return [];
  return (check.errors ?? []).map(
    ({ instancePath, message }) => `${where}: ${instancePath} ${message}: ${body.slice(0, 200)}`,
  );
}
