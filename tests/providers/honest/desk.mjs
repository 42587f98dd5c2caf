// The desk where a person says who they are, or refuses.
import * as pages from './pages.mjs';

async function formOf(request) {
  const parts = [];
  for await (const part of request) parts.push(part);
  return new URLSearchParams(Buffer.concat(parts).toString());
}

function show(response, status, html) {
  response.writeHead(status, { 'content-type': 'text/html; charset=utf-8', 'cache-control': 'no-store' });
  response.end(html);
}

function lacks(person, options, { claims }) {
  const acr = claims ? JSON.parse(claims).id_token?.acr : undefined;
  const wanted = acr?.values ?? (acr?.value ? [acr.value] : undefined);
  return options.enforce_acr && acr?.essential && wanted && !wanted.includes(person.acr);
}

export async function desk(provider, request, response, { options, people }) {
  let interaction;
  try {
    interaction = await provider.interactionDetails(request, response);
  } catch (fault) {
    return show(response, 400, pages.refused(options.name, { error: fault.message }));
  }
  const { params } = interaction;
  if (request.method !== 'POST') {
    return show(response, 200, pages.signIn(options.name, request.originalUrl, params.login_hint));
  }
  const form = await formOf(request);
  const finish = (result) => provider.interactionFinished(request, response, result, { mergeWithLastSubmission: false });
  if (form.get('choice') === 'refuse') {
    return finish({ error: 'access_denied', error_description: 'User authentication aborted' });
  }
  const person = people.get(form.get('login'));
  if (!person) {
    return show(response, 422, pages.signIn(options.name, request.originalUrl, form.get('login'), 'Identifiant inconnu.'));
  }
  if (lacks(person, options, params)) {
    return finish({ error: 'access_denied', error_description: 'requested ACRs could not be satisfied' });
  }
  const { acr, amr } = person;
  return finish({ login: { accountId: person.sub, ...(acr && { acr }), ...(amr && { amr }) } });
}
