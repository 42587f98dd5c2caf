// Everything here is comfort: each page works without it, and the server alone decides.
const all = (what, root = document) => [...root.querySelectorAll(what)];

// A refused form: the reader is brought to the summary.
document.getElementById("erreurs")?.focus();

// A second click within four seconds is the same click. Passwords leave as passwords, whatever was shown.
const WAIT = 4000;
document.addEventListener("submit", (event) => {
  const form = event.target;
  const sent = Number(form.dataset.pvSent || 0);
  if (Date.now() - sent < WAIT) return event.preventDefault();
  form.dataset.pvSent = Date.now();
  all("[data-pv-password] input", form).forEach((input) => (input.type = "password"));
});

// A page brought back by « Back » may be sent again, and a private one is asked anew: it may no longer be theirs.
addEventListener("pageshow", (event) => {
  all("form").forEach((form) => delete form.dataset.pvSent);
  if (event.persisted && "pvPrivate" in document.body.dataset) location.reload();
});

// Show and hide a password; say so to those who cannot see it.
for (const box of all("[data-pv-password]")) {
  const [input, button] = [box.querySelector("input"), box.querySelector("button")];
  const note = box.parentElement.querySelector("[data-pv-note]");
  const word = button.firstElementChild;
  const show = word.textContent;
  const live = note.cloneNode();
  live.className = "fr-sr-only";
  note.after(live);
  button.addEventListener("click", () => {
    const shown = input.type === "password";
    input.type = shown ? "text" : "password";
    word.textContent = shown ? button.dataset.pvHide : show;
    live.textContent = shown ? button.dataset.pvShown : button.dataset.pvHidden;
  });
  const caps = (event) => {
    const on = event.type !== "blur" && event.getModifierState?.("CapsLock");
    note.textContent = on ? note.dataset.pvCaps : "";
  };
  for (const kind of ["keydown", "keyup", "blur"]) input.addEventListener(kind, caps);
}

// Rules of a password, said in words while one types. Same tests as the server's, which has the last word.
const words = (text) => text.toLowerCase().match(/\p{L}{2,}/gu) ?? [];
const TESTS = {
  length: (text, least) => [...text].length >= least,
  lower: (text) => /\p{Ll}/u.test(text),
  upper: (text) => /\p{Lu}/u.test(text),
  digit: (text) => /\p{Nd}/u.test(text),
  special: (text) => /[^\p{L}\p{N}_]/u.test(text),
  words: (text, least) => words(text).length >= least && new Set(words(text)).size >= least - 2,
};
for (const list of all("[data-pv-rules]")) {
  const input = document.getElementById(list.dataset.pvRules);
  const rules = all("[data-pv-rule]", list).map((item) => {
    const [test, least] = item.dataset.pvRule.split(":");
    return { item, test, holds: () => TESTS[test](input.value, Number(least)) };
  });
  const known = rules.filter(({ test }) => test in TESTS);
  const say = ({ item }, state) => {
    item.dataset.pvState = state;
    item.lastElementChild.textContent = state && ` – ${list.dataset[state === "met" ? "pvMet" : "pvUnmet"]}`;
  };
  const tell = () => {
    const phrase = known.find(({ test, holds }) => test === "words" && holds()); // instead of the other rules
    for (const rule of known) {
      const aside = phrase ? rule !== phrase : rule.test === "words";
      say(rule, aside ? "" : rule.holds() ? "met" : "unmet");
    }
  };
  let pause;
  list.setAttribute("aria-live", "polite");
  input.addEventListener("input", () => {
    clearTimeout(pause);
    pause = setTimeout(tell, 400);
  });
}

// Fields that belong to one choice are shown with it.
for (const below of all("[data-pv-if]")) {
  const choice = document.getElementById(below.dataset.pvIf);
  const follow = () => (below.hidden = !choice.checked);
  all(`input[name="${CSS.escape(choice.name)}"]`).forEach((other) => other.addEventListener("change", follow));
  follow();
}

// What few people use is fetched once somebody moves.
for (const { dataset } of all("[data-pv-module]")) {
  const load = () => import(dataset.pvModule);
  for (const kind of ["pointermove", "pointerdown", "focusin"]) addEventListener(kind, load, { once: true });
}

// Appearance: light, dark, or the system's.
const theme = document.querySelector("[data-pv-theme]");
if (theme) {
  const root = document.documentElement;
  const now = theme.querySelector(`[value="${root.dataset.frTheme || "system"}"]`);
  now.checked = true;
  theme.addEventListener("change", ({ target }) => {
    if (target.value === "system") delete root.dataset.frTheme;
    else root.dataset.frTheme = target.value;
    try {
      if (target.value === "system") localStorage.removeItem("pv-theme");
      else localStorage.setItem("pv-theme", target.value);
    } catch {} // storage may be closed: the choice lasts as long as the page
  });
}
