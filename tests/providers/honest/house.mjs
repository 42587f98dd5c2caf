// The provider itself: npm oidc-provider, told who the people and the clients are.
import { generateKeyPairSync, randomUUID } from 'node:crypto';

import { Provider, interactionPolicy } from 'oidc-provider';

import { memory } from './memory.mjs';
import * as pages from './pages.mjs';

export const ROUTES = {
  authorization: '/authorize', token: '/token', userinfo: '/userinfo', jwks: '/jwks', end_session: '/session/end',
};
const STRICT = new Set('response_type client_id redirect_uri scope claims state nonce prompt idp_hint login_hint siret_hint'.split(' '));
const ONE_BY_ONE = ['given_name', 'usual_name', 'family_name', 'siret', 'uid', 'idp_id', 'organization_label', 'roles'];
const PROOFS = ['acr', 'amr'];

function keyOf(type, options, alg) {
  const { privateKey } = generateKeyPairSync(type, options);
  return { ...privateKey.export({ format: 'jwk' }), alg, use: 'sig', kid: randomUUID() };
}

export const freshKeys = () => [keyOf('rsa', { modulusLength: 2048 }, 'RS256'), keyOf('ec', { namedCurve: 'P-256' }, 'ES256')];

// What is asked with each scope; acr and amr come with openid, or only to who asks (options.announce = "asked")
function claimsOf({ announce }) {
  const asked = announce === 'asked';
  return {
    openid: asked ? ['sub'] : ['sub', ...PROOFS],
    profile: ['given_name', 'usual_name', 'family_name', 'name'],
    email: ['email', 'email_verified'],
    phone: ['phone_number'],
    ...Object.fromEntries(ONE_BY_ONE.map((name) => [name, [name]])),
    auth_time: null, iss: null, sid: null, acr: null, amr: null,
  };
}

// An acr that was asked and is not there is refused on the page (options.enforce_acr), or not at all
function policy() {
  const base = interactionPolicy.base();
  for (const reason of ['essential_acrs', 'essential_acr']) base.get('login').checks.remove(reason);
  return base;
}

// Whoever signs in consents: the page of consent is the provider's business, not what is tested
async function consent(ctx) {
  const { provider, client, session, account } = ctx.oidc;
  const known = session.grantIdFor(client.clientId);
  const grant = (known && await provider.Grant.find(known))
    || new provider.Grant({ clientId: client.clientId, accountId: account.accountId });
  grant.addOIDCScope([...ctx.oidc.requestParamScopes].join(' '));
  grant.addOIDCClaims([...ctx.oidc.requestParamClaims]);
  await grant.save();
  return grant;
}

// Back-channel logout reaches loopback only, and is remembered whether or not somebody listens there
function messenger(told) {
  return async (url, { dispatcher, ...options }) => {
    if (!['127.0.0.1', 'localhost'].includes(new URL(url).hostname)) throw new Error(`${url} is not on loopback`);
    told.push({ url: String(url), logout_token: new URLSearchParams(String(options.body)).get('logout_token') });
    return fetch(url, options);
  };
}

export function build(issuer, keys, { options, people, clients, told }) {
  const prefix = options.name.toLowerCase().replace(/\W/g, '');
  const mount = new URL(issuer).pathname.replace(/\/$/, '');
  return new Provider(issuer, {
    adapter: memory,
    clients: [...clients.values()],
    jwks: { keys },
    routes: ROUTES,
    acrValues: options.acr_values,
    claims: claimsOf(options),
    scopes: ['openid'],
    cookies: {
      names: { session: `${prefix}_session`, interaction: `${prefix}_interaction`, resume: `${prefix}_resume` },
      keys: ['of no secret'],
    },
    features: {
      backchannelLogout: { enabled: true },
      claimsParameter: { enabled: true },
      devInteractions: { enabled: false },
      dPoP: { enabled: false },
      jwtUserinfo: { enabled: true },
      pushedAuthorizationRequests: { enabled: false },
      resourceIndicators: { enabled: false },
      rpInitiatedLogout: {
        enabled: true,
        logoutSource: (ctx, form) => { ctx.body = pages.signOut(options.name, form); },
        postLogoutSuccessSource: (ctx) => { ctx.body = pages.signedOut(options.name); },
      },
    },
    fetch: messenger(told),
    findAccount: (ctx, sub) => {
      const person = [...people.values()].find((one) => one.sub === sub);
      return person && { accountId: sub, claims: () => ({ ...person.claims, sub }) };
    },
    interactions: { policy: policy(), url: (ctx, { uid }) => `${mount}/interaction/${uid}` },
    loadExistingGrant: consent,
    pkce: { required: () => options.pkce === 'required' },
    renderError: (ctx, out) => {
      ctx.type = 'html';
      ctx.body = pages.refused(options.name, out);
    },
    ttl: { AccessToken: 3600, AuthorizationCode: 60, Grant: 86400, IdToken: 3600, Interaction: 3600, Session: 43200 },
  });
}

// As ProConnect: any other parameter is refused on a page of its own
export function unknownParameter(options, path, query) {
  if (!options.strict || path !== ROUTES.authorization) return undefined;
  return [...query.keys()].find((name) => !STRICT.has(name));
}
