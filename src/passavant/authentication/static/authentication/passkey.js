// Passkeys: the browser's part. A form says what to do with a key; its address is where to answer, and under it, to ask.
const decode = (text) =>
  Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (letter) => letter.charCodeAt());
const encode = (buffer) =>
  btoa(String.fromCharCode(...new Uint8Array(buffer))).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");

// The options of the server, with bytes where the browser wants some.
const opened = ({ challenge, user, excludeCredentials = [], ...rest }) => ({
  ...rest,
  challenge: decode(challenge),
  ...(user && { user: { ...user, id: decode(user.id) } }),
  excludeCredentials: excludeCredentials.map((key) => ({ ...key, id: decode(key.id) })),
});

// What a key said, as text.
const PARTS = ["clientDataJSON", "attestationObject", "authenticatorData", "signature", "userHandle"];
const closed = ({ rawId, type, response }) => {
  const said = PARTS.filter((part) => response[part]).map((part) => [part, encode(response[part])]);
  return JSON.stringify({ id: encode(rawId), rawId: encode(rawId), type, response: Object.fromEntries(said) });
};

const able = "credentials" in navigator && "PublicKeyCredential" in window;
const token = document.querySelector("[name=csrfmiddlewaretoken]").value;
const YOUNG = 4 * 60 * 1000; // milliseconds; a challenge lives five minutes

for (const form of document.querySelectorAll("form[data-pv-passkey]")) {
  const { pvPasskey: act, pvModule: proposed, pvUnsupported: unsupported } = form.dataset;
  const live = form.querySelector(":scope > [aria-live]");
  let words = {};
  let busy = false;
  let offer = { since: 0 };

  const tell = (text) => {
    const message = Object.assign(document.createElement("p"), { className: "fr-message fr-message--error" });
    message.textContent = text;
    live.replaceChildren(...(text ? [message] : []));
  };
  const follow = ({ location: there, told }) => (there ? location.assign(there) : tell(told));

  // What is no answer of ours (the session is over, the page too old) is told by the page itself, asked anew.
  const send = async (url, more) => {
    const body = new URLSearchParams([...new FormData(form), ["csrfmiddlewaretoken", token], ...more]);
    const answer = await fetch(url, { method: "POST", body });
    if (!answer.headers.get("Content-Type")?.includes("json")) words = {};
    return answer.json();
  };

  const use = async (how) => {
    const { publicKey, told, location: there } = await send(`${form.action}defi/`, []);
    if (!publicKey) return how ? {} : { location: there };
    words = told;
    const key = await navigator.credentials[act]({ publicKey: opened(publicKey), ...how });
    return send(form.action, [["cle", closed(key)]]);
  };

  form.addEventListener("submit", async (event) => {
    if (!able && proposed) return; // the page of keys says why
    event.preventDefault();
    if (busy || !able) return;
    busy = true;
    offer.ends?.abort();
    offer = { since: 0 };
    tell();
    try {
      follow(await use());
    } catch ({ name }) {
      if (words.failed) tell(words[name] ?? words.failed);
      else location.reload();
    }
    busy = false;
  });

  // The browser offers the keys it holds among the names of the first field. Nothing was asked: no fault is told.
  const propose = async () => {
    if (busy || Date.now() - offer.since < YOUNG) return;
    offer.ends?.abort();
    offer = { since: Date.now(), ends: new AbortController() };
    try {
      if (!(await PublicKeyCredential.isConditionalMediationAvailable())) return;
      follow(await use({ mediation: "conditional", signal: offer.ends.signal }));
    } catch {} // not here, or not now
  };

  if (!able && unsupported) tell(unsupported);
  if (able && proposed) {
    propose();
    document.addEventListener("focusin", propose);
  }
}
