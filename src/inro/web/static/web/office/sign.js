// Asks the officer's security key for an assertion over the page's challenge, and sends it (WebAuthn Level 3, 5.1.4).
const form = document.querySelector("#sign");
const button = form?.querySelector("[data-sign]");

const octets = (text) => Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (sign) => sign.charCodeAt(0));
const text = (buffer) =>
  btoa(String.fromCharCode(...new Uint8Array(buffer))).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");

function say(which) {
  const place = form.querySelector("[data-refused]");
  place.textContent = form.querySelector(`[data-say=${which}]`).content.textContent;
  place.hidden = false;
  button.disabled = false;
}

async function sign() {
  // What belongs to the form is answered before the key is touched.
  if (!form.reportValidity()) return;
  button.disabled = true;
  const credentials = [...form.querySelectorAll("[data-credential]")];
  const asked = {
    challenge: octets(form.dataset.challenge),
    rpId: form.dataset.rp,
    allowCredentials: credentials.map((one) => ({ type: "public-key", id: octets(one.dataset.credential) })),
    userVerification: "required",
  };
  try {
    const { rawId, response } = await navigator.credentials.get({ publicKey: asked });
    form.elements.credential_id.value = text(rawId);
    form.elements.authenticator_data.value = text(response.authenticatorData);
    form.elements.client_data_json.value = text(response.clientDataJSON);
    form.elements.signature.value = text(response.signature);
  } catch (refusal) {
    say(refusal.name === "SecurityError" ? "unable" : "refused");
    return;
  }
  form.submit();
}

if (button && !navigator.credentials) say("unable");
button?.addEventListener("click", sign);
