import { z } from 'zod';
import { ROUTES, type Route } from './routes.ts';

const VERSION = '1.0.0';

const ERROR_SCHEMA = {
  type: 'object',
  required: ['error'],
  additionalProperties: false,
  properties: {
    error: {
      type: 'object',
      required: ['code'],
      additionalProperties: false,
      properties: {
        code: { type: 'string', description: 'For programs.' },
        message: { type: 'string', description: 'The sentence that the product prints, where it is public.' },
        place: { type: 'string', description: 'The wrong part of the request, such as body.properties.cpuCount.' },
        reason: { type: 'string', description: 'Why a token, a certificate or an access was refused.' },
        detail: { type: 'string', description: 'The obstacle, such as another resource or the present version.' },
      },
    },
  },
};

/** Codes by status that any route may answer with; `WORK` also needs a certificate. */
const ANY = {
  400: ['invalid', 'target-invalid'],
  413: ['body-too-large'],
  500: ['internal'],
  507: ['store.not-writable', 'store.not-flushed'],
};
const WORK = {
  401: [
    ...['certificate-needed', 'identity.certificate-expired', 'identity.certificate-refused'],
    ...['identity.revoked', 'identity.token-required'],
  ],
};

/** Describes the interface of the lab's cloud agent. Source of the form: OpenAPI Specification 3.1.0. */
export function openApiDocument(): object {
  const own = { operationId: 'showDocument', summary: 'Returns this document; on both ports, to everybody.' };
  const paths: Record<string, Record<string, object>> = {
    '/v1/openapi.json': {
      get: {
        ...own,
        security: [],
        responses: { 200: { description: own.summary, content: json({ type: 'object' }) } },
      },
    },
  };
  for (const route of ROUTES)
    paths[route.path] = { ...paths[route.path], [route.method.toLowerCase()]: describeOperation(route) };
  return {
    openapi: '3.1.0',
    info: {
      title: 'Arcwarden lab: cloud agent',
      version: VERSION,
      description:
        'A cloud agent for practice. It is not the protocol of the product, whose cloud agent speaks gRPC and whose server is not public.',
      license: { name: 'MIT', identifier: 'MIT' },
    },
    servers: [server('The port for work; `arcwarden lab status --json` has it.', '55000')],
    paths,
    components: {
      schemas: { Error: ERROR_SCHEMA },
      securitySchemes: {
        token: { type: 'apiKey', in: 'header', name: 'authorization' },
        certificate: { type: 'mutualTLS' },
      },
    },
  };
}

function server(description: string, port: string): object {
  return { url: 'https://127.0.0.21:{port}', description, variables: { port: { default: port } } };
}

function describeOperation(route: Route): object {
  const { operation, port, summary, params, query, body, isVersioned, method } = route;
  const version = { type: 'string', pattern: '^"[0-9]{1,15}"$' };
  const parameters = [
    ...(params === undefined ? [] : listParameters(params, 'path')),
    ...(query === undefined ? [] : listParameters(query, 'query')),
    ...(isVersioned ? [{ name: 'If-Match', in: 'header', required: method === 'DELETE', schema: version }] : []),
  ];
  return {
    operationId: operation,
    summary,
    // A token beside a certificate is checked, but not needed.
    security: port === 'login' ? [{ token: [] }] : [{ certificate: [] }, { certificate: [], token: [] }],
    ...(port === 'login' && { servers: [server('The port for logins.', '65000')] }),
    ...(parameters.length > 0 && { parameters }),
    ...(body !== undefined && { requestBody: { required: true, content: json(jsonSchema(body, 'input')) } }),
    responses: { ...describeSuccess(route), ...describeRefusals(route) },
  };
}

function describeSuccess({ summary: description, answer, done, hasTag }: Route): Record<number, object> {
  if (answer === undefined) return { 204: { description } };
  const tag = { description: 'The version, for `If-Match`.', required: true, schema: { type: 'string' } };
  const headers = hasTag && { headers: { ETag: tag } };
  const success = { description, ...headers, content: json(jsonSchema(answer, 'output')) };
  return Object.fromEntries((done ?? [200]).map((status) => [status, success]));
}

function describeRefusals({ port, access, refusals = {} }: Route): Record<string, object> {
  const codes = new Map<string, string[]>();
  for (const each of [ANY, port === 'work' ? WORK : {}, access === undefined ? {} : { 403: ['forbidden'] }, refusals])
    for (const [status, more] of Object.entries(each))
      if (more.length > 0) codes.set(status, [...(codes.get(status) ?? []), ...more]);
  return Object.fromEntries(
    [...codes].map(([status, list]) => {
      const code = { properties: { error: { properties: { code: { enum: list } } } } };
      const schema = { allOf: [{ $ref: '#/components/schemas/Error' }, code] };
      return [status, { description: `Refused: ${list.join(', ')}`, content: json(schema) }];
    }),
  );
}

function json(schema: object): object {
  return { 'application/json': { schema } };
}

function listParameters(type: z.ZodType, place: 'path' | 'query'): object[] {
  const { properties = {}, required = [] } = jsonSchema(type, 'input') as {
    properties?: Record<string, object>;
    required?: string[];
  };
  return Object.entries(properties).map(([name, schema]) => ({
    name,
    in: place,
    required: required.includes(name),
    schema,
  }));
}

function jsonSchema(type: z.ZodType, io: 'input' | 'output'): object {
  const { $schema: _, ...schema } = z.toJSONSchema(type, { io, unrepresentable: 'any' });
  return schema;
}
