// A real OpenID provider on loopback, for tests: `node provider.mjs`, its configuration in one line of JSON on stdin.
// It prints one line of JSON when it listens ({issuer, control}), and ends when its stdin closes or on SIGTERM.
//   people     [{login, sub, claims, acr?, amr?}]        clients    [client metadata of OpenID Connect]
//   options    name ("Portailpro"), path ("/api/v2"), announce ("always" | "asked": acr and amr), strict (refuses
//              parameters ProConnect does not know), enforce_acr, pkce ("optional" | "required"), acr_values
// The control listens on another port: POST /control, GET /state; see `faults` and `orders` below.
import { createServer } from 'node:http';
import { createInterface } from 'node:readline';
import { setTimeout as wait } from 'node:timers/promises';

import { desk } from './desk.mjs';
import { ROUTES, build, freshKeys, unknownParameter } from './house.mjs';
import * as pages from './pages.mjs';

const HOST = '127.0.0.1';
const DEFAULTS = { name: 'Portailpro', path: '', announce: 'always', strict: false, enforce_acr: false, pkce: 'optional', acr_values: ['eidas1'] };
const ENDPOINTS = new Map(Object.entries(ROUTES).map(([name, path]) => [path, name]));
ENDPOINTS.set('/.well-known/openid-configuration', 'discovery');

let first; // the configuration, as it was given
let keys = freshKeys();
let provider;
let port = 0;
let faults = {}; // delay: {endpoint: seconds}, status: {endpoint: code}
let hits = {};
const state = { options: {}, people: new Map(), clients: new Map(), told: [] };

const listen = (server, at) => new Promise((done) => { server.listen(at, HOST, () => done(server.address().port)); });
const issuer = () => `http://${HOST}:${port}${state.options.path}`;

function rebuild() {
  provider = build(issuer(), keys, state);
}

function asConfigured() {
  state.options = { ...DEFAULTS, ...first.options };
  state.people = new Map(structuredClone(first.people ?? []).map((person) => [person.login, person]));
  state.told.length = 0;
  faults = {};
  hits = {};
}

async function answer(request, response) {
  const { pathname, searchParams } = new URL(request.url, issuer());
  const path = pathname.startsWith(state.options.path) ? pathname.slice(state.options.path.length) : pathname;
  const endpoint = ENDPOINTS.get(path) ?? path.split('/')[1];
  hits[endpoint] = (hits[endpoint] ?? 0) + 1;
  if (faults.delay?.[endpoint]) await wait(faults.delay[endpoint] * 1000);
  if (faults.status?.[endpoint]) return response.writeHead(faults.status[endpoint]).end();
  const unknown = unknownParameter(state.options, path, searchParams);
  if (unknown) {
    response.writeHead(400, { 'content-type': 'text/html; charset=utf-8' });
    return response.end(pages.refused(state.options.name, { error: 'Y000400', parameter: unknown }));
  }
  request.originalUrl = request.url;
  request.url = request.url.slice(state.options.path.length);
  if (path.startsWith('/interaction/')) return desk(provider, request, response, state);
  return provider.callback()(request, response);
}

const fail = (response) => (fault) => {
  process.stderr.write(`${fault.stack}\n`);
  if (!response.headersSent) response.writeHead(500);
  response.end(String(fault.message));
};
const door = createServer((request, response) => answer(request, response).catch(fail(response)));

// What the control can be told; several in one post are done in this order
const orders = {
  reset: async () => {
    asConfigured();
    rebuild();
    await orders.down(false);
  },
  options: (given) => {
    Object.assign(state.options, given);
    rebuild();
  },
  client: (metadata) => { // added, or put in the place of the one with the same client_id
    const before = new Map(state.clients);
    state.clients.set(metadata.client_id, metadata);
    try {
      rebuild();
    } catch (fault) {
      state.clients = before;
      throw fault;
    }
  },
  person: ({ login, claims, ...rest }) => { // claims are merged; null takes a claim, acr or amr away
    const known = state.people.get(login) ?? { login, sub: login, claims: {} };
    const merged = Object.entries({ ...known.claims, ...claims }).filter(([, value]) => value !== null);
    state.people.set(login, { ...known, ...rest, claims: Object.fromEntries(merged) });
  },
  rotate: (how) => { // "keep": the old keys stay published; "drop": they are gone at once
    keys = how === 'drop' ? freshKeys() : [...freshKeys(), ...keys];
    rebuild();
  },
  delay: (seconds) => { faults.delay = seconds; },
  status: (codes) => { faults.status = codes; },
  down: async (down) => {
    if (down && door.listening) {
      const closed = new Promise((done) => { door.close(done); });
      door.closeAllConnections();
      await closed;
    } else if (!down && !door.listening) {
      await listen(door, port);
    }
  },
};

async function control(request, response) {
  if (request.method === 'POST') {
    const parts = [];
    for await (const part of request) parts.push(part);
    const asked = JSON.parse(Buffer.concat(parts).toString());
    const strange = Object.keys(asked).filter((name) => !(name in orders));
    if (strange.length) throw new Error(`unknown: ${strange}`);
    for (const name of Object.keys(orders)) if (name in asked) await orders[name](asked[name]);
  }
  response.writeHead(200, { 'content-type': 'application/json' });
  response.end(JSON.stringify({ hits, told: state.told, kids: keys.map((key) => key.kid) }));
}

const input = createInterface({ input: process.stdin });
input.once('line', async (line) => {
  first = JSON.parse(line);
  asConfigured();
  for (const metadata of first.clients ?? []) state.clients.set(metadata.client_id, metadata);
  port = await listen(door, 0);
  rebuild();
  const desk = createServer((request, response) => control(request, response).catch(fail(response)));
  const at = await listen(desk, 0);
  process.stdout.write(`${JSON.stringify({ issuer: issuer(), control: `http://${HOST}:${at}` })}\n`);
});
input.once('close', () => process.exit(0));
process.once('SIGTERM', () => process.exit(0));
