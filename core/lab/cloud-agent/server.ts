import type { z } from 'zod';
import { authenticate } from '../../pki/identities/certificate.ts';
import { decideAccess } from '../../pki/identities/roles.ts';
import { verifyToken } from '../../pki/identities/token.ts';
import type { CloudAgentPorts } from '../../pki/identities/cloud-agent.ts';
import { ConsoleError } from '../../shared/problem.ts';
import type { TlsRequest, TlsResponse } from '../../shared/ports.ts';
import { parseJson } from '../../formats/text/json-object.ts';
import type { DecisionLog } from './decisions.ts';
import type { AgentKeeper } from './keeper.ts';
import { openApiDocument } from './openapi.ts';
import { createRefusal, describeRefusal, type CallRefusal } from './refusals.ts';
import { ROUTES, type Call, type Route } from './routes.ts';

const JSON_TYPE = { 'content-type': 'application/json', 'cache-control': 'no-store' };
const DOCUMENT = '/v1/openapi.json';

interface Match {
  route: Route;
  params: Record<string, string>;
}

/** Answers the calls of clients: who calls, whether the roles allow it, and what comes of it. */
export class CloudAgentServer {
  readonly #ports: CloudAgentPorts;
  readonly #keeper: AgentKeeper;
  readonly #decisions: Pick<DecisionLog, 'record'>;
  readonly #log: (line: string) => void;

  constructor(
    ports: CloudAgentPorts,
    given: { keeper: AgentKeeper; decisions: Pick<DecisionLog, 'record'>; log: (line: string) => void },
  ) {
    this.#ports = ports;
    this.#keeper = given.keeper;
    this.#decisions = given.decisions;
    this.#log = given.log;
  }

  /** Never rejects. */
  async answer(port: Route['port'], request: TlsRequest): Promise<TlsResponse> {
    try {
      return await this.#answer(port, request);
    } catch (error) {
      const refusal = describeRefusal(error);
      if (refusal === undefined) this.#log(`internal error: ${error instanceof Error ? error.name : 'unknown'}`);
      else if (refusal.status === 401 && refusal.message !== undefined)
        this.#log(`rpc error: code = Unauthenticated desc = ${refusal.message ?? refusal.code}`);
      return refusalResponse(refusal ?? { status: 500, code: 'internal' });
    }
  }

  async #answer(port: Route['port'], request: TlsRequest): Promise<TlsResponse> {
    if (request.path === DOCUMENT && request.method === 'GET')
      return { status: 200, headers: JSON_TYPE, body: JSON.stringify(openApiDocument()) };
    const { ports, keeper } = { ports: this.#ports, keeper: this.#keeper };
    const token = request.headers['authorization'];
    const call: Call = { ports, keeper, params: {}, query: request.query, body: undefined };
    if (token !== undefined) call.token = token;
    // The caller comes first: a stranger learns nothing about paths and formats.
    if (port === 'work') call.caller = this.#authenticate(request, token);
    const { route, params } = findRoute(port, request);
    call.params = params;
    await this.#decide(route, call);
    if (route.query !== undefined) check(route.query, request.query, 'query');
    if (route.body !== undefined) call.body = check(route.body, parseBody(request), 'body');
    if (route.isVersioned) call.version = readVersion(request.headers['if-match']);
    const { status, value, version } = await route.run(call);
    return {
      status,
      headers: { ...JSON_TYPE, ...(version !== undefined && { etag: `"${version}"` }) },
      body: value === undefined ? '' : JSON.stringify(value),
    };
  }

  /** A token that comes along must belong to the holder of the certificate. */
  #authenticate({ peer }: TlsRequest, token: string | undefined): NonNullable<Call['caller']> {
    if (peer === undefined) throw createRefusal(401, 'certificate-needed');
    const caller = authenticate(this.#ports, this.#keeper.agent, [peer]);
    if (token !== undefined && verifyToken(this.#ports, this.#keeper.agent, token).name !== caller.identity.name)
      throw new ConsoleError('identity.token-required', { reason: 'unknownIdentity', identity: caller.identity.name });
    return caller;
  }

  async #decide(route: Route, { caller, params }: Call): Promise<void> {
    if (route.access === undefined || caller === undefined) return;
    const { content } = this.#keeper;
    const { action, target } = route.access(params, content);
    const question = { identity: caller.identity.name, action, target };
    const decision = decideAccess(content.agent, question);
    await this.#decisions.record(question, decision);
    if (!decision.allowed) throw createRefusal(403, 'forbidden', { reason: decision.reason });
  }
}

function findRoute(port: Route['port'], { method, path }: TlsRequest): Match {
  const matches = ROUTES.flatMap((route) => {
    const params = route.port === port ? matchPath(route.path, path) : undefined;
    return params === undefined ? [] : [{ route, params }];
  });
  const found = matches.find(({ route }) => route.method === method);
  if (found !== undefined) return found;
  throw matches.length === 0 ? createRefusal(404, 'path-unknown') : createRefusal(405, 'method-unknown');
}

function matchPath(pattern: string, path: string): Record<string, string> | undefined {
  const [wanted, given] = [pattern.split('/'), path.split('/')];
  if (wanted.length !== given.length) return undefined;
  const params: Record<string, string> = {};
  for (const [index, part] of wanted.entries()) {
    const value = given[index] ?? '';
    if (!part.startsWith('{')) {
      if (part !== value) return undefined;
    } else if (value === '') return undefined;
    else params[part.slice(1, -1)] = value;
  }
  return params;
}

function parseBody({ body }: TlsRequest): unknown {
  const value = parseJson(new TextDecoder().decode(body));
  if (value === undefined) throw createRefusal(400, 'invalid', { place: 'body' });
  return value;
}

function check(schema: z.ZodType, value: unknown, where: string): unknown {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw createRefusal(400, 'invalid', {
    place: [where, ...(issue?.path ?? [])].join('.'),
    detail: issue?.message ?? '',
  });
}

function readVersion(header: string | undefined): number | undefined {
  if (header === undefined) return undefined;
  const [, digits] = /^"(\d{1,15})"$/u.exec(header) ?? [];
  if (digits === undefined) throw createRefusal(400, 'invalid', { place: 'if-match' });
  return Number(digits);
}

function refusalResponse({ status, ...error }: CallRefusal): TlsResponse {
  return { status, headers: JSON_TYPE, body: JSON.stringify({ error }) };
}
