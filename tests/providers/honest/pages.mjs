// The pages a person sees at the provider: no style, no script, one form.
const SAFE = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };
const safe = (text) => String(text ?? '').replace(/[&<>"']/g, (sign) => SAFE[sign]);

const page = (title, body) => `<!DOCTYPE html>
<html lang="fr"><head><meta charset="utf-8"><title>${safe(title)}</title></head>
<body><main><h1>${safe(title)}</h1>
${body}
</main></body></html>`;

export const signIn = (name, action, login, fault) => page(`Se connecter à ${name}`, `${fault ? `<p role="alert">${safe(fault)}</p>` : ''}
<form method="post" action="${safe(action)}">
<p><label for="login">Identifiant</label> <input id="login" name="login" value="${safe(login)}"></p>
<button name="choice" value="continue">Continuer</button>
<button name="choice" value="refuse">Refuser</button>
</form>`);

// `form` is the provider's own: id "op.logoutForm", with its secret
export const signOut = (name, form) => page(`Se déconnecter de ${name}`, `${form}
<button form="op.logoutForm" name="logout" value="yes">Se déconnecter</button>
<button form="op.logoutForm">Rester connecté</button>`);

export const signedOut = (name) => page('Vous êtes déconnecté', `<p>Vous êtes déconnecté de ${safe(name)}.</p>`);

export const refused = (name, out) => page(`${name} ne peut pas répondre`, `<dl>${Object.entries(out)
  .map(([key, value]) => `<dt>${safe(key)}</dt><dd>${safe(value)}</dd>`).join('')}</dl>`);
