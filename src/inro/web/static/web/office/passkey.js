// Asks the browser for a passkey and puts its answer into the form that asked; a form that waits is sent after it.
const form = document.querySelector("form[data-passkey]");
const told = form.querySelector("[role=status]");

const octets = (text) => Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (c) => c.charCodeAt(0));
const text = (buffer) => btoa(String.fromCharCode(...new Uint8Array(buffer)))
  .replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
const known = (list) => list.map((one) => ({ ...one, id: octets(one.id) }));
const send = (whole) => HTMLFormElement.prototype.submit.call(whole);
const token = () => form.elements.csrfmiddlewaretoken.value;

async function post(address, fields) {
  const body = new URLSearchParams({ csrfmiddlewaretoken: token(), ...fields });
  return fetch(address, { method: "POST", body, headers: { Accept: "application/json" } });
}

async function made(asked) {
  const publicKey = {
    ...asked,
    challenge: octets(asked.challenge),
    user: { ...asked.user, id: octets(asked.user.id) },
    excludeCredentials: known(asked.excludeCredentials),
  };
  const { response } = await navigator.credentials.create({ publicKey });
  return {
    client_data_json: text(response.clientDataJSON),
    attestation_object: text(response.attestationObject),
  };
}

async function shown(asked) {
  const publicKey = { ...asked, challenge: octets(asked.challenge), allowCredentials: known(asked.allowCredentials) };
  const { rawId, response } = await navigator.credentials.get({ publicKey });
  return {
    credential_id: text(rawId),
    authenticator_data: text(response.authenticatorData),
    client_data_json: text(response.clientDataJSON),
    signature: text(response.signature),
  };
}

async function answer() {
  const asked = await post(form.dataset.challenge, {});
  const waiting = document.querySelector("form[data-waits]");
  // The session ended meanwhile: sent as it is, the form waits again, for a new sign-in.
  if (!asked.ok) return waiting ? send(waiting) : location.reload();
  const options = await asked.json();
  const found = form.dataset.passkey === "create" ? await made(options) : await shown(options);
  form.elements.response.value = JSON.stringify(found);
  if (!waiting) return send(form);
  const fields = { response: form.elements.response.value, left_by: form.elements.left_by?.value ?? "" };
  const opened = await post(form.action, fields);
  if (opened.redirected || opened.status === 204) return send(waiting);
  const { token: fresh, problem } = await opened.json();
  // Whoever signs in gets a new token; forms made before would be refused with the old one.
  if (fresh) for (const field of document.getElementsByName("csrfmiddlewaretoken")) field.value = fresh;
  if (opened.ok) return send(waiting);
  told.textContent = problem;
}

form.addEventListener("submit", async (event) => {
  event.preventDefault();
  const button = form.querySelector("button");
  button.disabled = true;
  told.textContent = form.dataset.wait;
  try {
    await answer();
  } catch (error) {
    told.textContent = error.name === "InvalidStateError" ? form.dataset.known : form.dataset.cancelled;
  } finally {
    button.disabled = false;
  }
});
