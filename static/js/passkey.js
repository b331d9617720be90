/* Shows the passkey buttons where the browser can use them, and says in words when one did not work.
   The work itself is done by the scripts of the sign-in package, which report a failure as the event `allauth.error`. */
const able = "PublicKeyCredential" in window;

for (const part of document.querySelectorAll("[data-needs-passkey]")) part.hidden = !able;
for (const part of document.querySelectorAll("[data-no-passkey]")) part.hidden = able;

document.addEventListener("allauth.error", (event) => {
  event.preventDefault();
  for (const part of document.querySelectorAll("[data-passkey-problem]")) part.hidden = false;
});
